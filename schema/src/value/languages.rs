//! Which languages a company speaks, and which of them somebody reads (PRF-07, PRF-08).
//!
//! A company that configured none leaves the choice to everybody, of all languages there are: so it was
//! before there was anything to configure.

use super::{LanguageTag, Settings};

impl Settings {
    /// May somebody choose this language? Where one is configured there is nothing to choose.
    #[must_use]
    pub fn offers_language(&self, tag: &LanguageTag) -> bool {
        match self.languages.as_slice() {
            [] => true,
            [_] => false,
            several => several.contains(tag),
        }
    }

    /// What somebody reads: the own choice as long as it is offered, else the company's language. `None`
    /// where neither chose.
    #[must_use]
    pub fn effective_language<'a>(&'a self, own: Option<&'a LanguageTag>) -> Option<&'a LanguageTag> {
        let own = own.filter(|tag| self.offers_language(tag));
        own.or(self.company_language.as_ref()).or(self.languages.first())
    }

    /// Is the company's own language one of those that it configured?
    #[must_use]
    pub fn speaks_own_language(&self) -> bool {
        let own = self.company_language.as_ref();
        own.is_none_or(|own| self.languages.is_empty() || self.languages.contains(own))
    }
}
