//! The texts of one user in two allocations: as typed, and folded for comparing and searching.
//!
//! A map of strings would cost several hundred bytes a user; a million users have to fit.

use rollbook_schema::value::PersonField;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use super::query::UserOrder;
use crate::view::fold_text::{fold_text, stripped};

/// Which text of a user. Fields of a person come first, in stored order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tag(u8);

impl Tag {
    pub(super) const USERNAME: Tag = Tag(254);
    pub(super) const EMAIL: Tag = Tag(255);

    pub(super) fn of(field: PersonField) -> Tag {
        Tag(field as u8)
    }

    /// Part of a [`Folded`].
    pub(super) fn is_searched(self) -> bool {
        const NAMES: [PersonField; 2] = [PersonField::DisplayName, PersonField::FullName];
        self == Tag::USERNAME || self == Tag::EMAIL || NAMES.into_iter().any(|field| self == Tag::of(field))
    }
}

/// Texts as typed: tag, length (4 bytes, little endian) and UTF-8, by ascending tag. Wiped when dropped.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Texts(#[serde(with = "serde_bytes")] Box<[u8]>);

impl Texts {
    pub(super) fn get(&self, tag: Tag) -> Option<&str> {
        self.iter().find(|(found, _)| *found == tag).map(|(_, text)| text)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Tag, &str)> {
        let mut rest = &*self.0;
        std::iter::from_fn(move || {
            let (tag, behind) = rest.split_first()?;
            let (length, behind) = behind.split_first_chunk::<4>()?;
            let (text, behind) = behind.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            rest = behind;
            Some((Tag(*tag), std::str::from_utf8(text).unwrap_or_default()))
        })
    }

    /// The same texts with some set, or taken away with `None`.
    pub(super) fn with(&self, changes: &[(Tag, Option<&str>)]) -> Texts {
        let kept = self.iter().filter(|(tag, _)| !changes.iter().any(|(changed, _)| changed == tag));
        // Of two changes of one text, the later counts.
        let last = |n: usize, tag: Tag| !changes[n + 1..].iter().any(|(later, _)| *later == tag);
        let set = changes.iter().enumerate().filter(|(n, (tag, _))| last(*n, *tag));
        let set = set.filter_map(|(_, (tag, text))| text.map(|text| (*tag, text)));
        let mut texts: Vec<(Tag, &str)> = kept.chain(set).collect();
        texts.sort_unstable_by_key(|(tag, _)| *tag);
        // Sized beforehand: growing would leave copies behind that nobody wipes.
        let mut bytes = Vec::with_capacity(texts.iter().map(|(_, text)| 5 + text.len()).sum());
        for (tag, text) in texts {
            bytes.push(tag.0);
            bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
        Texts(bytes.into_boxed_slice())
    }
}

impl Drop for Texts {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Ends each text in a [`Folded`].
const END: char = '\0';

/// The texts that are compared and searched, folded: display name, full name (empty if the same),
/// username, email, and then those of them again, without diacritics, that have any. Wiped when dropped.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Folded(Box<str>);

impl Folded {
    pub(super) fn of(texts: &Texts) -> Folded {
        let fold = |tag| texts.get(tag).map(fold_text).unwrap_or_default();
        let display = fold(Tag::of(PersonField::DisplayName));
        let mut full = fold(Tag::of(PersonField::FullName));
        if full == display {
            full.zeroize();
        }
        let mut parts = vec![display, full, fold(Tag::USERNAME), fold(Tag::EMAIL)];
        let bare: Vec<String> = parts.iter().filter_map(|part| stripped(part)).collect();
        parts.extend(bare);
        let mut folded = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
        for part in &mut parts {
            folded.push_str(part);
            folded.push(END);
            part.zeroize();
        }
        Folded(folded.into_boxed_str())
    }

    pub(super) fn display_name(&self) -> Option<&str> {
        self.part(0)
    }

    pub(super) fn username(&self) -> Option<&str> {
        self.part(2)
    }

    pub(super) fn email(&self) -> Option<&str> {
        self.part(3)
    }

    /// The orders in which a row moves when these texts become others.
    pub(super) fn moved_to(&self, after: &Folded) -> Vec<UserOrder> {
        let mut moved = Vec::new();
        if self.display_name() != after.display_name() {
            moved.push(UserOrder::DisplayName);
        }
        if self.email() != after.email() {
            moved.push(UserOrder::Email);
        }
        if self.username() != after.username() {
            moved.push(UserOrder::Username);
        }
        moved
    }

    /// Everything that is searched, text by text.
    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split_terminator(END)
    }

    /// True if one of the texts holds the folded word, which has no NUL.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    fn part(&self, n: usize) -> Option<&str> {
        self.parts().nth(n).filter(|part| !part.is_empty())
    }
}

impl Drop for Folded {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_sets_replaces_and_removes() {
        let texts = Texts::default().with(&[(Tag::EMAIL, Some("a@x.org")), (Tag::USERNAME, Some("ann"))]);
        let texts = texts.with(&[(Tag::EMAIL, None), (Tag::USERNAME, Some("eve"))]);
        assert_eq!(texts.iter().collect::<Vec<_>>(), [(Tag::USERNAME, "eve")]);
    }

    #[test]
    fn of_two_changes_of_one_text_the_later_counts() {
        let texts = Texts::default().with(&[(Tag::EMAIL, Some("a@x.org")), (Tag::EMAIL, Some("b@x.org"))]);
        assert_eq!(texts.iter().collect::<Vec<_>>(), [(Tag::EMAIL, "b@x.org")]);
    }

    #[test]
    fn folded_texts_keep_their_places() {
        let display = Tag::of(PersonField::DisplayName);
        let full = Tag::of(PersonField::FullName);
        let texts = Texts::default().with(&[
            (display, Some("José")),
            (full, Some("José")),
            (Tag::USERNAME, Some("Jo")),
        ]);
        let folded = Folded::of(&texts);
        assert_eq!(folded.display_name(), Some("josé"));
        assert_eq!(folded.username(), Some("jo"));
        assert_eq!(folded.email(), None);
        assert_eq!(folded.parts().collect::<Vec<_>>(), ["josé", "", "jo", "", "jose"]);
    }
}
