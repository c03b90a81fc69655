//! Passwords in clear live for one request; only their verifiers are kept, sealed.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::Flaw;

/// ACC-06, in code points, not trimmed.
const PASSWORD_MIN: usize = 6;
/// ACC-06: an upper bound keeps a long input from costing hashing time. In code points.
const PASSWORD_MAX: usize = 128;

/// A password as typed. Wiped from memory when dropped, never printed.
pub struct Password(Zeroizing<String>);

impl Password {
    /// Parses a password that somebody chooses: 6 to 128 code points, no trimming.
    pub fn parse(input: String) -> Result<Self, Flaw> {
        let input = Zeroizing::new(input);
        if input.len() > PASSWORD_MAX * 4 {
            return Err(Flaw::TooLong { max: PASSWORD_MAX });
        }
        match input.chars().count() {
            count if count < PASSWORD_MIN => Err(Flaw::TooShort { min: PASSWORD_MIN }),
            count if count > PASSWORD_MAX => Err(Flaw::TooLong { max: PASSWORD_MAX }),
            _ => Ok(Password(input)),
        }
    }

    /// The bytes to hash.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// An argon2id verifier in PHC string form. Personal: sealed under the credential's own key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordVerifier(String);

impl PasswordVerifier {
    /// Wraps a PHC string made by the hasher.
    #[must_use]
    pub fn from_phc(phc: String) -> Self {
        PasswordVerifier(phc)
    }

    /// The PHC string.
    #[must_use]
    pub fn as_phc(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordVerifier(…)")
    }
}
