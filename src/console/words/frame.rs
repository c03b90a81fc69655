//! Words of the frame, of signing in, and of pages that say why there is none.

use super::texts;

texts! {
    SKIP: "Skip to content", "Zum Inhalt springen";
    NAVIGATION: "Sections", "Bereiche";
    AGENTS: "Agents", "Agenten";
    CLIENTS: "Clients", "Kunden";
    ACCOUNT: "My account", "Mein Konto";
    ROLES: "Roles", "Rollen";
    ACCESS_PROFILES: "Access profiles", "Zugriffsprofile";
    LICENSES: "Licenses", "Lizenzen";
    TEAMS: "Teams", "Teams";
    UNITS: "Business units", "Geschäftsbereiche";
    ATTRIBUTES: "Attributes", "Merkmale";
    SETTINGS: "Settings", "Einstellungen";
    APPLICATIONS: "Applications", "Anwendungen";
    OWN_HISTORY: "My history", "Meine Historie";
    SIGN_IN: "Sign in", "Anmelden";
    SIGN_IN_LEAD: "To the user directory of your company.", "Beim Benutzerverzeichnis Ihres Unternehmens.";
    SIGN_OUT: "Sign out", "Abmelden";
    SIGNED_OUT: "You are signed out.", "Sie sind abgemeldet.";
    LOGIN: "Username or email", "Benutzername oder E-Mail";
    PASSWORD: "Password", "Passwort";
    NEW_PASSWORD: "New password", "Neues Passwort";
    NEW_PASSWORD_AGAIN: "New password once more", "Neues Passwort noch einmal";
    CURRENT_PASSWORD: "Current password", "Bisheriges Passwort";
    CHOOSE_PASSWORD: "Choose a new password", "Neues Passwort wählen";
    CHOOSE_PASSWORD_LEAD: "Before you go on, a password that only you know is needed.",
        "Bevor es weitergeht, wird ein Passwort gebraucht, das nur Sie kennen.";
    PASSWORD_HINT: "At least {count} characters.", "Mindestens {count} Zeichen.";
    SECURITY_QUESTION: "Security question", "Sicherheitsfrage";
    ANSWER: "Your answer", "Ihre Antwort";
    PASSWORDS_DIFFER: "The two new passwords are not the same.", "Die beiden neuen Passwörter sind verschieden.";
    SAVE: "Save", "Speichern";
    CANCEL: "Cancel", "Abbrechen";
    CONTINUE: "Continue", "Weiter";
    BACK: "Back", "Zurück";
    REQUIRED: "Required", "Pflichtfeld";
    REQUIRED_NOTE: "Fields marked with * are required.", "Mit * bezeichnete Felder sind Pflichtfelder.";
    LOOK_BELOW: "Not saved yet: see the marked fields.", "Noch nicht gespeichert: siehe die bezeichneten Felder.";
    THEME: "Brightness", "Helligkeit";
    LIGHT: "Light", "Hell";
    DARK: "Dark", "Dunkel";
    MACHINE: "Auto", "Auto";
    YES: "Yes", "Ja";
    NO: "No", "Nein";
    NONE: "None", "Keine";
    ACTING: "You are acting as {name}. Really you are {by}; all you do is recorded for both.",
        "Sie handeln als {name}. Eigentlich sind Sie {by}; alles wird für beide festgehalten.";
    PRIVACY: "Privacy", "Datenschutz";
    HISTORY: "History", "Historie";
    MOMENTS: "Time machine", "Zeitmaschine";
    HEALTH: "Health", "Zustand";
    REALLY: "Really: {by}", "Eigentlich: {by}";
    SWITCH_BACK: "Switch back", "Zurückwechseln";
    TO_START: "To the start", "Zum Anfang";
    FORBIDDEN: "Not for you", "Nicht für Sie";
    FORBIDDEN_TEXT: "Your access profile does not permit this. An administrator can help.",
        "Ihr Zugriffsprofil erlaubt das nicht. Ein Administrator kann helfen.";
    NOT_FOUND: "Not found", "Nicht gefunden";
    NOT_FOUND_TEXT: "There is no such page, or not for you.", "Diese Seite gibt es nicht, oder nicht für Sie.";
    STALE: "This form is too old", "Dieses Formular ist zu alt";
    STALE_TEXT: "It belongs to another session, or came from elsewhere. Nothing was changed. Open the page again.",
        "Es gehört zu einer anderen Sitzung oder kam von anderswo. Nichts wurde geändert. Öffnen Sie die Seite neu.";
    MALFORMED: "That cannot be understood", "Das ist nicht zu verstehen";
    MALFORMED_TEXT: "The address or the form is not as it should be. Nothing was changed.",
        "Adresse oder Formular sind nicht, wie sie sein sollen. Nichts wurde geändert.";
    TOO_LARGE: "Too large", "Zu groß";
    TOO_LARGE_TEXT: "More was sent than is taken. Nothing was changed.",
        "Es wurde mehr gesendet, als angenommen wird. Nichts wurde geändert.";
    BUSY: "A moment, please", "Einen Augenblick bitte";
    BUSY_TEXT: "Too much is waiting already. Nothing was changed; try again shortly.",
        "Es wartet schon zu vieles. Nichts wurde geändert; versuchen Sie es gleich noch einmal.";
    UNAVAILABLE: "Not available", "Nicht verfügbar";
    UNAVAILABLE_TEXT: "The directory cannot answer at the moment. The operator finds the reason in the log.",
        "Das Verzeichnis kann gerade nicht antworten. Der Betreiber findet den Grund im Protokoll.";
}
