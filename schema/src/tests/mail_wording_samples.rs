//! Samples of what happens to the words of mails.

use crate::event::{Change, Event, MailWordingChanged};
use crate::personal::Personal;
use crate::value::{MailLanguage, MailSubject, MailTemplate, MailText, MailWording};

/// Every event of this file at least once.
pub fn all() -> Vec<Event> {
    let words = |subject: &str, text: &str| MailWording {
        subject: MailSubject::parse(subject).unwrap(),
        text: MailText::parse(text).unwrap(),
    };
    let own = words("Welcome aboard", "Dear {{name}},\n\nsign in at {{signInAt}}.");
    let (template, language) = (MailTemplate::Welcome, MailLanguage::German);
    let change = |revision, from, to| {
        let words = Personal::Known(Change { from, to });
        MailWordingChanged { template, language, revision, words }.into()
    };
    vec![change(1, None, Some(own.clone())), change(300, Some(own), None)]
}
