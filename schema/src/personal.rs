//! Personal data as a type: a value that is known, or was erased, or was never given.
//!
//! The groups say which key seals a value and so what can be forgotten separately.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use crate::id::{CredentialNumber, UserId};

/// What is sealed, and forgotten, together. The numbers are key addresses: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[repr(u8)]
pub enum Group {
    /// Username and email.
    Login = 0,
    /// Names, title, phones, address, employee number.
    Person = 1,
    /// Password verifier, or a password that waits to be mailed.
    Credential = 2,
    /// Client address, user agent, request id, reason: about the actor.
    Context = 3,
    /// What is left of a name after masking: still a pseudonym.
    Mask = 4,
}

impl Group {
    /// Every group, in the order of their numbers.
    pub const ALL: [Group; 5] = [Group::Login, Group::Person, Group::Credential, Group::Context, Group::Mask];
}

/// Under whose key a value is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum KeyOwner {
    /// The person described.
    Subject(UserId),
    /// One secret, destroyed when another takes its place or nobody needs it any more; or where one person signed in
    /// from within some weeks.
    Credential(CredentialNumber),
}

/// A personal value as a fold sees it. Replay always succeeds: an erased value is a value too.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Personal<T> {
    /// The event carries no such part.
    #[default]
    Absent,
    /// Sealed here, and the key still exists.
    Known(T),
    /// Sealed here once; the key was destroyed.
    Erased,
}

impl<T> Personal<T> {
    /// The value, where it is still known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Personal::Known(value) => Some(value),
            Personal::Absent | Personal::Erased => None,
        }
    }

    /// True if the value was there and its key was destroyed.
    pub fn is_erased(&self) -> bool {
        matches!(self, Personal::Erased)
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Personal::Absent => "Absent",
            Personal::Known(_) => "Known(…)",
            Personal::Erased => "Erased",
        })
    }
}

/// Written for people only: the stored form of a personal value is always sealed bytes.
impl<T: Serialize> Serialize for Personal<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Personal::Absent => serializer.serialize_none(),
            Personal::Known(value) => value.serialize(serializer),
            Personal::Erased => serializer.serialize_str("erased"),
        }
    }
}
