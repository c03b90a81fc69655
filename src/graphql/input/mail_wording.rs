//! What mails say in the company's own words.

use async_graphql::InputObject;
use rollbook_schema::Command;
use rollbook_schema::command::ChangeMailWording;
use rollbook_schema::value::{MailSubject, MailText, MailWording};

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, Terms};
use crate::graphql::vocabulary::{MailLanguage, MailTemplate};

/// The company's own words of a mail.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangeMailWordingInput {
    pub(in crate::graphql) template: MailTemplate,
    pub(in crate::graphql) language: MailLanguage,
    /// One line, at most 150 characters; nothing is filled in there.
    subject: String,
    /// At most 4,000 characters. `{{name}}`, `{{username}}` and `{{signInAt}}` are filled in, in mails with a password also
    /// `{{password}}` and `{{passwordExpiresAt}}`; `signInAt` and `password` must be there.
    text: String,
    /// The revision that you saw; refused if it is another by now.
    expected_revision: Option<u32>,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for ChangeMailWordingInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let subject = flaws.take("subject", MailSubject::parse(&self.subject));
        let text = flaws.take("text", MailText::parse(&self.text));
        let words = Some(MailWording { subject: subject?, text: text? });
        let (template, language) = (self.template.into(), self.language.into());
        Some(ChangeMailWording { template, language, words, seen: self.expected_revision }.into())
    }
}

/// A mail that shall have the words of the program again.
#[derive(InputObject)]
pub(in crate::graphql) struct ResetMailWordingInput {
    pub(in crate::graphql) template: MailTemplate,
    pub(in crate::graphql) language: MailLanguage,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for ResetMailWordingInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, _: &mut Flaws) -> Option<Command> {
        let (template, language) = (self.template.into(), self.language.into());
        Some(ChangeMailWording { template, language, words: None, seen: None }.into())
    }
}
