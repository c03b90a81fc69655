//! Words of history. In English the sentence is the schema's own; in German it is made of the event's type, and
//! what stands beside it (old and new value) is the same.

use super::texts;

texts! {
    TITLE: "History", "Historie";
    NOTHING: "Nothing is recorded here.", "Hier ist nichts festgehalten.";
    ON_BEHALF: "Done as {user}", "Getan als {user}";
    REASON: "Reason: {reason}", "Grund: {reason}";
    FROM: "From {address}", "Von {address}";
    RAW: "Record {position}", "Eintrag {position}";
    WITHHELD: "not shown to you", "nicht für Sie";
    ERASED: "erased for good", "endgültig vernichtet";
    EMPTY: "empty", "leer";
    NEWER: "Newer", "Neuer";
    OLDER: "Older", "Älter";
    AUTOMATION: "Automation", "Automatik";
    OPERATOR: "The operator", "Der Betreiber";
    PROVIDER: "The provider", "Der Anbieter";
    EVENT: "Event {position}", "Ereignis {position}";
    EVENT_TYPE: "Type", "Art";
    EVENT_ID: "Event id", "Ereignisnummer";
    RECORDED: "Recorded", "Aufgezeichnet";
    SIGNED: "Signed", "Unterschrieben";
    LEAF: "Its hash, in a tree of {count} records", "Sein Hash, in einem Baum aus {count} Einträgen";
    COMMAND_ID: "Command", "Befehl";
    CORRELATION: "Request", "Anfrage";
    ACTOR: "Who did it", "Wer es tat";
    PROOF: "Proof", "Beweis";
    PROOF_LEAD: "That this record is in the log, as the log signed it. Keep it to check it elsewhere.",
        "Dass dieser Eintrag im Protokoll steht, wie es unterschrieben wurde. Aufbewahren, um es anderswo zu prüfen.";
    NO_PROOF: "No signed checkpoint covers this record yet.", "Noch deckt kein unterschriebener Prüfpunkt diesen Eintrag.";
    PROOF_FILE: "Download the proof", "Beweis herunterladen";
    SINCE: "Since", "Seit";
    UNTIL: "Until", "Bis";
    SHOW: "Show", "Zeigen";
    ALL_TYPES: "Everything", "Alles";
    SIGN_INS: "Sign-ins", "Anmeldungen";
    CHANGES: "Changes", "Änderungen";
}

/// The German sentence of an event's type.
pub(in crate::console) fn german(of: &str) -> Option<&'static str> {
    let found = SENTENCES.iter().find(|(known, _)| *known == of);
    found.map(|(_, sentence)| *sentence)
}

/// By the type, as the schema names it.
pub(in crate::console) const SENTENCES: &[(&str, &str)] = &[
    ("USER_CREATED", "{actor} hat {subject} angelegt"),
    ("USER_CREATION_FAILED", "{actor} konnte einen Benutzer nicht anlegen"),
    ("PROFILE_CHANGED", "{actor} hat das Profil von {subject} geändert"),
    ("ACCESS_PROFILE_ASSIGNED", "{actor} hat das Zugriffsprofil von {subject} geändert"),
    ("USER_DISABLED", "{actor} hat {subject} deaktiviert"),
    ("USER_ENABLED", "{actor} hat {subject} aktiviert"),
    ("USER_DELETED", "{actor} hat {subject} gelöscht"),
    ("ACCOUNT_LOCKED", "Das Konto von {subject} wurde gesperrt ({actor})"),
    ("ACCOUNT_UNLOCKED", "{actor} hat das Konto von {subject} entsperrt"),
    ("PASSWORD_SET", "{actor} hat das Passwort von {subject} gesetzt"),
    ("PASSWORD_RESET", "{actor} hat {subject} ein vorläufiges Passwort gegeben"),
    ("PASSWORD_CHANGE_FORCED", "{actor} hat von {subject} ein neues Passwort verlangt"),
    ("PASSWORD_CHANGE_CANCELLED", "{actor} verlangt von {subject} kein neues Passwort mehr"),
    ("ACCOUNT_LOCK_EXPIRED", "Die Sperre des Kontos von {subject} ist abgelaufen"),
    ("SIGNED_IN", "{actor} hat sich angemeldet"),
    ("SIGNED_OUT", "{actor} hat sich abgemeldet"),
    ("SESSION_ENDED", "Eine Sitzung von {subject} wurde beendet ({actor})"),
    ("SESSIONS_ENDED", "{actor} hat die Sitzungen von {subject} beendet"),
    ("SIGN_IN_FAILED", "Eine Anmeldung als {subject} ist fehlgeschlagen"),
    ("ATTEMPT_DENIED", "{actor} wurde etwas verwehrt: {subject}"),
    ("ROLE_DEFINED", "{actor} hat eine Rolle eingerichtet: {subject}"),
    ("ROLE_DELETED", "{actor} hat eine Rolle gelöscht: {subject}"),
    ("ROLE_ASSIGNED", "{actor} hat {subject} eine Rolle gegeben"),
    ("ROLE_UNASSIGNED", "{actor} hat {subject} eine Rolle genommen"),
    ("LICENSE_POOL_SIZED", "{actor} hat die Zahl der Lizenzen geändert"),
    ("LICENSE_GRANTED", "{actor} hat {subject} eine Lizenz gegeben"),
    ("LICENSE_REVOKED", "{actor} hat {subject} die Lizenz genommen"),
    ("PII_MASKED", "{actor} hat {subject} maskiert"),
    ("PREFERENCES_CHANGED", "{actor} hat die Einstellungen von {subject} geändert"),
    ("REPORTING_LINE_CHANGED", "{actor} hat geändert, wem {subject} unterstellt ist"),
    ("CHAT_LIMIT_CHANGED", "{actor} hat die Zahl der Chats von {subject} geändert"),
    ("DEFAULT_CHAT_LIMIT_CHANGED", "{actor} hat die übliche Zahl der Chats geändert"),
    ("DASHBOARD_DEFINED", "{actor} hat ein Dashboard eingerichtet: {subject}"),
    ("DASHBOARD_DELETED", "{actor} hat ein Dashboard gelöscht: {subject}"),
    ("ROLE_DASHBOARD_SET", "{actor} hat das Dashboard einer Rolle gesetzt: {subject}"),
    ("SETTINGS_CHANGED", "{actor} hat die Einstellungen des Verzeichnisses geändert"),
    ("AVATAR_SET", "{actor} hat das Bild von {subject} geändert"),
    ("AVATAR_REMOVED", "{actor} hat das Bild von {subject} entfernt"),
    ("MAIL_QUEUED", "{actor} hat eine Nachricht an {subject} eingereiht"),
    ("MAIL_SENT", "Eine Nachricht an {subject} wurde verschickt"),
    ("MAIL_FAILED", "Eine Nachricht an {subject} konnte nicht verschickt werden"),
    ("TEAM_CREATED", "{actor} hat ein Team angelegt: {subject}"),
    ("TEAM_RENAMED", "{actor} hat ein Team umbenannt: {subject}"),
    ("TEAM_MOVED", "{actor} hat ein Team verschoben: {subject}"),
    ("TEAM_DELETED", "{actor} hat ein Team gelöscht: {subject}"),
    ("TEAM_MEMBER_ADDED", "{actor} hat {subject} in ein Team aufgenommen"),
    ("TEAM_MEMBER_REMOVED", "{actor} hat {subject} aus einem Team genommen"),
    ("BUSINESS_UNIT_CREATED", "{actor} hat einen Geschäftsbereich angelegt: {subject}"),
    ("BUSINESS_UNIT_RENAMED", "{actor} hat einen Geschäftsbereich umbenannt: {subject}"),
    ("BUSINESS_UNIT_DELETED", "{actor} hat einen Geschäftsbereich gelöscht: {subject}"),
    ("ADDED_TO_BUSINESS_UNIT", "{actor} hat {subject} in einen Geschäftsbereich aufgenommen"),
    ("REMOVED_FROM_BUSINESS_UNIT", "{actor} hat {subject} aus einem Geschäftsbereich genommen"),
    ("PROXY_GRANT_CHANGED", "{actor} hat geändert, als wer {subject} handeln darf"),
    ("PROXY_STARTED", "{actor} handelt von hier an als {subject}"),
    ("PROXY_ENDED", "{actor} handelt nicht mehr als {subject}"),
    ("PASSWORD_MAIL_QUEUED", "{actor} hat eine Nachricht mit einem Passwort an {subject} eingereiht"),
    (
        "MAILED_PASSWORD_DESTROYED",
        "Ein Passwort, das an {subject} verschickt werden sollte, wurde vernichtet",
    ),
    ("ATTRIBUTE_DEFINED", "{actor} hat ein Merkmal eingerichtet: {subject}"),
    ("ATTRIBUTE_RENAMED", "{actor} hat ein Merkmal umbenannt: {subject}"),
    ("ATTRIBUTE_CHOICE_ADDED", "{actor} hat einem Merkmal eine Auswahl gegeben: {subject}"),
    ("ATTRIBUTE_CHOICE_RETIRED", "{actor} hat eine Auswahl eines Merkmals eingestellt: {subject}"),
    ("ATTRIBUTE_RETIRED", "{actor} hat ein Merkmal eingestellt: {subject}"),
    ("ATTRIBUTES_SET", "{actor} hat Merkmale von {subject} geändert"),
    ("SECURITY_QUESTION_SET", "{actor} hat eine Sicherheitsfrage gewählt"),
    ("SECURITY_QUESTION_REMOVED", "{actor} hat die Sicherheitsfrage von {subject} entfernt"),
    ("SOURCE_CHANGED", "{actor} hat geändert, wo {subject} geführt wird"),
    ("APPLICATION_DEFINED", "{actor} hat eine Anwendung eingerichtet: {subject}"),
    ("APPLICATION_CHANGED", "{actor} hat eine Anwendung geändert: {subject}"),
    ("APPLICATION_DELETED", "{actor} hat eine Anwendung gelöscht: {subject}"),
    ("APPLICATION_ACCESS_GRANTED", "{actor} hat {subject} eine Anwendung gegeben"),
    ("APPLICATION_ACCESS_REVOKED", "{actor} hat {subject} eine Anwendung genommen"),
    ("ACTIVE_ROLE_CHOSEN", "{actor} hat eine andere Rolle gewählt"),
    ("ROLE_PORTAL_PAGES_SET", "{actor} hat die Portalseiten einer Rolle gesetzt: {subject}"),
    ("SIGNING_KEY_ROTATED", "{actor} hat einen anderen Signaturschlüssel in Kraft gesetzt"),
    ("SUPPORT_STARTED", "{actor} hat eine Support-Anmeldung als {subject} begonnen"),
    ("SUPPORT_ENDED", "{actor} hat eine Support-Anmeldung als {subject} beendet"),
    ("NOTICE_DISMISSED", "{actor} hat einen Hinweis weggelegt"),
    ("MASKING_REQUESTED", "{actor} hat die Maskierung von {subject} beantragt"),
    ("MASKING_EXTENDED", "{actor} hat die Frist des Antrags zu {subject} verlängert"),
    ("MASKING_APPROVED", "{actor} hat dem Antrag zu {subject} zugestimmt"),
    ("MASKING_DECLINED", "{actor} hat den Antrag zu {subject} abgelehnt"),
    ("MASKING_WITHDRAWN", "{actor} hat den Antrag zu {subject} zurückgezogen"),
    ("LEGAL_HOLD_PLACED", "{actor} hat {subject} unter Aufbewahrungspflicht gestellt"),
    ("LEGAL_HOLD_LIFTED", "{actor} hat die Aufbewahrungspflicht zu {subject} aufgehoben"),
    ("ACCESS_REQUEST_OPENED", "{actor} hat für {subject} Auskunft beantragt"),
    ("ACCESS_REQUEST_EXTENDED", "{actor} hat die Frist der Auskunft an {subject} verlängert"),
    ("ACCESS_REQUEST_FULFILLED", "{actor} hat {subject} Auskunft gegeben"),
    ("ACCESS_REQUEST_REFUSED", "{actor} hat die Auskunft an {subject} abgelehnt"),
    ("PERSON_FILE_FETCHED", "{actor} hat die Auskunft über {subject} abgeholt"),
    ("PROCESSING_RESTRICTED", "{actor} hat die Verarbeitung zu {subject} eingeschränkt"),
    ("RESTRICTION_LIFTED", "{actor} hat die Einschränkung zu {subject} aufgehoben"),
    ("ERASURE_COMPLETED", "{actor} hat die Löschung von {subject} vollendet"),
    ("ARTEFACT_REGISTERED", "{actor} hat etwas angemeldet, das auf Benutzer verweist: {subject}"),
    ("ARTEFACT_CHANGED", "{actor} hat etwas geändert, das auf Benutzer verweist: {subject}"),
    ("ARTEFACT_RECYCLED", "{actor} hat etwas in den Papierkorb gelegt, das auf Benutzer verweist: {subject}"),
    ("ARTEFACT_RESTORED", "{actor} hat etwas wiederhergestellt, das auf Benutzer verweist: {subject}"),
    ("ARTEFACT_PURGED", "{actor} hat etwas endgültig entfernt, das auf Benutzer verwies: {subject}"),
    ("HISTORY_READ", "{actor} hat die Historie von {subject} gelesen"),
    ("RETENTION_RULE_DEFINED", "{actor} hat eine Aufbewahrungsregel eingerichtet"),
    ("SIGN_IN_RETENTION_DEFINED", "{actor} hat eine Aufbewahrungsregel eingerichtet"),
    ("SIGN_IN_CONTEXT_SHREDDED", "Woher {subject} sich angemeldet hat, wurde unlesbar gemacht"),
    ("RETENTION_RULE_SWITCHED", "{actor} hat eine Aufbewahrungsregel umgeschaltet"),
    ("RETENTION_RULE_DELETED", "{actor} hat eine Aufbewahrungsregel gelöscht"),
    ("RETENTION_RUN_STARTED", "{actor} hat einen Lauf der Aufbewahrungsregeln begonnen"),
    ("RETENTION_APPLIED", "Eine Aufbewahrungsregel wurde auf {subject} angewandt"),
    ("RETENTION_RUN_ENDED", "Ein Lauf der Aufbewahrungsregeln ist zu Ende"),
    ("FREE_TEXT_FOUND", "In freien Texten wurde {subject} gefunden"),
    ("USER_RULE_DEFINED", "{actor} hat eine Regel eingerichtet"),
    ("USER_RULE_CHANGED", "{actor} hat eine Regel geändert"),
    ("USER_RULE_ENABLED", "{actor} hat eine Regel eingeschaltet"),
    ("USER_RULE_DISABLED", "{actor} hat eine Regel ausgeschaltet"),
    ("USER_RULE_DELETED", "{actor} hat eine Regel gelöscht"),
    ("USER_RULES_REORDERED", "{actor} hat die Reihenfolge der Regeln geändert"),
    ("USER_RULE_QUEUED", "Eine Regel zu {subject} wurde eingereiht"),
    ("USER_RULE_STARTED", "Eine Regel zu {subject} hat begonnen"),
    ("USER_RULE_FINISHED", "Eine Regel zu {subject} ist fertig"),
    ("USER_RULE_FAILED", "Eine Regel zu {subject} ist fehlgeschlagen"),
    ("MAIL_WORDING_CHANGED", "{actor} hat die Worte einer Nachricht geändert"),
    ("SAVED_VIEW_ADDED", "{actor} hat eine Ansicht gespeichert"),
    ("SAVED_VIEW_CHANGED", "{actor} hat eine gespeicherte Ansicht geändert"),
    ("SAVED_VIEW_REMOVED", "{actor} hat eine gespeicherte Ansicht entfernt"),
    ("USER_CREATED_BY_RULE", "Eine Regel hat {subject} angelegt"),
];
