//! Words of the mail to a user.

use super::{Text, texts};

texts! {
    TITLE: "Mail", "Post";
    NONE: "No mail was queued for this user.", "Für diesen Benutzer wurde keine Post eingereiht.";
    ATTEMPTS: "attempts: {count}", "Versuche: {count}";
    LAST: "last {time}", "zuletzt {time}";
    RESEND: "Send again", "Noch einmal senden";
    WELCOME: "Welcome", "Begrüßung";
    INITIAL_PASSWORD: "First password", "Erstes Passwort";
    WELCOME_WITH_PASSWORD: "Welcome with a first password", "Begrüßung mit erstem Passwort";
    TEMPORARY_PASSWORD: "Temporary password", "Vorläufiges Passwort";
    SUPPORT_LOGIN: "Support has signed in", "Der Support hat sich angemeldet";
    SIGN_OFF_ASKED: "An approval is asked for", "Eine Freigabe wird erbeten";
    SIGN_OFF_DECIDED: "An approval was decided", "Über eine Freigabe wurde entschieden";
    WAITING: "Waiting", "Wartet";
    SENT: "Sent", "Gesendet";
    FAILED: "Failed", "Gescheitert";
    WITHDRAWN: "Withdrawn", "Zurückgezogen";
    UNREACHABLE: "the mail server could not be reached", "der Mailserver war nicht zu erreichen";
    DEFERRED: "the mail server said: not now", "der Mailserver sagte: jetzt nicht";
    REFUSED: "the mail server said: never", "der Mailserver sagte: nie";
    NO_ADDRESS: "there is no address", "es gibt keine Adresse";
    EXPIRED: "the password opens nothing any more", "das Passwort öffnet nichts mehr";
}

/// A word of the closed lists of mail: template, state, fault.
pub(in crate::console) fn word(name: &str) -> Option<Text> {
    ALL.iter().skip(5).find(|(known, _)| *known == name).map(|(_, text)| *text)
}
