//! A list as somebody likes to see it again: its name, and what its address says.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Flaw;
use super::text::{fold, parse, text_value};
use crate::id::{BusinessUnitId, RoleId, TeamId};

/// Longest name of a view, in code points.
const NAME_MAX: usize = 60;
/// Longest text that a view searches for, in code points.
const SEARCH_MAX: usize = 200;
/// Most terms of one view.
const TERMS_MAX: usize = 20;
/// Most rows of a page.
const ROWS_MAX: u8 = 100;

text_value! {
    /// What a view is called: once for each owner and kind of users, compared without case.
    SavedViewName, NAME_MAX
}

impl SavedViewName {
    /// The form in which names are compared.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

text_value! {
    /// Words to find in a list.
    SearchText, SEARCH_MAX
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// As an address calls it.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// # Errors
            /// [`Flaw::Form`] for a word that is none of them.
            pub fn parse(word: &str) -> Result<Self, Flaw> {
                match word { $($word => Ok($name::$variant),)* _ => Err(Flaw::Form) }
            }
        }
    )*};
}

words! {
    /// Which users of a kind (LST-04). The order is stored: append only.
    ListState {
        /// Who can be given work.
        Active = "active",
        /// Who cannot.
        Inactive = "inactive",
        /// Who is locked out.
        Locked = "locked",
        /// Everybody.
        All = "all",
    }
    /// Which license they hold. The order is stored: append only.
    ListLicense {
        /// The license to change.
        ReadWrite = "READ_WRITE",
        /// The license to look.
        ReadOnly = "READ_ONLY",
        /// No license.
        None = "NONE",
    }
    /// Which segment of clients. The order is stored: append only.
    ListSegment {
        /// Who has an account.
        Registered = "REGISTERED",
        /// Whose email is verified.
        Verified = "VERIFIED",
        /// Both.
        Everyone = "EVERYONE",
    }
    /// A column of the list (LST-02). The order is stored: append only.
    ListColumn {
        /// The id.
        Id = "id",
        /// The username.
        Username = "username",
        /// The name.
        Name = "name",
        /// The email.
        Email = "email",
        /// Roles.
        Role = "role",
        /// Business units.
        Unit = "unit",
        /// Whether active.
        Active = "active",
        /// Whether locked.
        Locked = "locked",
        /// The last sign-in.
        SignedIn = "in",
        /// The last sign-out.
        SignedOut = "out",
    }
}

/// One thing that the address of a list says. The order is stored: append only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListTerm {
    /// Which of them.
    State(ListState),
    /// Whose names have these words.
    Text(SearchText),
    /// Who has this role.
    Role(RoleId),
    /// Who is in this business unit.
    Unit(BusinessUnitId),
    /// Who is in this team.
    Team(TeamId),
    /// Who holds this license.
    License(ListLicense),
    /// Who is in this segment.
    Segment(ListSegment),
    /// What they are ordered by.
    Sort(ListColumn),
    /// From the last to the first.
    Descending,
    /// Rows of a page, from 1 to 100.
    Rows(u8),
    /// A column that is shown; all, where none is named.
    Column(ListColumn),
}

impl ListTerm {
    /// Parses a pair of an address.
    ///
    /// # Errors
    /// [`Flaw::Form`] for a name that no list knows or a value that is none of its; what [`SearchText`] says of a
    /// text.
    pub fn parse(name: &str, value: &str) -> Result<ListTerm, Flaw> {
        let number = |stem: &str| {
            let digits = value.strip_prefix(stem).ok_or(Flaw::Form)?;
            let number: u64 = digits.parse().map_err(|_| Flaw::Form)?;
            if number.to_string() == digits { Ok(number) } else { Err(Flaw::Form) }
        };
        Ok(match name {
            "view" => ListTerm::State(ListState::parse(value)?),
            "q" => ListTerm::Text(SearchText::parse(value)?),
            "role" => ListTerm::Role(RoleId(number("role_")?)),
            "unit" => ListTerm::Unit(BusinessUnitId(number("unit_")?)),
            "team" => ListTerm::Team(TeamId(number("team_")?)),
            "license" => ListTerm::License(ListLicense::parse(value)?),
            "segment" => ListTerm::Segment(ListSegment::parse(value)?),
            "sort" => ListTerm::Sort(ListColumn::parse(value)?),
            "dir" if value == "desc" => ListTerm::Descending,
            "rows" => match number("")? {
                rows @ 1..=100 => ListTerm::Rows(u8::try_from(rows).unwrap_or(ROWS_MAX)),
                _ => return Err(Flaw::Range),
            },
            "col" => ListTerm::Column(ListColumn::parse(value)?),
            _ => return Err(Flaw::Form),
        })
    }

    /// As an address calls it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            ListTerm::State(_) => "view",
            ListTerm::Text(_) => "q",
            ListTerm::Role(_) => "role",
            ListTerm::Unit(_) => "unit",
            ListTerm::Team(_) => "team",
            ListTerm::License(_) => "license",
            ListTerm::Segment(_) => "segment",
            ListTerm::Sort(_) => "sort",
            ListTerm::Descending => "dir",
            ListTerm::Rows(_) => "rows",
            ListTerm::Column(_) => "col",
        }
    }

    /// As it stands in an address, before that encodes it.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            ListTerm::State(state) => state.word().to_owned(),
            ListTerm::Text(text) => text.as_str().to_owned(),
            ListTerm::Role(role) => format!("role_{role}"),
            ListTerm::Unit(unit) => format!("unit_{unit}"),
            ListTerm::Team(team) => format!("team_{team}"),
            ListTerm::License(license) => license.word().to_owned(),
            ListTerm::Segment(segment) => segment.word().to_owned(),
            ListTerm::Sort(column) | ListTerm::Column(column) => column.word().to_owned(),
            ListTerm::Descending => "desc".to_owned(),
            ListTerm::Rows(rows) => rows.to_string(),
        }
    }
}

/// All that the address of a list says: each term once, columns each once.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ListTerms(Vec<ListTerm>);

impl ListTerms {
    /// # Errors
    /// [`Flaw::TooLong`] for more than 20, [`Flaw::Form`] for one that stands twice.
    pub fn of(terms: Vec<ListTerm>) -> Result<ListTerms, Flaw> {
        if terms.len() > TERMS_MAX {
            return Err(Flaw::TooLong { max: TERMS_MAX });
        }
        let is_twice = |(place, term): (usize, &ListTerm)| {
            terms.iter().take(place).any(|before| match (before, term) {
                (ListTerm::Column(one), ListTerm::Column(other)) => one == other,
                (before, term) => before.name() == term.name(),
            })
        };
        if terms.iter().enumerate().any(is_twice) { Err(Flaw::Form) } else { Ok(ListTerms(terms)) }
    }

    /// In the order in which they were given.
    pub fn iter(&self) -> impl Iterator<Item = &ListTerm> {
        self.0.iter()
    }
}

/// A text among them is whatever somebody searched for.
impl fmt::Debug for ListTerms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListTerms({})", self.0.len())
    }
}

/// Name and terms of a view: sealed together.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedViewTexts {
    /// What it is called.
    pub name: SavedViewName,
    /// What it shows.
    pub terms: ListTerms,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_is_read_back_from_what_it_says() {
        for (name, value) in [
            ("view", "locked"),
            ("q", "Jürgen K"),
            ("role", "role_3"),
            ("unit", "unit_12"),
            ("team", "team_1"),
            ("license", "NONE"),
            ("segment", "EVERYONE"),
            ("sort", "in"),
            ("dir", "desc"),
            ("rows", "25"),
            ("col", "email"),
        ] {
            let term = ListTerm::parse(name, value).unwrap();
            assert_eq!((term.name(), term.value().as_str()), (name, value));
        }
    }

    #[test]
    fn what_no_list_knows_is_refused() {
        for (name, value) in [
            ("view", "Locked"),
            ("role", "role_03"),
            ("role", "team_3"),
            ("rows", "0"),
            ("rows", "101"),
            ("dir", "asc"),
            ("after", "cursor"),
            ("sel", "user_9"),
            ("q", " "),
            ("q", "a\u{202e}b"),
        ] {
            assert!(ListTerm::parse(name, value).is_err(), "{name}={value}");
        }
    }

    #[test]
    fn a_term_stands_once_but_columns_do() {
        let of = |pairs: &[(&str, &str)]| {
            ListTerms::of(pairs.iter().map(|(name, value)| ListTerm::parse(name, value).unwrap()).collect())
        };
        assert!(of(&[("col", "id"), ("col", "name")]).is_ok());
        assert_eq!(of(&[("col", "id"), ("col", "id")]), Err(Flaw::Form));
        assert_eq!(of(&[("view", "all"), ("view", "locked")]), Err(Flaw::Form));
        assert!(!format!("{:?}", of(&[("q", "jane")]).unwrap()).contains("jane"));
    }
}
