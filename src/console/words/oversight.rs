//! Words of history as a whole, of moments of the past, and of the state of the directory.

use super::texts;

texts! {
    BY: "Done by", "Getan von";
    TO_WHOM: "Done to", "Getan an";
    WHAT: "What", "Was";
    SINCE: "Since (UTC)", "Seit (UTC)";
    UNTIL: "Until (UTC)", "Bis (UTC)";
    REQUEST: "Request", "Anfrage";
    REQUEST_HINT: "Its id: all that it set off.", "Ihre Nummer: alles, was sie auslöste.";
    WHO_HINT: "Id, username or email.", "Nummer, Benutzername oder E-Mail.";
    NOBODY: "Nobody is called that.", "So heißt niemand.";
    NO_TIME: "This is not a time.", "Das ist keine Zeit.";
    EVERYTHING: "Show everything", "Alles zeigen";
    COUNT: "{count} events", "{count} Ereignisse";
    MANY: "Many events", "Viele Ereignisse";
    NEWEST: "To the newest", "Zum Neuesten";
    SEARCHED_TO: "Looked through back to record {position}. Older ones are on the next page.",
        "Durchsucht bis zurück zu Eintrag {position}. Ältere stehen auf der nächsten Seite.";
}
