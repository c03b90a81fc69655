//! What mails say, in English.

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
        MailTemplate::SignOffAsked => return Some(sign_off(to, "An approval is asked of you", sign_in_at)),
        MailTemplate::SignOffDecided => return Some(sign_off(to, "An approval was decided", sign_in_at)),
        MailTemplate::SupportLogin => return Some(support_login(to, sign_in_at)),
        MailTemplate::Welcome => (
            "Welcome",
            "an account was made for you.",
            "Your password reaches you in another way.".to_owned(),
        ),
        MailTemplate::InitialPassword => {
            ("Your first password", "an account was made for you.", terms(enclosed?))
        }
        MailTemplate::WelcomeWithPassword => ("Welcome", "an account was made for you.", terms(enclosed?)),
        MailTemplate::TemporaryPassword => (
            "Your temporary password",
            "your password was replaced by a temporary one. The one before opens nothing any more.",
            terms(enclosed?),
        ),
    };
    let told = enclosed.map_or_else(String::new, |it| format!("Password:   {}\n", it.password.reveal()));
    let text = format!(
        "Hello {},\n\n{begins}\n\nSign in at: {sign_in_at}\nUsername:   {}\n{told}\n{ends} If you did not \
         expect this mail, you need not do anything.\n",
        to.name, to.username,
    );
    Some(Letter { subject: subject.to_owned(), text })
}

/// NOT-05.
fn support_login(to: &Addressee, sign_in_at: &str) -> Letter {
    let text = format!(
        "Hello {},\n\nthe support of your provider began to act as you, for an hour at most. All that is done \
         stands in your history, with the reason.\n\nTo see it, or to end it, sign in at: {sign_in_at}\n",
        to.name,
    );
    Letter { subject: "Support works in your account".to_owned(), text }
}

/// NOT-04. What is to be approved stays where it is.
fn sign_off(to: &Addressee, subject: &str, sign_in_at: &str) -> Letter {
    let text = format!(
        "Hello {},\n\n{}{}.\n\nTo see it, sign in at: {sign_in_at}\n\nYour preferences switch such \
         mails off.\n",
        to.name,
        subject[..1].to_lowercase(),
        &subject[1..],
    );
    Letter { subject: subject.to_owned(), text }
}

fn terms(enclosed: &Enclosed) -> String {
    let until = enclosed.expires_at;
    format!("The password opens your account once, until {until}; then you choose one of your own.")
}
