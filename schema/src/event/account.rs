//! Signing in, and what keeps people from it.

use serde::{Deserialize, Serialize};

use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{CredentialNumber, Digest, SessionId, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::{PasswordVerifier, Timestamp};

/// Why an account was locked. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LockCause {
    /// Somebody asked for it.
    Request,
    /// Too many failed sign-ins (STA-06).
    FailedSignIns,
}

/// No sign-in until unlocked; independent of being active (STA-06).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountLocked {
    /// Whose.
    pub user: UserId,
    /// Why.
    pub cause: LockCause,
}
payload!(AccountLocked, |e| Subject::User(e.user));

/// Sign-in may be tried again; failures count from zero (STA-07).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountUnlocked {
    /// Whose.
    pub user: UserId,
}
payload!(AccountUnlocked, |e| Subject::User(e.user));

/// A password was set; the one before is destroyed with its key (SES-02: sessions end).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordSet {
    /// Whose.
    pub user: UserId,
    /// The new one.
    pub credential: CredentialNumber,
    /// The old one.
    pub replaces: Option<CredentialNumber>,
    /// The session that made the change lives on (SES-02).
    pub kept_session: Option<SessionId>,
    /// What the password is checked against.
    #[serde(skip)]
    pub verifier: Personal<PasswordVerifier>,
}
payload!(PasswordSet, |e| Subject::User(e.user), verifier: Credential @ KeyOwner::Credential(e.credential));

/// A session started.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    /// Whose.
    pub user: UserId,
    /// Which.
    pub session: SessionId,
    /// SHA-256 of a token of 256 random bits; the token itself is nowhere.
    pub token_digest: Digest,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}
payload!(SignedIn, |e| Subject::User(e.user));

/// A session ended on request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedOut {
    /// Whose.
    pub user: UserId,
    /// Which.
    pub session: SessionId,
}
payload!(SignedOut, |e| Subject::User(e.user));

/// A sign-in into a known account failed (AUT-14). Unknown accounts leave no event: nobody can fill
/// the log from outside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInFailed {
    /// Whose account.
    pub user: UserId,
    /// The code of the reason; the person is told none (STA-01).
    pub code: String,
    /// Wrong passwords since the last success or unlock, this one included if it was one.
    pub failures: u32,
}

impl SignInFailed {
    /// Code: the password is not the current one. Counts towards a lock (STA-06).
    pub const WRONG_PASSWORD: &'static str = "WRONG_PASSWORD";
    /// Code: the password was right and the user is disabled (STA-01).
    pub const DISABLED: &'static str = "DISABLED";
    /// Code: the security question was answered wrongly. Counts like a wrong password (AUT-08).
    pub const WRONG_SECURITY_ANSWER: &'static str = "WRONG_SECURITY_ANSWER";
    /// Code: the password was right, and the user may not sign in from mobile programs (PRF-16).
    pub const MOBILE_ACCESS_REFUSED: &'static str = "MOBILE_ACCESS_REFUSED";
    /// Code: the password was right, but the account is kept in LDAP and opened there.
    pub const KEPT_IN_LDAP: &'static str = "KEPT_IN_LDAP";
    /// Code: the password was a temporary one that was used before, or has expired. Counts like a wrong
    /// one: it is no password any more (AUT-07).
    pub const TEMPORARY_PASSWORD_OVER: &'static str = "TEMPORARY_PASSWORD_OVER";
}

payload!(SignInFailed, |e| Subject::User(e.user));

/// Somebody signed in tried what they may not, or what no seat was left for (ACC-16, LIC-06).
/// Recorded at a bounded rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttemptDenied {
    /// The stem of the command.
    pub command: String,
    /// The code of the rejection.
    pub code: String,
    /// Whom or what it would have changed.
    pub on: Subject,
}
payload!(AttemptDenied, |e| e.on);
