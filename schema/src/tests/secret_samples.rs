//! Samples of what happens to secrets other than passwords in force.

use crate::event::{
    Event, MailedPasswordDestroyed, PasswordMailQueued, SecurityQuestionRemoved, SecurityQuestionSet,
};
use crate::id::{CredentialNumber, UserId};
use crate::personal::Personal;
use crate::value::{MailTemplate, MailedPassword, PasswordVerifier, QuestionText, SecurityQuestion};

const ADA: UserId = UserId(8);

/// Every event of this file at least once, in the order of the types.
pub fn all() -> Vec<Event> {
    [mailed_passwords(), security_questions()].concat()
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

fn security_questions() -> Vec<Event> {
    let set = |number: u64, replaces| SecurityQuestionSet {
        user: ADA,
        credential: CredentialNumber(number),
        replaces,
        question: Personal::Known(SecurityQuestion {
            question: QuestionText::parse("What was the name of your first engine?").unwrap(),
            verifier: PasswordVerifier::from_phc("$argon2id$made-up".to_owned()),
        }),
    };
    vec![
        set(5, None).into(),
        set(6, Some(CredentialNumber(5))).into(),
        SecurityQuestionRemoved { user: ADA, credential: CredentialNumber(6) }.into(),
    ]
}
