//! What the fields of a user are called, by their names in the API, and the words of closed lists.

use super::{Text, texts};

texts! {
    USERNAME: "Username", "Benutzername";
    EMAIL: "Email", "E-Mail";
    DISPLAY_NAME: "Display name", "Anzeigename";
    FULL_NAME: "Full name", "Voller Name";
    FIRST_NAME: "First name", "Vorname";
    LAST_NAME: "Last name", "Nachname";
    TITLE: "Title", "Titel";
    EMPLOYEE_NUMBER: "Employee number", "Personalnummer";
    LAND_LINE: "Land line phone", "Festnetz";
    MOBILE: "Mobile phone", "Mobiltelefon";
    STREET: "Street address", "Straße und Ort";
    POSTAL_CODE: "Postal code", "Postleitzahl";
    SIGNATURE: "Signature", "Signatur";
    FEDERATION: "Federation id", "Verbundkennung";
    CCA_FEDERATION: "CCA federation id", "CCA-Verbundkennung";
    LICENSE: "License", "Lizenz";
    ROLES: "Role", "Rolle";
    ACCESS_PROFILE: "Access profile", "Zugriffsprofil";
    ACTIVE: "Active", "Aktiv";
    LOCKED: "Locked", "Gesperrt";
    DELETED: "Deleted", "Gelöscht";
    PASSWORD: "Password", "Passwort";
    MUST_CHANGE: "Must change password", "Muss Passwort ändern";
    EMAIL_VERIFIED: "Email verified", "E-Mail bestätigt";
    REPORTS_TO: "Reports to", "Unterstellt";
    MAX_CHATS: "Chats at once", "Chats zugleich";
    AVATAR: "Picture", "Bild";
    KIND: "Kind", "Art";
    TEAM: "Team", "Team";
    UNIT: "Business unit", "Geschäftsbereich";
    DATE_ORDER: "Date format", "Datumsformat";
    DATE_SEPARATOR: "Date separator", "Trennzeichen im Datum";
    TIME_FORMAT: "Time format", "Zeitformat";
    TIME_ZONE: "Time zone", "Zeitzone";
    LOCALE: "Numbers", "Zahlen";
    LANGUAGE: "Language", "Sprache";
    SIGN_OFF: "No sign-off notifications", "Keine Freigabe-Mitteilungen";
    MOBILE_ACCESS: "Mobile access", "Zugang vom Mobilgerät";
    ACCESSIBILITY: "Accessibility mode", "Barrierearme Darstellung";
    SECURITY_QUESTION: "Security question", "Sicherheitsfrage";
    CODE: "Reason", "Grund";
    FAILURES: "Failures in a row", "Fehlversuche in Folge";
    COMMAND: "Asked for", "Verlangt";
    MAIL: "Mail", "Nachricht";
    READ_WRITE: "Read-write", "Lesen und Schreiben";
    READ_ONLY: "Read-only", "Nur Lesen";
    STANDARD: "Standard", "Standard";
    ADMINISTRATOR: "Administrator", "Administrator";
    USER_MANAGER: "User manager", "Benutzerverwaltung";
    AUDITOR: "Auditor", "Revision";
    COMPLIANCE_OFFICER: "Compliance officer", "Datenschutz";
    DELETED_USER: "Deleted user", "Gelöschter Benutzer";
    AGENT: "Agent", "Agent";
    CLIENT: "Client", "Kunde";
    CHANGED: "changed", "geändert";
    YES: "Yes", "Ja";
    NO: "No", "Nein";
    DMY: "DD/MM/YYYY", "TT/MM/JJJJ";
    MDY: "MM/DD/YYYY", "MM/TT/JJJJ";
    YMD: "YYYY/MM/DD", "JJJJ/MM/TT";
    SLASH: "Slash: /", "Schrägstrich: /";
    DOT: "Dot: .", "Punkt: .";
    H24: "24 hours", "24 Stunden";
    H12: "12 hours, AM and PM", "12 Stunden, AM und PM";
    ENGLISH: "English", "Englisch";
    GERMAN: "German", "Deutsch";
    LOCAL: "This directory", "Dieses Verzeichnis";
    LDAP: "LDAP", "LDAP";
    SAML: "SAML", "SAML";
}

/// What a field is called.
pub(in crate::console) fn field(name: &str) -> Option<Text> {
    Some(match name {
        "username" => USERNAME,
        "email" => EMAIL,
        "displayName" => DISPLAY_NAME,
        "fullName" => FULL_NAME,
        "firstName" => FIRST_NAME,
        "lastName" => LAST_NAME,
        "title" => TITLE,
        "employeeNumber" => EMPLOYEE_NUMBER,
        "landLinePhone" => LAND_LINE,
        "mobilePhone" => MOBILE,
        "streetAddress" => STREET,
        "postalCode" => POSTAL_CODE,
        "signature" => SIGNATURE,
        "federationId" => FEDERATION,
        "ccaFederationId" => CCA_FEDERATION,
        "license" => LICENSE,
        "roles" => ROLES,
        "accessProfile" => ACCESS_PROFILE,
        "active" => ACTIVE,
        "locked" => LOCKED,
        "deleted" => DELETED,
        "password" => PASSWORD,
        "mustChangePassword" => MUST_CHANGE,
        "emailVerified" => EMAIL_VERIFIED,
        "reportsTo" => REPORTS_TO,
        "maxChats" => MAX_CHATS,
        "avatar" => AVATAR,
        "kind" => KIND,
        "teams" | "team" => TEAM,
        "businessUnits" | "businessUnit" => UNIT,
        "dateOrder" => DATE_ORDER,
        "dateSeparator" => DATE_SEPARATOR,
        "timeFormat" => TIME_FORMAT,
        "timeZone" => TIME_ZONE,
        "locale" => LOCALE,
        "language" => LANGUAGE,
        "signOffNotificationsDisabled" => SIGN_OFF,
        "mobileAccess" => MOBILE_ACCESS,
        "accessibilityMode" => ACCESSIBILITY,
        "securityQuestion" => SECURITY_QUESTION,
        "code" => CODE,
        "failures" => FAILURES,
        "command" => COMMAND,
        "mail" => MAIL,
        _ => return None,
    })
}

/// What a word of a closed list is called.
pub(in crate::console) fn word(name: &str) -> Option<Text> {
    Some(match name {
        "true" => YES,
        "false" => NO,
        "READ_WRITE" => READ_WRITE,
        "READ_ONLY" => READ_ONLY,
        "STANDARD" => STANDARD,
        "ADMINISTRATOR" => ADMINISTRATOR,
        "USER_MANAGER" => USER_MANAGER,
        "AUDITOR" => AUDITOR,
        "COMPLIANCE_OFFICER" => COMPLIANCE_OFFICER,
        "DELETED_USER" => DELETED_USER,
        "AGENT" => AGENT,
        "CLIENT" => CLIENT,
        "DMY" => DMY,
        "MDY" => MDY,
        "YMD" => YMD,
        "SLASH" => SLASH,
        "DOT" => DOT,
        "H24" => H24,
        "H12" => H12,
        "LOCAL" => LOCAL,
        "LDAP" => LDAP,
        "SAML" => SAML,
        "changed" => CHANGED,
        _ => return None,
    })
}
