//! Words of the own account.

use super::texts;

texts! {
    PROFILE: "Profile", "Profil";
    PREFERENCES: "Preferences", "Einstellungen";
    SECURITY: "Security", "Sicherheit";
    HISTORY: "History", "Historie";
    TABS: "Parts of the account", "Teile des Kontos";
    SAVED: "Saved.", "Gespeichert.";
    PASSWORD_CHANGED: "Your password was changed. Your other sessions have ended.",
        "Ihr Passwort wurde geändert. Ihre anderen Sitzungen sind beendet.";
    SESSION_ENDED: "The session has ended.", "Die Sitzung ist beendet.";
    CONTACT: "Contact", "Kontakt";
    CONTACT_LEAD: "What you change yourself. Names, username and email are changed by whoever manages users.",
        "Was Sie selbst ändern. Namen, Benutzername und E-Mail ändert, wer die Benutzer verwaltet.";
    CHANGE_PASSWORD: "Change password", "Passwort ändern";
    SESSIONS: "Sessions", "Sitzungen";
    SESSIONS_LEAD: "Where you are signed in. End what you do not know.",
        "Wo Sie angemeldet sind. Beenden Sie, was Sie nicht kennen.";
    THIS_SESSION: "This session", "Diese Sitzung";
    UNKNOWN_PROGRAM: "Unknown program", "Unbekanntes Programm";
    SINCE: "since {time}", "seit {time}";
    UNTIL: "until {time} at most", "längstens bis {time}";
    END: "End", "Beenden";
    END_SESSION: "End the session of {program}", "Sitzung von {program} beenden";
    END_OTHERS: "End all others", "Alle anderen beenden";
    QUESTION_LEAD: "Asked after your password was reset, besides a new password.",
        "Wird gefragt, wenn Ihr Passwort zurückgesetzt wurde, neben einem neuen Passwort.";
    QUESTION: "Question", "Frage";
    YOUR_QUESTION: "Your question: {question}", "Ihre Frage: {question}";
    NO_QUESTION: "You have chosen none.", "Sie haben keine gewählt.";
    SET_QUESTION: "Save question", "Frage speichern";
    REMOVE: "Remove", "Entfernen";
    REGION_HINT: "A language tag, such as en-GB or de-CH.", "Eine Sprachkennung, etwa en-GB oder de-CH.";
    ZONE_HINT: "A name such as Europe/Berlin. Empty: UTC.", "Ein Name wie Europe/Berlin. Leer: UTC.";
    BROWSER_LANGUAGE: "As the company has it", "Wie im Unternehmen";
    ACCESSIBILITY_HINT: "Larger targets and text, stronger contrast.",
        "Größere Ziele und Schrift, stärkerer Kontrast.";
    PICTURE: "Picture", "Bild";
    PICTURE_LEAD: "JPG, GIF or PNG, at most 1500 KB; a square is best. It counts once it is saved.",
        "JPG, GIF oder PNG, höchstens 1500 KB; am besten quadratisch. Es gilt erst, wenn es gespeichert ist.";
    CHOOSE_PICTURE: "Choose a picture", "Bild wählen";
    SAVE_PICTURE: "Save picture", "Bild speichern";
    REMOVE_PICTURE: "Remove picture", "Bild entfernen";
    NOTICE: "A notice", "Ein Hinweis";
    DISMISS: "Understood", "Verstanden";
}
