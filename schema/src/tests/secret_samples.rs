//! Samples of what happens to secrets other than passwords in force.

use crate::event::{Event, MailedPasswordDestroyed, PasswordMailQueued};
use crate::id::{CredentialNumber, UserId};
use crate::personal::Personal;
use crate::value::{MailTemplate, MailedPassword};

const ADA: UserId = UserId(8);

/// Every event of this file at least once, in the order of the types.
pub fn all() -> Vec<Event> {
    mailed_passwords()
}

fn mailed_passwords() -> Vec<Event> {
    let secret = CredentialNumber(4);
    vec![
        PasswordMailQueued {
            user: ADA,
            template: MailTemplate::TemporaryPassword,
            credential: CredentialNumber(3),
            secret,
            password: Personal::Known(MailedPassword::new("made-up".to_owned().into())),
        }
        .into(),
        MailedPasswordDestroyed { user: ADA, secret }.into(),
    ]
}
