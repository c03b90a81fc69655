//! The message catalogue: every text that the console shows, in every language that it speaks.
//!
//! A text has all its languages in one place, so that none can be missing; a test sees that none is blank and
//! that all of them name the same places (`{name}`), which [`Text::with`] fills.

pub(super) mod access_profiles;
pub(super) mod account;
pub(super) mod applications;
pub(super) mod attributes;
pub(super) mod frame;
pub(super) mod groups;
pub(super) mod history;
pub(super) mod licenses;
pub(super) mod list;
pub(super) mod mail;
pub(super) mod moments;
pub(super) mod outbox;
pub(super) mod oversight;
pub(super) mod person;
pub(super) mod privacy;
pub(super) mod privacy_words;
pub(super) mod profile;
pub(super) mod refusal;
pub(super) mod roles;
pub(super) mod rules;
pub(super) mod settings;
pub(super) mod wordings;

use rollbook_schema::event::EventType;
use rollbook_schema::value::LanguageTag;

/// A language of the console.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

impl Tongue {
    /// The language that a tag asks for, if the console speaks it.
    pub(super) fn of(tag: &LanguageTag) -> Option<Tongue> {
        match tag.language() {
            "en" => Some(Tongue::English),
            "de" => Some(Tongue::German),
            _ => None,
        }
    }

    /// What a browser asks for first and the console speaks.
    pub(super) fn accepted(header: &str) -> Option<Tongue> {
        let tags = header.split(',').filter_map(|part| part.split(';').next());
        tags.filter_map(|tag| LanguageTag::parse(tag).ok()).find_map(|tag| Tongue::of(&tag))
    }

    /// For the `lang` attribute.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Tongue::English => "en",
            Tongue::German => "de",
        }
    }
}

/// One text in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// German.
    pub de: &'static str,
}

impl Text {
    /// In one language.
    #[must_use]
    pub fn to(self, tongue: Tongue) -> &'static str {
        match tongue {
            Tongue::English => self.en,
            Tongue::German => self.de,
        }
    }

    /// In one language, its places filled. What fills a place is never read again for places.
    pub(super) fn with(self, tongue: Tongue, places: &[(&str, &str)]) -> String {
        let mut rest = self.to(tongue);
        let mut filled = String::with_capacity(rest.len() + 32);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, behind)) = after.split_once('}') else { break };
            let place = places.iter().find(|(known, _)| *known == name);
            filled.push_str(place.map_or("", |(_, text)| text));
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }
}

/// Declares texts: `NAME: "English", "Deutsch";`.
macro_rules! texts {
    ($($name:ident: $en:literal, $de:literal;)*) => {
        $(pub(in crate::console) const $name: $crate::console::words::Text =
            $crate::console::words::Text { en: $en, de: $de };)*

        /// Every text of this file by its name.
        pub(in crate::console) const ALL: &[(&str, $crate::console::words::Text)] =
            &[$((stringify!($name), $name),)*];
    };
}
pub(in crate::console) use texts;

/// The whole catalogue, for the test that reads it.
#[must_use]
pub fn every_text() -> Vec<(&'static str, Text)> {
    let files = [account::ALL, frame::ALL, history::ALL, list::ALL, person::ALL, profile::ALL, refusal::ALL];
    let files = files.into_iter().chain([moments::ALL, oversight::ALL, privacy::ALL, privacy_words::ALL]);
    let events = EventType::ALL.iter().map(|of| {
        let is_of = |name: &str| name.replace('_', "").eq_ignore_ascii_case(of.stem());
        let sentence = history::SENTENCES.iter().find(|(name, _)| is_of(name));
        // In English the sentence is the schema's own.
        let de = sentence.map_or("", |(_, sentence)| *sentence);
        (of.stem(), Text { en: de, de })
    });
    let company = [
        access_profiles::ALL,
        access_profiles::CAPABILITIES,
        applications::ALL,
        attributes::ALL,
        groups::ALL,
        licenses::ALL,
        mail::ALL,
        outbox::ALL,
        roles::ALL,
        rules::ALL,
        settings::ALL,
        wordings::ALL,
        settings::NAMED,
    ];
    let events = events.chain(company.into_iter().flatten().copied());
    let refusals = rollbook_schema::RejectionCode::ALL.iter().map(|code| (code.as_str(), refusal::of(*code)));
    files.flatten().copied().chain(refusals).chain(events).collect()
}
