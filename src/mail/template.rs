//! What mails say. Plain text: nothing in a name can become markup.

use rollbook_schema::value::MailTemplate;

use crate::directory::Addressee;

/// Subject and text of one mail.
pub(super) struct Letter {
    pub subject: String,
    pub text: String,
}

/// Writes a mail. No password is ever in one (NOT-02).
pub(super) fn write(template: MailTemplate, to: &Addressee, sign_in_at: &str) -> Letter {
    match template {
        MailTemplate::SupportLogin => Letter {
            subject: "Support works in your account".to_owned(),
            text: format!(
                "Hello {},\n\nthe support of your provider began to act as you, for an hour at most. All that \
                 is done stands in your history, with the reason.\n\n\
                 To see it, or to end it, sign in at: {sign_in_at}\n",
                to.name,
            ),
        },
        MailTemplate::Welcome => Letter {
            subject: "Welcome".to_owned(),
            text: format!(
                "Hello {},\n\nan account was made for you.\n\n\
                 Sign in at: {sign_in_at}\n\
                 Username:   {}\n\n\
                 Your password reaches you in another way. If you did not expect this mail, you need not do \
                 anything.\n",
                to.name, to.username,
            ),
        },
    }
}
