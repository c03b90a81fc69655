//! What a mail says in the company's own words, with places that are filled in for each reader.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::{parse, parse_lines, text_value};
use super::{Flaw, MailTemplate};

/// Longest subject of a mail, in code points.
const SUBJECT_MAX: usize = 150;
/// Longest text of a mail, in code points.
const TEXT_MAX: usize = 4_000;

/// A language that mails are written in. The order is stored: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MailLanguage {
    /// Whoever chose none of the others.
    #[default]
    English,
    /// German, of any region.
    German,
}

impl MailLanguage {
    /// Every language.
    pub const ALL: [MailLanguage; 2] = [MailLanguage::English, MailLanguage::German];
}

/// A place in a mail that is filled in when it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// What the reader is called.
    Name,
    /// What the reader signs in with.
    Username,
    /// Where.
    SignInAt,
    /// The password that the mail tells.
    Password,
    /// Until when that opens something.
    PasswordExpiresAt,
}

impl Placeholder {
    /// What every mail can hold.
    const OF_ALL: [Placeholder; 3] = [Placeholder::Name, Placeholder::Username, Placeholder::SignInAt];
    /// What a mail with a password can hold.
    const WITH_PASSWORD: [Placeholder; 5] = [
        Placeholder::Name,
        Placeholder::Username,
        Placeholder::SignInAt,
        Placeholder::Password,
        Placeholder::PasswordExpiresAt,
    ];

    /// As it stands between the braces.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Placeholder::Name => "name",
            Placeholder::Username => "username",
            Placeholder::SignInAt => "signInAt",
            Placeholder::Password => "password",
            Placeholder::PasswordExpiresAt => "passwordExpiresAt",
        }
    }

    /// What a mail can hold.
    #[must_use]
    pub fn of(template: MailTemplate) -> &'static [Placeholder] {
        if template.tells_password() { &Placeholder::WITH_PASSWORD } else { &Placeholder::OF_ALL }
    }

    /// What a mail must hold to be of use.
    #[must_use]
    pub fn needed(template: MailTemplate) -> &'static [Placeholder] {
        const WITH_PASSWORD: [Placeholder; 2] = [Placeholder::SignInAt, Placeholder::Password];
        if template.tells_password() { &WITH_PASSWORD } else { &[Placeholder::SignInAt] }
    }
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Goes as it is.
    Text(&'a str),
    /// `{{…}}`; `None` for a word that is none of the places, or braces that never close.
    Place(Option<Placeholder>),
}

/// The pieces of a text, in their order.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(inside) = rest.strip_prefix("{{") else {
            let (before, after) = rest.split_at(rest.find("{{").unwrap_or(rest.len()));
            rest = after;
            return Some(Piece::Text(before));
        };
        let Some((word, after)) = inside.split_once("}}") else {
            rest = "";
            return Some(Piece::Place(None));
        };
        rest = after;
        let known = Placeholder::WITH_PASSWORD.into_iter().find(|known| known.word() == word.trim());
        Some(Piece::Place(known))
    })
}

text_value! {
    /// Subject of a mail: one line.
    MailSubject, SUBJECT_MAX
}

/// Text of a mail: lines.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MailText(String);

impl MailText {
    /// # Errors
    /// [`Flaw`] for a text that is blank, longer than 4,000 code points, or hides something.
    pub fn parse(input: &str) -> Result<Self, Flaw> {
        parse_lines(input, TEXT_MAX).map(MailText)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for MailText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailText(…)")
    }
}

/// The company's own words of one mail in one language: sealed together.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MailWording {
    /// Its subject; nothing is filled in there.
    pub subject: MailSubject,
    /// Its text.
    pub text: MailText,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_and_what_is_none_is_told_apart() {
        let found: Vec<Piece<'_>> = pieces("Hello {{name}}, {{ username }}{{nothing}}!").collect();
        assert_eq!(
            found,
            [
                Piece::Text("Hello "),
                Piece::Place(Some(Placeholder::Name)),
                Piece::Text(", "),
                Piece::Place(Some(Placeholder::Username)),
                Piece::Place(None),
                Piece::Text("!"),
            ]
        );
        assert_eq!(pieces("a {{name").collect::<Vec<_>>(), [Piece::Text("a "), Piece::Place(None)]);
        assert_eq!(pieces("{ {x} }").collect::<Vec<_>>(), [Piece::Text("{ {x} }")]);
        assert_eq!(pieces("").next(), None);
    }

    #[test]
    fn what_must_be_there_can_be_there() {
        for template in MailTemplate::ALL {
            let possible = Placeholder::of(template);
            assert!(Placeholder::needed(template).iter().all(|needed| possible.contains(needed)));
        }
    }
}
