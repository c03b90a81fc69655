//! What mails say, in German.

use rollbook_schema::value::MailTemplate;

use super::Letter;
use crate::directory::{Addressee, Enclosed};

pub(super) fn write(
    template: MailTemplate,
    to: &Addressee,
    enclosed: Option<&Enclosed>,
    sign_in_at: &str,
) -> Option<Letter> {
    let (subject, begins, ends) = match template {
        MailTemplate::SignOffAsked => {
            return Some(sign_off(
                to,
                "Ihre Freigabe wird erbeten",
                "Ihre Freigabe wird erbeten",
                sign_in_at,
            ));
        }
        MailTemplate::SignOffDecided => {
            let text = "über eine Freigabe wurde entschieden";
            return Some(sign_off(to, "Über eine Freigabe wurde entschieden", text, sign_in_at));
        }
        MailTemplate::SupportLogin => return Some(support_login(to, sign_in_at)),
        MailTemplate::Welcome => (
            "Willkommen",
            "für Sie wurde ein Konto angelegt.",
            "Ihr Passwort erreicht Sie auf anderem Weg.".to_owned(),
        ),
        MailTemplate::InitialPassword => {
            ("Ihr erstes Passwort", "für Sie wurde ein Konto angelegt.", terms(enclosed?))
        }
        MailTemplate::WelcomeWithPassword => {
            ("Willkommen", "für Sie wurde ein Konto angelegt.", terms(enclosed?))
        }
        MailTemplate::TemporaryPassword => (
            "Ihr vorläufiges Passwort",
            "Ihr Passwort wurde durch ein vorläufiges ersetzt. Das bisherige öffnet nichts mehr.",
            terms(enclosed?),
        ),
    };
    let told = enclosed.map_or_else(String::new, |it| format!("Passwort:     {}\n", it.password.reveal()));
    let text = format!(
        "Guten Tag {},\n\n{begins}\n\nAnmelden unter: {sign_in_at}\nBenutzername: {}\n{told}\n{ends} Falls Sie \
         diese Nachricht nicht erwartet haben, müssen Sie nichts tun.\n",
        to.name, to.username,
    );
    Some(Letter { subject: subject.to_owned(), text })
}

/// NOT-05.
fn support_login(to: &Addressee, sign_in_at: &str) -> Letter {
    let text = format!(
        "Guten Tag {},\n\nder Support Ihres Anbieters handelt seit eben an Ihrer Stelle, längstens eine Stunde. \
         Alles, was dabei geschieht, steht mit der Begründung in Ihrem Verlauf.\n\nUm es zu sehen oder zu \
         beenden, melden Sie sich an unter: {sign_in_at}\n",
        to.name,
    );
    Letter { subject: "Der Support arbeitet in Ihrem Konto".to_owned(), text }
}

/// NOT-04. What is to be approved stays where it is.
fn sign_off(to: &Addressee, subject: &str, begins: &str, sign_in_at: &str) -> Letter {
    let text = format!(
        "Guten Tag {},\n\n{begins}.\n\nUm es zu sehen, melden Sie sich an unter: {sign_in_at}\n\nIn Ihren \
         Einstellungen lassen sich solche Nachrichten abschalten.\n",
        to.name,
    );
    Letter { subject: subject.to_owned(), text }
}

fn terms(enclosed: &Enclosed) -> String {
    let until = enclosed.expires_at;
    format!("Das Passwort öffnet Ihr Konto einmal, bis {until}; dann wählen Sie ein eigenes.")
}
