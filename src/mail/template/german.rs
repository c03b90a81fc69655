//! What mails say, in German.

use rollbook_schema::value::MailTemplate;

use super::Words;

pub(super) fn words(template: MailTemplate) -> Words {
    let (subject, text) = match template {
        MailTemplate::Welcome => ("Willkommen", WELCOME),
        MailTemplate::InitialPassword => ("Ihr erstes Passwort", FIRST_PASSWORD),
        MailTemplate::WelcomeWithPassword => ("Willkommen", FIRST_PASSWORD),
        MailTemplate::TemporaryPassword => ("Ihr vorläufiges Passwort", TEMPORARY_PASSWORD),
        MailTemplate::SupportLogin => ("Der Support arbeitet in Ihrem Konto", SUPPORT_LOGIN),
        MailTemplate::SignOffAsked => ("Ihre Freigabe wird erbeten", SIGN_OFF_ASKED),
        MailTemplate::SignOffDecided => ("Über eine Freigabe wurde entschieden", SIGN_OFF_DECIDED),
    };
    Words { subject, text }
}

const WELCOME: &str = "\
Guten Tag {{name}},

für Sie wurde ein Konto angelegt.

Anmelden unter: {{signInAt}}
Benutzername: {{username}}

Ihr Passwort erreicht Sie auf anderem Weg. Falls Sie diese Nachricht nicht erwartet haben, müssen Sie nichts tun.
";

const FIRST_PASSWORD: &str = "\
Guten Tag {{name}},

für Sie wurde ein Konto angelegt.

Anmelden unter: {{signInAt}}
Benutzername: {{username}}
Passwort:     {{password}}

Das Passwort öffnet Ihr Konto einmal, bis {{passwordExpiresAt}}; dann wählen Sie ein eigenes. Falls Sie diese Nachricht nicht erwartet haben, müssen Sie nichts tun.
";

const TEMPORARY_PASSWORD: &str = "\
Guten Tag {{name}},

Ihr Passwort wurde durch ein vorläufiges ersetzt. Das bisherige öffnet nichts mehr.

Anmelden unter: {{signInAt}}
Benutzername: {{username}}
Passwort:     {{password}}

Das Passwort öffnet Ihr Konto einmal, bis {{passwordExpiresAt}}; dann wählen Sie ein eigenes. Falls Sie diese Nachricht nicht erwartet haben, müssen Sie nichts tun.
";

/// NOT-05.
const SUPPORT_LOGIN: &str = "\
Guten Tag {{name}},

der Support Ihres Anbieters handelt seit eben an Ihrer Stelle, längstens eine Stunde. Alles, was dabei geschieht, steht mit der Begründung in Ihrem Verlauf.

Um es zu sehen oder zu beenden, melden Sie sich an unter: {{signInAt}}
";

/// NOT-04. What is to be approved stays where it is.
const SIGN_OFF_ASKED: &str = "\
Guten Tag {{name}},

Ihre Freigabe wird erbeten.

Um es zu sehen, melden Sie sich an unter: {{signInAt}}

In Ihren Einstellungen lassen sich solche Nachrichten abschalten.
";

/// NOT-04.
const SIGN_OFF_DECIDED: &str = "\
Guten Tag {{name}},

über eine Freigabe wurde entschieden.

Um es zu sehen, melden Sie sich an unter: {{signInAt}}

In Ihren Einstellungen lassen sich solche Nachrichten abschalten.
";
