//! The closed lists of privacy in the reader's language: bases, modes, masks, steps, places, what is left.

use super::{Text, texts};

texts! {
    PURPOSE_ENDED: "No longer needed (Art. 17 a)", "Zweck entfallen (Art. 17 a)";
    CONSENT_WITHDRAWN: "Consent withdrawn (Art. 17 b)", "Einwilligung widerrufen (Art. 17 b)";
    OBJECTION: "Objection (Art. 17 c)", "Widerspruch (Art. 17 c)";
    UNLAWFUL: "Held unlawfully (Art. 17 d)", "Unrechtmäßig verarbeitet (Art. 17 d)";
    OBLIGATION: "A law demands it (Art. 17 e)", "Rechtliche Pflicht (Art. 17 e)";
    CHILD: "Gathered from a child (Art. 17 f)", "Von einem Kind erhoben (Art. 17 f)";
    HISTORY: "Username and email", "Benutzername und E-Mail";
    ERASURE: "Everything personal", "Alles Persönliche";
    INITIALS: "Unknown User (Jo Pe)", "Unknown User (Jo Pe)";
    PLAIN: "Unknown User", "Unknown User";
    STUB: "jo***@***", "jo***@***";
    DOMAIN: "***@example.com.invalid", "***@example.com.invalid";
    ID: "masked-12@invalid", "masked-12@invalid";
    RECORDED: "The order is in the log", "Die Anordnung steht im Protokoll";
    KEYS_SHREDDED: "The keys are destroyed", "Die Schlüssel sind vernichtet";
    VIEWS_PURGED: "No view holds the person", "Keine Ansicht hält die Person";
    PICTURES_REMOVED: "Pictures are removed", "Bilder sind entfernt";
    WRAPPING_KEY_ROTATED: "The wrapping key is replaced", "Der Hüllschlüssel ist ersetzt";
    RECEIPT_RECORDED: "The signed receipt is in the log", "Die unterschriebene Bescheinigung steht im Protokoll";
    KEYRING_BACKUPS: "Destroy backups of the keyring made before.", "Ältere Sicherungen des Schlüsselbunds vernichten.";
    REPLICAS: "Other nodes and standbys with keys of their own.", "Andere Knoten mit eigenen Schlüsseldateien.";
    EXPORTS: "Tell whoever was given exports and copies.", "Alle benachrichtigen, die Exporte und Kopien haben.";
    SENT_MAIL: "Mails that went to the person, or about them.", "Nachrichten an die Person oder über sie.";
    FREE_TEXT_UNSEARCHED: "Free text of others was not searched.", "Freier Text anderer wurde nicht durchsucht.";
    FREE_TEXT: "Free text about the person, sealed under others.", "Freier Text über die Person, der anderen gehört.";
    LEGAL_HOLD: "Legal hold", "Aufbewahrungspflicht";
    PROCESSING_RESTRICTED: "Restricted processing", "Eingeschränkte Verarbeitung";
    ACCESS_REQUEST_WAITS: "Waits for their file", "Wartet auf die Auskunft";
    EVENTS: "Events", "Ereignisse";
    FIELDS: "Field", "Feld";
    SESSIONS: "Sessions", "Sitzungen";
    PICTURE: "Picture", "Bild";
    MAILS: "Mails in the outbox", "Nachrichten im Postausgang";
    ATTRIBUTES: "Custom attributes", "Eigene Merkmale";
    SECURITY_QUESTION: "Security question", "Sicherheitsfrage";
    GROUP_LOGIN: "Username and email", "Benutzername und E-Mail";
    GROUP_PERSON: "Names, addresses and the like", "Namen, Anschrift und Ähnliches";
    GROUP_CONTEXT: "Where from and why they acted", "Von wo und warum gehandelt wurde";
    GROUP_MASK: "The mask", "Die Maske";
    GROUP_CREDENTIAL: "Passwords", "Passwörter";
    OTHER: "Other", "Anderes";
}

/// Grounds of a request.
pub(in crate::console) const BASES: &[(&str, Text)] = &[
    ("PURPOSE_ENDED", PURPOSE_ENDED),
    ("CONSENT_WITHDRAWN", CONSENT_WITHDRAWN),
    ("OBJECTION", OBJECTION),
    ("UNLAWFUL_PROCESSING", UNLAWFUL),
    ("LEGAL_OBLIGATION", OBLIGATION),
    ("CHILD_CONSENT", CHILD),
];
/// How much is forgotten.
pub(in crate::console) const MODES: &[(&str, Text)] = &[("HISTORY", HISTORY), ("ERASURE", ERASURE)];
/// What a username becomes.
pub(in crate::console) const USERNAME_MASKS: &[(&str, Text)] = &[("INITIALS", INITIALS), ("PLAIN", PLAIN)];
/// What an email becomes.
pub(in crate::console) const EMAIL_MASKS: &[(&str, Text)] = &[("STUB", STUB), ("DOMAIN", DOMAIN), ("ID", ID)];

fn of(all: &[(&str, Text)], name: &str) -> Text {
    all.iter().find(|(known, _)| *known == name).map_or(OTHER, |(_, text)| *text)
}

/// A ground.
pub(in crate::console) fn basis(name: &str) -> Text {
    of(BASES, name)
}

/// How much.
pub(in crate::console) fn mode(name: &str) -> Text {
    of(MODES, name)
}

/// A step of an erasure.
pub(in crate::console) fn step(name: &str) -> Text {
    let all = [
        ("RECORDED", RECORDED),
        ("KEYS_SHREDDED", KEYS_SHREDDED),
        ("VIEWS_PURGED", VIEWS_PURGED),
        ("PICTURES_REMOVED", PICTURES_REMOVED),
        ("WRAPPING_KEY_ROTATED", WRAPPING_KEY_ROTATED),
        ("RECEIPT_RECORDED", RECEIPT_RECORDED),
    ];
    of(&all, name)
}

/// What is left to be done.
pub(in crate::console) fn remnant(name: &str) -> Text {
    let all = [
        ("KEYRING_BACKUPS", KEYRING_BACKUPS),
        ("REPLICAS", REPLICAS),
        ("EXPORTS", EXPORTS),
        ("SENT_MAIL", SENT_MAIL),
        ("FREE_TEXT_UNSEARCHED", FREE_TEXT_UNSEARCHED),
        ("FREE_TEXT", FREE_TEXT),
    ];
    of(&all, name)
}

/// Why somebody is kept whose time is over.
pub(in crate::console) fn kept_by(name: &str) -> Text {
    let all = [
        ("LEGAL_HOLD", LEGAL_HOLD),
        ("PROCESSING_RESTRICTED", PROCESSING_RESTRICTED),
        ("ACCESS_REQUEST_WAITS", ACCESS_REQUEST_WAITS),
    ];
    of(&all, name)
}

/// A kind of place.
pub(in crate::console) fn place(name: &str) -> Text {
    let all = [
        ("EVENTS", EVENTS),
        ("FIELDS", FIELDS),
        ("SESSIONS", SESSIONS),
        ("PICTURE", PICTURE),
        ("MAILS", MAILS),
        ("ATTRIBUTES", ATTRIBUTES),
        ("SECURITY_QUESTION", SECURITY_QUESTION),
    ];
    of(&all, name)
}

/// What a key seals.
pub(in crate::console) fn group(name: &str) -> Text {
    let all = [
        ("login", GROUP_LOGIN),
        ("person", GROUP_PERSON),
        ("context", GROUP_CONTEXT),
        ("mask", GROUP_MASK),
        ("credential", GROUP_CREDENTIAL),
    ];
    of(&all, name)
}
