//! Words of history as a whole, of moments of the past, and of the state of the directory.

use super::{Text, privacy, privacy_words, texts};

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
    NAME: "Name", "Name";
    SURFACES: "Access to", "Zugang zu";
    REQUEST_OF: "Request", "Antrag";
    ERASURE_OF: "Order", "Anordnung";
    RULE: "Rule", "Regel";
    MONTHS: "Months", "Monate";
    DAYS: "Days", "Tage";
    READING: "Read as", "Gelesen als";
    PAGE: "page", "Seite";
    PLACES: "Places", "Stellen";
    OWNED: "Owned", "Vorhanden";
    SESSION: "Session", "Sitzung";
    PROXY: "Proxy right", "Stellvertretung";
    SUBJECT_KIND: "About", "Betrifft";
    ANY_KIND: "Anything", "Alles";
    OF_USER: "Users", "Benutzer";
    OF_USER_TYPE: "The making of users", "Das Anlegen von Benutzern";
    OF_ROLE: "Roles", "Rollen";
    OF_LICENSE_POOL: "Seats", "Plätze";
    OF_TENANT: "The directory itself", "Das Verzeichnis selbst";
    OF_DASHBOARD: "Dashboards", "Dashboards";
    OF_TEAM: "Teams", "Teams";
    OF_BUSINESS_UNIT: "Business units", "Geschäftsbereiche";
    OF_ATTRIBUTE: "Attributes", "Merkmale";
    OF_APPLICATION: "Applications", "Anwendungen";
    OF_ARTEFACT: "What names users", "Was auf Benutzer verweist";
    OF_USER_RULE: "Rules", "Regeln";
    PROXY_SESSION: "Proxy session", "Vertretungssitzung";
    PROXY_SESSION_HINT: "Its id: all that was done while acting as another.",
        "Ihre Nummer: alles, was in Vertretung getan wurde.";
}

/// What an event can be about, as the schema names it.
pub(in crate::console) const KINDS: &[(&str, Text)] = &[
    ("USER", OF_USER),
    ("USER_TYPE", OF_USER_TYPE),
    ("ROLE", OF_ROLE),
    ("LICENSE_POOL", OF_LICENSE_POOL),
    ("TENANT", OF_TENANT),
    ("DASHBOARD", OF_DASHBOARD),
    ("TEAM", OF_TEAM),
    ("BUSINESS_UNIT", OF_BUSINESS_UNIT),
    ("ATTRIBUTE", OF_ATTRIBUTE),
    ("APPLICATION", OF_APPLICATION),
    ("ARTEFACT", OF_ARTEFACT),
    ("USER_RULE", OF_USER_RULE),
];

/// What a field of an event is called that is no field of a user.
pub(in crate::console) fn field(name: &str) -> Option<Text> {
    Some(match name {
        "name" => NAME,
        "surfaces" => SURFACES,
        "mode" => privacy::MODE,
        "legalBasis" => privacy::LEGAL_BASIS,
        "dueAt" => privacy::DUE,
        "maskingRequest" | "accessRequest" => REQUEST_OF,
        "erasure" => ERASURE_OF,
        "legalHold" => privacy::HOLD,
        "processingRestricted" => privacy::RESTRICTION,
        "retentionRule" => RULE,
        "months" => MONTHS,
        "days" => DAYS,
        "records" => privacy::RECORDS,
        "read" => READING,
        "freeText" => PLACES,
        "owned" => OWNED,
        "session" => SESSION,
        "proxyGrant" => PROXY,
        _ => return None,
    })
}

/// A word of a closed list that is none of a user's.
pub(in crate::console) fn word(name: &str) -> Option<Text> {
    let lists = [privacy_words::BASES, privacy_words::MODES];
    let listed = lists.into_iter().flatten().find(|(known, _)| *known == name);
    let page = (name == "PAGE").then_some(PAGE);
    listed.map(|(_, text)| *text).or(page)
}
