//! Language tags, by which a language or the customs of a region are named.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Flaw;

/// Longest tag, in characters. RFC 5646 section 4.4.1 asks for 35 at least.
const TAG_CHARS_MAX: usize = 64;

/// A well-formed tag of RFC 5646 (BCP 47), in its canonical case: `de-CH`, `zh-Hant-TW`. Whether
/// the registry knows its parts is not asked; tags from before that standard (`i-klingon`) are not taken.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LanguageTag(String);

impl LanguageTag {
    /// Parses a tag; a misplaced, repeated or misshapen part is a flaw.
    pub fn parse(input: &str) -> Result<Self, Flaw> {
        let text = input.trim();
        if text.is_empty() {
            return Err(Flaw::Blank);
        }
        if text.len() > TAG_CHARS_MAX {
            return Err(Flaw::TooLong { max: TAG_CHARS_MAX });
        }
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(Flaw::Character);
        }
        let lower = text.to_ascii_lowercase();
        let parts: Vec<&str> = lower.split('-').collect();
        if !is_well_formed(&parts) {
            return Err(Flaw::Form);
        }
        Ok(LanguageTag(canonical_case(&parts)))
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone, in lower case: `de` of `de-CH`.
    #[must_use]
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// The region, in upper case: `CH` of `de-CH`.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        let parts = self.0.split('-').skip(1).take_while(|part| part.len() > 1);
        parts.into_iter().find(|part| is_region(part))
    }
}

impl fmt::Debug for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LanguageTag({})", self.0)
    }
}

/// The grammar of RFC 5646 section 2.1, part by part: each kind of part has its turn, in order.
fn is_well_formed(parts: &[&str]) -> bool {
    let Some((language, mut rest)) = parts.split_first() else { return false };
    if *language == "x" {
        return is_private_use(rest);
    }
    if !is_alphabetic(language, 2..=8) {
        return false;
    }
    if language.len() <= 3 {
        rest = &rest[rest.iter().take(3).take_while(|part| is_alphabetic(part, 3..=3)).count()..];
    }
    rest = &rest[rest.iter().take(1).take_while(|part| is_alphabetic(part, 4..=4)).count()..];
    rest = &rest[rest.iter().take(1).take_while(|part| is_region(part)).count()..];
    let variants = rest.iter().take_while(|part| is_variant(part)).count();
    are_distinct(&rest[..variants]) && are_extensions(&rest[variants..])
}

/// Extensions, each after a single letter or digit of its own, and private use at the end.
fn are_extensions(mut rest: &[&str]) -> bool {
    let mut singletons = BTreeSet::new();
    while let Some((singleton, behind)) = rest.split_first() {
        if *singleton == "x" {
            return is_private_use(behind);
        }
        let length = behind.iter().take_while(|part| (2..=8).contains(&part.len())).count();
        if singleton.len() != 1 || length == 0 || !singletons.insert(*singleton) {
            return false;
        }
        rest = &behind[length..];
    }
    true
}

fn is_private_use(parts: &[&str]) -> bool {
    !parts.is_empty() && parts.iter().all(|part| (1..=8).contains(&part.len()))
}

fn is_alphabetic(part: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_region(part: &str) -> bool {
    is_alphabetic(part, 2..=2) || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_variant(part: &str) -> bool {
    match part.len() {
        4 => part.as_bytes().first().is_some_and(u8::is_ascii_digit),
        length => (5..=8).contains(&length),
    }
}

fn are_distinct(parts: &[&str]) -> bool {
    parts.iter().collect::<BTreeSet<_>>().len() == parts.len()
}

/// RFC 5646 section 2.1.1: regions in upper case, scripts with a capital, until the first single letter.
fn canonical_case(parts: &[&str]) -> String {
    let mut tag = String::new();
    let mut is_before_extensions = true;
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            tag.push('-');
        }
        is_before_extensions &= part.len() > 1;
        match part.len() {
            2 if place > 0 && is_before_extensions => tag += &part.to_ascii_uppercase(),
            4 if place > 0 && is_before_extensions => {
                tag += &part[..1].to_ascii_uppercase();
                tag += &part[1..];
            }
            _ => tag += part,
        }
    }
    tag
}
