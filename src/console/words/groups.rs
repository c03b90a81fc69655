//! Words of teams and business units.

use super::texts;

texts! {
    TEAMS_LEAD: "Administration reaches from a team down to all below it.",
        "Verwaltung reicht von einem Team hinab zu allen darunter.";
    UNITS_LEAD: "Work is routed to a business unit; its active agents get it.",
        "Arbeit geht an einen Geschäftsbereich; seine aktiven Agenten bekommen sie.";
    NEW_TEAM: "New team", "Neues Team";
    NEW_UNIT: "New business unit", "Neuer Geschäftsbereich";
    CREATE: "Create", "Anlegen";
    NAME: "Name", "Name";
    PART_OF: "Part of", "Teil von";
    AT_THE_TOP: "Nothing: at the top", "Nichts: ganz oben";
    EMPTY: "There is none yet", "Es gibt noch keinen Eintrag";
    MEMBERS: "Members", "Mitglieder";
    MEMBERS_COUNT: "Members: {count}", "Mitglieder: {count}";
    NOBODY: "Nobody is in it.", "Niemand gehört dazu.";
    SUBTEAMS: "Teams below", "Teams darunter";
    WHO: "Username, email or id", "Benutzername, E-Mail oder Kennung";
    NO_SUCH_USER: "There is no such user, or not for you.", "Diesen Benutzer gibt es nicht, oder nicht für Sie.";
    REMOVE_OF: "Remove {name}", "{name} entfernen";
    PLACE: "Name and place", "Name und Platz";
    RENAME: "Rename", "Umbenennen";
    MOVE: "Move", "Verschieben";
    MOVE_HINT: "All teams below move along, and with them who reaches whom.",
        "Alle Teams darunter kommen mit, und damit, wer wen erreicht.";
    DELETE: "Delete", "Löschen";
    DELETED: "It was deleted.", "Es wurde gelöscht.";
    DELETE_QUESTION: "Delete {name}?", "{name} löschen?";
    DELETE_TEXT: "Only what is empty is deleted. History keeps naming it.",
        "Nur was leer ist, wird gelöscht. Die Historie nennt es weiter.";
    IN_THE_WAY: "This stands in the way", "Das steht im Weg";
}
