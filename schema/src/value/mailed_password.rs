//! A password that was made up and waits to be mailed. It is sealed under a key of its own, which is
//! destroyed as soon as the mail went, or the password is of no use any more.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// A password in clear. Wiped from memory when dropped, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct MailedPassword(Zeroizing<String>);

impl MailedPassword {
    /// Wraps a password that the program made up.
    #[must_use]
    pub fn new(made_up: Zeroizing<String>) -> Self {
        MailedPassword(made_up)
    }

    /// The text for the mail, and for nothing else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for MailedPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailedPassword(…)")
    }
}

/// Only ever into bytes that are sealed.
impl Serialize for MailedPassword {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for MailedPassword {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(MailedPassword(Zeroizing::new(String::deserialize(deserializer)?)))
    }
}
