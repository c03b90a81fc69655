//! What a mail says, and what it could.

use async_graphql::SimpleObject;
use rollbook_projections::references::MailWordings;
use rollbook_schema::value::{self, Placeholder};

use crate::graphql::vocabulary::{MailLanguage, MailTemplate};
use crate::mail;

/// Subject and text of a mail.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct MailWords {
    pub subject: String,
    pub text: String,
}

/// The words of one mail in one language.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct MailWording {
    pub template: MailTemplate,
    pub language: MailLanguage,
    /// The words in force; `{{…}}` is filled in for each reader.
    pub words: MailWords,
    /// Whether they are the company's own.
    pub own: bool,
    /// How often they were changed: give it as `expectedRevision`.
    pub revision: u32,
    /// What can be filled in, without the braces.
    pub placeholders: Vec<String>,
    /// What must stand in the text.
    pub needed: Vec<String>,
    /// The words of the program.
    pub built_in: MailWords,
    /// As somebody would read it whom there is not.
    pub preview: MailWords,
}

impl MailWording {
    /// Every mail in every language.
    pub(in crate::graphql) fn all(wordings: &MailWordings) -> Vec<MailWording> {
        let pairs = value::MailTemplate::ALL
            .into_iter()
            .flat_map(|template| value::MailLanguage::ALL.map(|language| (template, language)));
        pairs.map(|(template, language)| MailWording::of(template, language, wordings)).collect()
    }

    pub(in crate::graphql) fn of(
        template: value::MailTemplate,
        language: value::MailLanguage,
        wordings: &MailWordings,
    ) -> MailWording {
        let own = wordings.own(template, language);
        let built_in = mail::built_in(template, language);
        let built_in = MailWords { subject: built_in.subject.to_owned(), text: built_in.text.to_owned() };
        let words = own.map(|own| MailWords {
            subject: own.subject.as_str().to_owned(),
            text: own.text.as_str().to_owned(),
        });
        let letter = mail::preview(template, language, own);
        let words_of = |all: &[Placeholder]| all.iter().map(|it| it.word().to_owned()).collect();
        MailWording {
            template: template.into(),
            language: language.into(),
            words: words.unwrap_or_else(|| built_in.clone()),
            own: own.is_some(),
            revision: wordings.revision(template, language),
            placeholders: words_of(Placeholder::of(template)),
            needed: words_of(Placeholder::needed(template)),
            built_in,
            preview: MailWords { subject: letter.subject, text: letter.text },
        }
    }
}
