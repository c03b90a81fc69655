//! Passwords that must be changed, and locks that end by themselves.

use serde::{Deserialize, Serialize};

use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{CredentialNumber, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::{PasswordVerifier, Timestamp};

/// A temporary password took the place of the one before, which is destroyed with its key. It opens the
/// account once, and then only for a new password (AUT-07, AUT-08).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordReset {
    /// Whose.
    pub user: UserId,
    /// The new one.
    pub credential: CredentialNumber,
    /// The old one.
    pub replaces: Option<CredentialNumber>,
    /// From here on it opens nothing.
    pub expires_at: Timestamp,
    /// What the password is checked against.
    #[serde(skip)]
    pub verifier: Personal<PasswordVerifier>,
}
payload!(PasswordReset, |e| Subject::User(e.user), verifier: Credential @ KeyOwner::Credential(e.credential));

/// At the next sign-in a new password must be set before anything else (AUT-05).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordChangeForced {
    /// Whose.
    pub user: UserId,
}
payload!(PasswordChangeForced, |e| Subject::User(e.user));

/// The password may stay after all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordChangeCancelled {
    /// Whose.
    pub user: UserId,
}
payload!(PasswordChangeCancelled, |e| Subject::User(e.user));

/// The time of a lock by failed sign-ins had run out when somebody tried again; failures count from
/// zero (STA-06).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountLockExpired {
    /// Whose.
    pub user: UserId,
}
payload!(AccountLockExpired, |e| Subject::User(e.user));
