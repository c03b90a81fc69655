//! What still names a user: a part of decision models and of views, each with one of its own, so that a
//! deletion is judged by the very search that shows what is in the way (REF-21).
//!
//! A module registers what it knows as a [`ReferenceSource`], with a line in [`References::sources`] and one in
//! `sources_mut`; the search itself stays as it is (REF-16). Each source keeps what it knows by whom it names,
//! so that a search costs as much as there is to find, however many users and artefacts there are.

mod artefacts;
mod mail_wordings;
mod proxy_grants;
mod reporting;
mod saved_views;
#[cfg(test)]
mod tests;
mod user_rules;
mod wanted;
mod word_index;
pub mod words;

pub use artefacts::{Artefact, Artefacts};
pub use mail_wordings::{MailWordings, WordingPart, WordingRow};
use proxy_grants::ProxyGrantReferences;
use reporting::ReportingReferences;
use rollbook_schema::event::RecordedEvent;
use rollbook_schema::value::{MailLanguage, MailTemplate};
use rollbook_schema::{ArtefactId, Event, SavedViewId, UserId, UserRuleId};
pub use saved_views::{SavedView, SavedViews, ViewPart};
use serde::{Deserialize, Serialize};
pub use user_rules::RulePart;
use user_rules::UserRuleReferences;
pub use wanted::{NamedBy, Wanted};

/// One place that names a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// Where.
    pub by: Referrer,
    /// Which of the five attributes stands there (REF-01).
    pub named_by: NamedBy,
    /// It lies in a recycle bin, and counts all the same (REF-20).
    pub recycled: bool,
}

/// What names a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Referrer {
    /// Somebody reports to the user.
    ReportingLine {
        /// Who.
        of: UserId,
    },
    /// Somebody may act as the user; of the user's own grant: they may act as selected others (REF-17).
    ProxyGrant {
        /// Whose grant it is.
        of: UserId,
    },
    /// A business rule on users.
    UserRule {
        /// Which.
        rule: UserRuleId,
        /// Where in it.
        part: RulePart,
    },
    /// A saved view of a list.
    SavedView {
        /// Which.
        view: SavedViewId,
        /// Where in it.
        part: ViewPart,
    },
    /// The company's own words of a mail.
    MailWording {
        /// Which mail.
        template: MailTemplate,
        /// In which language.
        language: MailLanguage,
        /// Where in it.
        part: WordingPart,
    },
    /// A place of an artefact.
    Artefact {
        /// Which.
        artefact: ArtefactId,
        /// Which of its parts, from 0.
        part: u16,
    },
}

/// Somewhere users can be named: keeps up with the log, and finds who is.
pub trait ReferenceSource {
    /// Takes in the next event.
    fn fold(&mut self, event: &Event);

    /// Adds every place that names the user.
    fn find(&self, wanted: &Wanted, found: &mut Vec<Reference>);
}

/// All sources there are.
#[derive(Clone, Debug, Default, Hash, Serialize, Deserialize)]
pub struct References {
    /// Artefacts of other systems.
    pub artefacts: Artefacts,
    /// Saved views of lists.
    pub saved_views: SavedViews,
    /// What mails say in the company's own words.
    pub mail_wordings: MailWordings,
    reporting: ReportingReferences,
    proxy_grants: ProxyGrantReferences,
    user_rules: UserRuleReferences,
}

impl References {
    /// Every place that names the user, source by source (DEL-03).
    #[must_use]
    pub fn find(&self, wanted: &Wanted) -> Vec<Reference> {
        find(&self.sources(), wanted)
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        self.sources_mut().into_iter().for_each(|source| source.fold(&recorded.event));
    }

    fn sources(&self) -> [&dyn ReferenceSource; 6] {
        [
            &self.reporting,
            &self.proxy_grants,
            &self.user_rules,
            &self.saved_views,
            &self.mail_wordings,
            &self.artefacts,
        ]
    }

    fn sources_mut(&mut self) -> [&mut dyn ReferenceSource; 6] {
        [
            &mut self.reporting,
            &mut self.proxy_grants,
            &mut self.user_rules,
            &mut self.saved_views,
            &mut self.mail_wordings,
            &mut self.artefacts,
        ]
    }
}

/// Asks each source.
#[must_use]
pub fn find(sources: &[&dyn ReferenceSource], wanted: &Wanted) -> Vec<Reference> {
    let mut found = Vec::new();
    sources.iter().for_each(|source| source.find(wanted, &mut found));
    found
}
