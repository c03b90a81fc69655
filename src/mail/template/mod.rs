//! What mails say, in the language of their reader. Plain text: nothing in a name can become markup.

mod english;
mod german;

use rollbook_schema::value::MailTemplate;

use crate::directory::{Addressee, Enclosed, Language};

/// Subject and text of one mail.
pub(super) struct Letter {
    pub subject: String,
    pub text: String,
}

/// Writes a mail; `None` for one that tells a password and has none. Only such a mail holds a password, and
/// only one that opens the account once and must be changed then.
pub(super) fn write(
    template: MailTemplate,
    to: &Addressee,
    enclosed: Option<&Enclosed>,
    sign_in_at: &str,
) -> Option<Letter> {
    match to.language {
        Language::English => english::write(template, to, enclosed, sign_in_at),
        Language::German => german::write(template, to, enclosed, sign_in_at),
    }
}
