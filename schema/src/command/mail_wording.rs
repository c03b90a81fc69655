//! What mails say in the company's own words.

use super::fields_of;
use crate::value::{MailLanguage, MailTemplate, MailWording};

fields_of! {
    /// Gives a mail other words, or those of the program again.
    ChangeMailWording {
        /// Which mail.
        template: MailTemplate,
        /// In which language.
        language: MailLanguage,
        /// The company's own; `None`: those of the program.
        words: Option<MailWording>,
        /// The revision that the asker saw; refused if it is another by now.
        seen: Option<u32>,
    }
}
