//! Words of what access profiles permit.

use super::{Text, texts};

texts! {
    LEAD: "Every user has exactly one. It says what may be administered; what work opens, roles say.",
        "Jeder Benutzer hat genau eines. Es sagt, was verwaltet werden darf; was die Arbeit öffnet, sagen Rollen.";
    PERMITS: "Permits to", "Erlaubt";
}

const fn of(name: &'static str, en: &'static str, de: &'static str) -> (&'static str, Text) {
    (name, Text { en, de })
}

/// What a profile can permit, by its name in the API.
pub(in crate::console) const CAPABILITIES: &[(&str, Text)] = &[
    of("SEE_USERS", "See users", "Benutzer sehen"),
    of("SEE_PEOPLE", "See names and addresses", "Namen und Adressen sehen"),
    of("FIND_PEOPLE", "Search and sort by names and addresses", "Nach Namen und Adressen suchen und ordnen"),
    of(
        "MANAGE_USERS",
        "Create, change, disable and lock users",
        "Benutzer anlegen, ändern, deaktivieren und sperren",
    ),
    of(
        "MANAGE_ADMINISTRATORS",
        "Do so to those who administer themselves",
        "Das auch bei denen, die selbst verwalten",
    ),
    of("DELETE_USERS", "Delete users", "Benutzer löschen"),
    of("RESET_PASSWORDS", "Reset passwords", "Passwörter zurücksetzen"),
    of("SEE_SESSIONS", "See the sessions of others", "Sitzungen anderer sehen"),
    of("END_SESSIONS", "End the sessions of others", "Sitzungen anderer beenden"),
    of("SEE_ROLES", "See roles", "Rollen sehen"),
    of("ASSIGN_ACCESS", "Give and take roles and licenses", "Rollen und Lizenzen geben und nehmen"),
    of("ASSIGN_ACCESS_PROFILES", "Give access profiles", "Zugriffsprofile geben"),
    of("DEFINE_ROLES", "Create and delete roles", "Rollen anlegen und löschen"),
    of("DEFINE_DASHBOARDS", "Create and delete dashboards", "Dashboards anlegen und löschen"),
    of(
        "DEFINE_APPLICATIONS",
        "Create, change and delete applications",
        "Anwendungen anlegen, ändern und löschen",
    ),
    of("SEE_LICENSES", "See seats", "Plätze sehen"),
    of("SIZE_LICENSE_POOLS", "Change how many seats there are", "Die Zahl der Plätze ändern"),
    of("SEE_TEAMS", "See teams and business units", "Teams und Geschäftsbereiche sehen"),
    of("MANAGE_TEAMS", "Create, move and delete them", "Sie anlegen, verschieben und löschen"),
    of("ASSIGN_TEAMS", "Put users into them", "Benutzer in sie aufnehmen"),
    of("DEFINE_ATTRIBUTES", "Define custom attributes", "Eigene Merkmale einrichten"),
    of("SEE_SETTINGS", "See the settings", "Einstellungen sehen"),
    of("CHANGE_SETTINGS", "Change the settings", "Einstellungen ändern"),
    of("CHANGE_DEFAULTS", "Change what holds for everybody", "Ändern, was für alle gilt"),
    of("CHANGE_SOURCES", "Say where users are kept", "Bestimmen, wo Benutzer geführt werden"),
    of("PROXY_LOGIN", "Act as somebody else", "Als jemand anderes handeln"),
    of("CONFIGURE_PROXY_LOGIN", "Say as whom others may act", "Bestimmen, als wer andere handeln dürfen"),
    of("SUPPORT_LOGIN", "Support: act as an administrator", "Support: als Administrator handeln"),
    of("SEE_HISTORY", "See who did what", "Sehen, wer was getan hat"),
    of("SEE_VIEWS", "See how far views are", "Sehen, wie weit Ansichten sind"),
    of("SEE_EVIDENCE", "See checkpoints and proofs", "Prüfpunkte und Beweise sehen"),
    of("SIGN_CHECKPOINTS", "Have checkpoints signed", "Prüfpunkte unterschreiben lassen"),
    of("ROTATE_SIGNING_KEY", "Change the signing key", "Den Signaturschlüssel wechseln"),
    of(
        "SEE_REGISTER",
        "See what personal data is kept where",
        "Sehen, welche personenbezogenen Daten wo liegen",
    ),
    of("MASK_PEOPLE", "Mask people in history", "Menschen in der Historie maskieren"),
    of("ANSWER_ACCESS_REQUESTS", "Answer requests for one's own file", "Auskünfte über Gespeichertes geben"),
    of("RESTRICT_PROCESSING", "Leave a person's data unused", "Daten eines Menschen ungenutzt lassen"),
    of("SEE_RESTRICTED", "See whose data is not used", "Sehen, wessen Daten nicht genutzt werden"),
    of("SEE_RETENTION", "See retention rules", "Aufbewahrungsregeln sehen"),
    of("MANAGE_RETENTION", "Change retention rules", "Aufbewahrungsregeln ändern"),
    of(
        "REGISTER_ARTEFACTS",
        "Tell of things elsewhere that name users",
        "Melden, was anderswo Benutzer nennt",
    ),
    of("SEE_REFERENCES", "See what names whom", "Sehen, was wen nennt"),
    of("SEE_USER_RULES", "See rules on users", "Regeln zu Benutzern sehen"),
    of("DEFINE_USER_RULES", "Change rules on users", "Regeln zu Benutzern ändern"),
    of("BACK_UP_RECORDS", "Back up the records", "Die Aufzeichnungen sichern"),
    of("BACK_UP_KEYS", "Back up the keys", "Die Schlüssel sichern"),
];
