//! What is known of a password when a sign-in is asked.

use crate::id::CredentialNumber;

/// What checking a password found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProof {
    /// It matches this credential.
    Matches(CredentialNumber),
    /// It does not match.
    Wrong,
}
