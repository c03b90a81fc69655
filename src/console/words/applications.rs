//! Words of applications.

use super::texts;

texts! {
    LEAD: "What users run, and in which roles. Who may run what is said on the page of the user.",
        "Was Benutzer benutzen, und in welchen Rollen. Wer was benutzen darf, steht auf der Seite des Benutzers.";
    EMPTY: "No application yet", "Noch keine Anwendung";
    NEW: "New application", "Neue Anwendung";
    DEFINE: "Create", "Anlegen";
    NAME: "Name", "Name";
    POLICY: "Several roles", "Mehrere Rollen";
    AS_THE_SETTINGS: "As the settings say", "Wie in den Einstellungen";
    OFFERS: "Roles that may be assumed in it", "Rollen, die darin eingenommen werden können";
    NO_ROLES: "There is no role yet.", "Es gibt noch keine Rolle.";
    OFFERED_STAYS: "A role that somebody assumes stays offered until their access is taken.",
        "Eine Rolle, die jemand einnimmt, bleibt angeboten, bis dessen Zugang genommen wird.";
    DELETE: "Delete", "Löschen";
    DELETED: "The application was deleted.", "Die Anwendung wurde gelöscht.";
    DELETE_QUESTION: "Delete {name}?", "{name} löschen?";
    DELETE_TEXT: "It is deleted once nobody may run it any more. History keeps naming it.",
        "Sie wird gelöscht, wenn niemand sie mehr benutzen darf. Die Historie nennt sie weiter.";
    ACCESS: "Which applications may be run", "Welche Anwendungen benutzt werden dürfen";
    ACCESS_LEAD: "With which of the roles that the user has. None ticked: none of it.",
        "Mit welchen der Rollen, die der Benutzer hat. Nichts gewählt: gar nicht.";
    NOTHING_TO_GIVE: "No role of the user is offered by it.", "Sie bietet keine Rolle des Benutzers an.";
}
