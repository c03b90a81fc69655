//! Words of rules that run when a user is deleted.

use super::{Text, texts};

texts! {
    LEAD: "What happens before and after a user is deleted.", "Was geschieht, bevor und nachdem ein Benutzer gelöscht wird.";
    BEFORE: "Before a user is deleted", "Bevor ein Benutzer gelöscht wird";
    BEFORE_TEXT: "To finish what the user has under way. If one of them fails, nobody is deleted.",
        "Um zu beenden, woran der Benutzer beteiligt ist. Schlägt eine fehl, wird niemand gelöscht.";
    AFTER: "After a user was deleted", "Nachdem ein Benutzer gelöscht wurde";
    AFTER_TEXT: "To remove what other programs keep of the person. What fails is tried again; the deletion stands.",
        "Um zu entfernen, was andere Programme von der Person aufbewahren. Was fehlschlägt, wird wiederholt; die Löschung bleibt.";
    NONE: "No rule", "Keine Regel";
    ON: "On", "An";
    OFF: "Off", "Aus";
    SWITCH_ON: "Switch on", "Einschalten";
    SWITCH_OFF: "Switch off", "Ausschalten";
    EARLIER: "Earlier", "Früher";
    LATER: "Later", "Später";
    DELETE: "Delete", "Löschen";
    OF: "{deed}: {name}", "{deed}: {name}";
    ONLY: "only: {whom}", "nur: {whom}";
    CHANGE: "Change", "Ändern";
    FOR_SOME: "only for some users", "nur für manche Benutzer";
    CALLS: "Calls {url}", "Ruft {url} auf";
    NEW: "New rule", "Neue Regel";
    NAME: "Name", "Name";
    WHEN: "When", "Wann";
    FOR_WHOM: "For whom", "Für wen";
    EVERYBODY: "Everybody", "Alle";
    URL: "Program to call", "Aufzurufendes Programm";
    URL_HINT: "An https address that the operator allows (rule-origins). Leave it empty to change records.",
        "Eine https-Adresse, die der Betrieb erlaubt (rule-origins). Leer lassen, um Einträge zu ändern.";
    CHANGES: "Records to change, before the deletion only", "Zu ändernde Einträge, nur vor der Löschung";
    DEFINE: "Create", "Anlegen";
    TO_SUPERIOR: "Who reports to them reports to their superior", "Wer an sie berichtet, berichtet an deren Vorgesetzte";
    TO_NOBODY: "Who reports to them reports to nobody", "Wer an sie berichtet, berichtet an niemanden";
    TO_USER: "Who reports to them reports to somebody else", "Wer an sie berichtet, berichtet an jemand anderen";
    GRANTS_BY: "Take back whom they let act for them", "Zurücknehmen, wen sie für sich handeln lassen";
    GRANTS_TO: "Take back for whom they may act", "Zurücknehmen, für wen sie handeln dürfen";
    LEAVE_TEAMS: "Leave all teams", "Alle Teams verlassen";
    LEAVE_UNITS: "Leave all business units", "Alle Unternehmenseinheiten verlassen";
    END_SESSIONS: "End all sessions", "Alle Sitzungen beenden";
    OPEN_CALLS: "Calls that wait or were given up", "Aufrufe, die warten oder aufgegeben wurden";
    RULE: "Rule", "Regel";
    USER: "User", "Benutzer";
    STATE: "State", "Stand";
    WAITING: "Waits for attempt {next}", "Wartet auf Versuch {next}";
    FAILED: "Given up after {count} attempts", "Nach {count} Versuchen aufgegeben";
    RETRY: "Call again", "Erneut aufrufen";
    RETRIED: "It is called again.", "Es wird erneut aufgerufen.";
    TITLE: "Rules", "Regeln";
}

/// What a change of records is called.
pub(in crate::console) fn change(name: &str) -> Option<Text> {
    Some(match name {
        "REPORTS_TO_SUPERIOR" => TO_SUPERIOR,
        "REPORTS_TO_USER" => TO_USER,
        "REPORTS_TO_NOBODY" => TO_NOBODY,
        "REMOVE_PROXY_GRANTS_BY" => GRANTS_BY,
        "REMOVE_PROXY_GRANTS_TO" => GRANTS_TO,
        "LEAVE_TEAMS" => LEAVE_TEAMS,
        "LEAVE_BUSINESS_UNITS" => LEAVE_UNITS,
        "END_SESSIONS" => END_SESSIONS,
        _ => return None,
    })
}
