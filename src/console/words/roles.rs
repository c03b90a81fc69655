//! Words of roles and dashboards.

use super::texts;

texts! {
    LEAD: "No role, no access: whoever has several has all of what they open.",
        "Keine Rolle, kein Zugang: wer mehrere hat, hat alles, was sie öffnen.";
    NEW: "New role", "Neue Rolle";
    DEFINE: "Create", "Anlegen";
    NAME: "Name", "Name";
    KINDS: "For whom", "Für wen";
    FOR_AGENTS: "For agents", "Für Agenten";
    FOR_CLIENTS: "For clients", "Für Kunden";
    SEARCH: "Search roles", "Rollen suchen";
    EMPTY: "No role here", "Hier ist keine Rolle";
    EMPTY_TEXT: "There is none yet, or none of this name.", "Es gibt noch keine, oder keine dieses Namens.";
    SEQUENCE: "No.", "Nr.";
    OPENS: "Opens", "Öffnet";
    NOTHING: "Nothing", "Nichts";
    HOLDERS: "Held by", "Inhaber";
    HOLDERS_COUNT: "Users who hold it: {count}", "Benutzer, die sie haben: {count}";
    LISTS: "Lists", "Listen";
    VIEWS: "Views", "Ansichten";
    CHARTS: "Charts", "Diagramme";
    REPORTS: "Reports", "Berichte";
    DASHBOARDS: "Dashboards", "Dashboards";
    AGENTS_ONLY: "In a role for agents only.", "Nur in einer Rolle für Agenten.";
    NONE: "None", "Keine";
    PAGES: "Portal pages", "Portalseiten";
    PAGES_LEAD: "The pages of the client portal that its holders reach. A page that is not named is not reached.",
        "Die Seiten des Kundenportals, die ihre Inhaber erreichen. Eine Seite, die nicht genannt ist, wird nicht erreicht.";
    PAGES_HINT: "One a line, as the portal calls them, such as /tickets.",
        "Eine je Zeile, wie das Portal sie nennt, etwa /tickets.";
    DASHBOARD: "Dashboard", "Dashboard";
    DASHBOARD_LEAD: "Shown after signing in to agents who chose none of their own.",
        "Wird nach der Anmeldung gezeigt, wenn ein Agent kein eigenes gewählt hat.";
    NO_SAY: "The role has no say", "Die Rolle bestimmt nichts";
    NEW_DASHBOARD: "New dashboard", "Neues Dashboard";
    SYSTEM_DASHBOARD: "always there", "immer da";
    DASHBOARD_DELETED: "The dashboard was deleted.", "Das Dashboard wurde gelöscht.";
    DASHBOARD_DELETE_TEXT: "Whoever chose it is shown another from then on.",
        "Wer es gewählt hat, bekommt von da an ein anderes gezeigt.";
    DELETE: "Delete", "Löschen";
    DELETE_OF: "Delete {name}", "{name} löschen";
    DELETED: "The role was deleted.", "Die Rolle wurde gelöscht.";
    DELETE_QUESTION: "Delete {name}?", "{name} löschen?";
    DELETE_TEXT: "A role is deleted for good once nobody holds it. History keeps naming it.",
        "Eine Rolle wird endgültig gelöscht, wenn niemand sie mehr hat. Die Historie nennt sie weiter.";
    IN_THE_WAY: "This stands in the way", "Das steht im Weg";
    OFFERED_BY: "Offered by:", "Angeboten von:";
}
