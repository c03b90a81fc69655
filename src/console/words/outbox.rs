//! Words of the outbox of the company.

use super::texts;

texts! {
    TITLE: "Outbox", "Postausgang";
    LEAD: "Every mail, newest first. A mail is written when it goes, to the address of that moment; its text is not kept.",
        "Jede Nachricht, die neueste zuerst. Geschrieben wird sie beim Senden, an die Adresse dieses Augenblicks; der Text bleibt nicht.";
    VIEWS: "Views", "Ansichten";
    ALL_MAIL: "All", "Alle";
    WAITING: "waiting", "wartend";
    FAILED: "failed", "gescheitert";
    SENT: "sent", "gesendet";
    WITHDRAWN: "withdrawn", "zurückgezogen";
    OLDEST: "oldest {time}", "älteste {time}";
    NOT_SENT: "No way out is configured: mail waits in the outbox.",
        "Es ist kein Versandweg eingerichtet: Nachrichten warten im Postausgang.";
    EMPTY: "There is no such mail.", "Es gibt keine solche Nachricht.";
    TO: "To", "An";
    MAIL: "Mail", "Nachricht";
    STATE: "State", "Stand";
    WAS_QUEUED: "Queued", "Eingereiht";
    ATTEMPTS: "Attempts", "Versuche";
    DEED: "Action", "Handlung";
    NEWEST: "To the newest", "Zum Neuesten";
    OLDER: "Older", "Ältere";
    QUEUED: "It is queued again.", "Sie ist wieder eingereiht.";
    SEE_OUTBOX: "Open the outbox", "Postausgang öffnen";
}
