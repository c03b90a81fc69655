//! What mails say in the company's own words, and whom those name.
//!
//! One fold for both sides: changes are decided by it, mails are written from it, and a deletion is held against
//! it. There are as many as mails and languages, so that all are looked through.

use std::collections::BTreeMap;

use rollbook_schema::Event;
use rollbook_schema::value::{MailLanguage, MailTemplate, MailWording};
use serde::{Deserialize, Serialize};

use super::words::names;
use super::{Reference, ReferenceSource, Referrer, Wanted};
use crate::view::fold_text::fold_text;

/// Where in a mail a user is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordingPart {
    /// Its subject.
    Subject,
    /// Its text.
    Text,
}

/// The words of one mail in one language, since they were changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WordingRow {
    /// The company's own; `None`: those of the program.
    pub words: Option<MailWording>,
    /// How often they were changed.
    pub revision: u32,
}

/// The words of all mails that were ever changed.
#[derive(Clone, Debug, Default, Hash, Serialize, Deserialize)]
pub struct MailWordings {
    rows: BTreeMap<(MailTemplate, MailLanguage), WordingRow>,
}

impl MailWordings {
    /// The company's own words.
    #[must_use]
    pub fn own(&self, template: MailTemplate, language: MailLanguage) -> Option<&MailWording> {
        self.rows.get(&(template, language))?.words.as_ref()
    }

    /// How often these words were changed.
    #[must_use]
    pub fn revision(&self, template: MailTemplate, language: MailLanguage) -> u32 {
        self.rows.get(&(template, language)).map_or(0, |row| row.revision)
    }

    /// Every mail that was ever changed.
    pub fn iter(&self) -> impl Iterator<Item = ((MailTemplate, MailLanguage), &WordingRow)> {
        self.rows.iter().map(|(key, row)| (*key, row))
    }
}

impl ReferenceSource for MailWordings {
    fn fold(&mut self, event: &Event) {
        if let Event::MailWordingChanged(e) = event {
            let words = e.words.known().and_then(|words| words.to.clone());
            self.rows.insert((e.template, e.language), WordingRow { words, revision: e.revision });
        }
    }

    fn find(&self, wanted: &Wanted, found: &mut Vec<Reference>) {
        for ((template, language), row) in self.iter() {
            let Some(words) = &row.words else { continue };
            let texts = [
                (WordingPart::Subject, fold_text(words.subject.as_str()).to_string()),
                (WordingPart::Text, fold_text(words.text.as_str()).to_string()),
            ];
            for (part, text) in &texts {
                // A number alone is a time or a street here, and no user.
                let naming = wanted.texts().filter(|(_, name)| name.parse::<u64>().is_err());
                let naming = naming.filter(|(_, name)| names(text, name));
                let by = Referrer::MailWording { template, language, part: *part };
                found.extend(naming.map(|(named_by, _)| Reference { by, named_by, recycled: false }));
            }
        }
    }
}
