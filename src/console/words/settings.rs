//! Words of the settings: each with its name and what it means.

use super::{Text, texts};

texts! {
    LEAD: "They hold for the whole company from the moment they are saved. Each change is in the history.",
        "Sie gelten für das ganze Unternehmen, sobald sie gespeichert sind. Jede Änderung steht in der Historie.";
    PASSWORDS: "Passwords", "Passwörter";
    SIGNING_IN: "Signing in and sessions", "Anmeldung und Sitzungen";
    ELSEWHERE: "Single sign-on and LDAP", "Einmalanmeldung und LDAP";
    USERS: "Users and roles", "Benutzer und Rollen";
    LANGUAGES_GROUP: "Languages", "Sprachen";
    BOUNDS: "A whole number from {least} to {most}.", "Eine ganze Zahl von {least} bis {most}.";
    NUMBER: "A whole number, 0 or more.", "Eine ganze Zahl, 0 oder mehr.";
    SSO_OFF: "No single sign-on", "Keine Einmalanmeldung";
    SSO_PASS_THROUGH: "By a custom authentication server", "Über einen eigenen Anmeldeserver";
    SSO_DELEGATED: "By the provider of the client program", "Über den Anbieter des Programms";
    SSO_SAML: "By SAML", "Über SAML";
    UNION: "All of them together are in force", "Alle gelten zusammen";
    ACTIVE_ONE: "One at a time, chosen in each session", "Eine zur Zeit, in jeder Sitzung gewählt";
}

/// Name and meaning of settings.
macro_rules! named {
    ($($name:ident: $en:literal, $de:literal; $about_en:literal, $about_de:literal;)*) => {
        $(pub(in crate::console) const $name: (Text, Text) =
            (Text { en: $en, de: $de }, Text { en: $about_en, de: $about_de });)*

        /// Every one of them, for the test that reads the catalogue.
        pub(in crate::console) const NAMED: &[(&str, Text)] =
            &[$((stringify!($name), $name.0), (stringify!($name), $name.1),)*];
    };
}

named! {
    PASSWORD_MIN_LENGTH: "Shortest password", "Kürzestes Passwort";
        "Least characters of a password that somebody chooses: 6 to 128.",
        "Mindestzahl der Zeichen eines selbst gewählten Passworts: 6 bis 128.";
    REFUSE_COMMON_PASSWORDS: "Refuse common passwords", "Verbreitete Passwörter ablehnen";
        "Passwords that many people use are not taken.", "Passwörter, die viele benutzen, werden nicht angenommen.";
    TEMPORARY_PASSWORD_MINUTES: "Temporary passwords last, in minutes", "Vorläufige Passwörter gelten, in Minuten";
        "How long one opens the account: 1 minute to 30 days.", "Wie lange eines das Konto öffnet: 1 Minute bis 30 Tage.";
    MAIL_INITIAL_PASSWORDS: "Mail first passwords", "Erste Passwörter schicken";
        "Who is created without a password is mailed one.",
        "Wer ohne Passwort angelegt wird, bekommt eines geschickt.";
    SHOW_MAILED_PASSWORDS: "Show passwords that were mailed", "Geschickte Passwörter auch zeigen";
        "Who resets a password is shown it, though it was mailed.",
        "Wer ein Passwort zurücksetzt, sieht es, obwohl es geschickt wurde.";
    SECURITY_QUESTION_AFTER_RESET: "Security question after a reset", "Sicherheitsfrage nach dem Zurücksetzen";
        "A reset demands the answer of who has a question.",
        "Nach dem Zurücksetzen wird die Antwort verlangt, wenn jemand eine Frage hat.";
    LOCK_AFTER_FAILURES: "Wrong passwords that lock", "Falsche Passwörter bis zur Sperre";
        "In a row: 1 to 1000.", "In Folge: 1 bis 1000.";
    UNLOCK_AFTER_MINUTES: "Such a lock ends after, in minutes", "Eine solche Sperre endet nach, in Minuten";
        "Empty: an administrator unlocks.", "Leer: ein Administrator entsperrt.";
    SESSION_MINUTES: "Sessions last, in minutes", "Sitzungen dauern, in Minuten";
        "1 minute to a year. Sessions that run keep their end.",
        "1 Minute bis ein Jahr. Laufende Sitzungen behalten ihr Ende.";
    SESSIONS_PER_USER_MAX: "Sessions of a user at once", "Sitzungen eines Benutzers zugleich";
        "One more ends the oldest.", "Eine mehr beendet die älteste.";
    END_SESSIONS_ON_PASSWORD_CHANGE: "A new password ends sessions", "Ein neues Passwort beendet Sitzungen";
        "All sessions of the user but the one it was changed in.",
        "Alle Sitzungen des Benutzers, außer der, in der es geändert wurde.";
    SECURITY_QUESTION_BEFORE_PROXY: "Security question before acting as another", "Sicherheitsfrage vor der Vertretung";
        "The first proxy login demands the answer to one's own.",
        "Die erste Vertretung verlangt die Antwort auf die eigene Frage.";
    MAIL_SUPPORT_LOGIN: "Mail when support signs in", "Nachricht, wenn der Support sich anmeldet";
        "The administrator as whom the provider's support acts gets a mail too.",
        "Der Administrator, als der der Support handelt, bekommt auch eine Nachricht.";
    SSO_MODE: "How people sign in from elsewhere", "Wie man sich von anderswo anmeldet";
        "With SAML, users have federation ids.", "Mit SAML haben Benutzer Verbundkennungen.";
    PASS_THROUGH_ADDRESS: "Address of the authentication server", "Adresse des Anmeldeservers";
        "An https address. Only with a custom authentication server.",
        "Eine https-Adresse. Nur bei einem eigenen Anmeldeserver.";
    LOCAL_PASSWORDS_FOR_LDAP: "Own passwords for LDAP users", "Eigene Passwörter für LDAP-Benutzer";
        "A password of this directory opens an account that is kept in LDAP.",
        "Ein Passwort dieses Verzeichnisses öffnet ein Konto, das in LDAP geführt wird.";
    ROLE_POLICY: "Several roles in one application", "Mehrere Rollen in einer Anwendung";
        "Where the application does not say.", "Wo die Anwendung nichts anderes sagt.";
    UNIQUE_EMPLOYEE_NUMBERS: "Employee numbers are unique", "Personalnummern sind eindeutig";
        "Those who have one keep it.", "Wer eine hat, behält sie.";
    DEACTIVATED_TEAM: "Team of whoever is disabled", "Team der Deaktivierten";
        "Whoever is disabled moves there; none: they stay.",
        "Wer deaktiviert wird, kommt dorthin; keines: alle bleiben.";
    DELETION_ALLOWED: "Users can be deleted", "Benutzer können gelöscht werden";
        "Without it they are disabled only.", "Sonst werden sie nur deaktiviert.";
    MASKING_BY_SECOND_PERSON: "Masking takes two", "Maskieren braucht zwei";
        "Username and email are masked only by a request that a second person approves.",
        "Benutzername und E-Mail werden nur auf Antrag maskiert, dem eine zweite Person zustimmt.";
    LANGUAGES: "Languages of the company", "Sprachen des Unternehmens";
        "Language tags with commas between them, such as en, de. With one, nobody chooses another; empty: any.",
        "Sprachkennungen mit Kommas dazwischen, etwa en, de. Bei einer wählt niemand eine andere; leer: jede.";
    COMPANY_LANGUAGE: "The company's own language", "Eigene Sprache des Unternehmens";
        "One of those; empty: the first of them.", "Eine davon; leer: die erste.";
    CHATS: "Chats at once", "Chats zugleich";
        "Of every agent who has no limit alone; 0 is none at all.",
        "Für jeden Agenten ohne eigene Grenze; 0 ist gar keiner.";
}
