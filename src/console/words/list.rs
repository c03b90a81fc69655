//! Words of the lists of agents and clients.

use super::texts;

texts! {
    CREATE: "Create new", "Neu anlegen";
    VIEWS: "Views", "Ansichten";
    VIEW_ACTIVE: "Active", "Aktiv";
    VIEW_INACTIVE: "Inactive", "Inaktiv";
    VIEW_LOCKED: "Locked", "Gesperrt";
    VIEW_ALL: "All", "Alle";
    SEATS: "Licenses", "Lizenzen";
    READ_WRITE: "Read-write", "Lesen und Schreiben";
    READ_ONLY: "Read-only", "Nur Lesen";
    NO_LICENSE: "No license", "Ohne Lizenz";
    SEATS_FREE: "{free} of {owned} free", "{free} von {owned} frei";
    SEATS_OVER: "More in use than owned: nobody is cut off, but no further seat is given.",
        "Mehr vergeben als vorhanden: niemand wird ausgesperrt, aber es wird kein weiterer Platz vergeben.";
    SEATS_CONTACT: "For more, ask {contact}.", "Mehr davon gibt es bei: {contact}.";
    SEARCH: "Search name, username or email", "Name, Benutzername oder E-Mail suchen";
    FILTER: "Filter", "Filter";
    APPLY: "Apply", "Anwenden";
    CLEAR: "Clear all", "Alle entfernen";
    REMOVE_FILTER: "Remove: {filter}", "Entfernen: {filter}";
    COLUMNS: "Columns", "Spalten";
    ROLE: "Role", "Rolle";
    UNIT: "Business unit", "Geschäftsbereich";
    TEAM: "Team", "Team";
    LICENSE: "License", "Lizenz";
    SEGMENT: "Segment", "Gruppe";
    ANY: "Any", "Beliebig";
    REGISTERED: "Registered", "Registriert";
    VERIFIED: "Registered, email verified", "Registriert, E-Mail bestätigt";
    EVERYONE: "Everyone", "Jeder";
    NAMED: "“{text}”", "„{text}“";
    COLUMN_ID: "AgentID", "AgentID";
    COLUMN_CLIENT_ID: "ClientID", "KundenID";
    COLUMN_USERNAME: "Username", "Benutzername";
    COLUMN_NAME: "Name", "Name";
    COLUMN_EMAIL: "Email", "E-Mail";
    COLUMN_ROLE: "Role", "Rolle";
    COLUMN_UNIT: "BU", "Bereich";
    COLUMN_ACTIVE: "Active", "Aktiv";
    COLUMN_LOCKED: "Locked", "Gesperrt";
    COLUMN_IN: "Logged in", "Angemeldet";
    COLUMN_OUT: "Logged out", "Abgemeldet";
    SAVED_VIEWS: "Saved views", "Gespeicherte Ansichten";
    OWN_VIEWS: "Yours", "Ihre eigenen";
    COMPANY_VIEWS: "Of the company", "Der Firma";
    SAVE_AS: "Save what is shown as", "Was gezeigt wird, speichern als";
    SAVE_VIEW: "Save view", "Ansicht speichern";
    FOR_WHOM: "For whom", "Für wen";
    FOR_ME: "For me", "Für mich";
    FOR_EVERYBODY: "For everybody", "Für alle";
    REMOVE_VIEW: "Remove the view {name}", "Ansicht {name} entfernen";
    VIEW_SAVED: "The view was saved.", "Die Ansicht wurde gespeichert.";
    VIEW_REMOVED: "The view was removed.", "Die Ansicht wurde entfernt.";
    SELECT: "Select {name}", "{name} auswählen";
    EDIT: "Edit", "Bearbeiten";
    EDIT_OF: "Edit {name}", "{name} bearbeiten";
    COUNT: "{count} users", "{count} Benutzer";
    COUNT_ONE: "1 user", "1 Benutzer";
    NOBODY: "Nobody here", "Hier ist niemand";
    NOBODY_TEXT: "No user fits all of this. Remove a filter, or look at another view.",
        "Kein Benutzer passt zu alledem. Entfernen Sie einen Filter, oder wählen Sie eine andere Ansicht.";
    PREVIOUS: "Previous", "Zurück";
    NEXT: "Next", "Weiter";
    FIRST_PAGE: "First", "Anfang";
    LAST_PAGE: "Last", "Ende";
    PAGES: "Pages", "Seiten";
    ROWS: "Rows on a page", "Zeilen je Seite";
    CSV: "Download CSV", "CSV herunterladen";
    SELECTED: "With the selected:", "Mit den ausgewählten:";
    SELECTED_ELSEWHERE: "and {count} more on other pages", "und {count} weitere auf anderen Seiten";
    FORGET_SELECTION: "Select none", "Keine auswählen";
    CHOOSE_ACTION: "Choose an action", "Aktion wählen";
    GO_ON: "Go on", "Weiter";
    NOTHING_SELECTED: "Nobody was selected, or no action chosen.", "Niemand wurde ausgewählt, oder keine Aktion gewählt.";
    BULK_DISABLE: "Disable", "Deaktivieren";
    BULK_ENABLE: "Enable", "Aktivieren";
    BULK_LOCK: "Lock", "Sperren";
    BULK_UNLOCK: "Unlock", "Entsperren";
    BULK_FORCE: "Force password change", "Neues Passwort verlangen";
    BULK_SESSIONS: "End sessions", "Sitzungen beenden";
    BULK_DELETE: "Delete", "Löschen";
    BULK_QUESTION: "{action}: {count} users?", "{action}: {count} Benutzer?";
    BULK_TEXT: "Each is judged for itself: who is refused does not keep the others from it.",
        "Jeder wird für sich beurteilt: wer abgelehnt wird, hält die anderen nicht auf.";
    BULK_DELETE_TEXT: "Deleting is permanent. Disabling keeps what they own and frees their seats just the same.",
        "Löschen ist endgültig. Deaktivieren erhält, was ihnen gehört, und gibt die Plätze ebenso frei.";
    BULK_INSTEAD: "Disable instead", "Stattdessen deaktivieren";
    BULK_DONE: "{action}: {accepted} done, {refused} refused", "{action}: {accepted} erledigt, {refused} abgelehnt";
    OUTCOME: "Outcome", "Ergebnis";
    DONE: "Done", "Erledigt";
    TO_LIST: "Back to the list", "Zurück zur Liste";
    REASON: "Reason or ticket", "Grund oder Vorgang";
}
