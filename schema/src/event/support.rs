//! The provider's support in the place of an administrator, and notices of it.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{Digest, Position, SessionId, UserId};
use crate::personal::{Group, Personal};
use crate::record::Subject;
use crate::value::Timestamp;

/// The provider's support acts as an administrator from here on (PXY-21). Its position is the name of the
/// notice that the administrator gets (NOT-05).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SupportStarted {
    /// As whom.
    pub user: UserId,
    /// The session. Everything done in it names it.
    pub session: SessionId,
    /// SHA-256 of a token of 256 random bits; the token itself is nowhere.
    pub token_digest: Digest,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}
payload!(SupportStarted, |e| Subject::User(e.user));

/// The support switched back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SupportEnded {
    /// As whom it was.
    pub user: UserId,
    /// Which session.
    pub session: SessionId,
}
payload!(SupportEnded, |e| Subject::User(e.user));

/// A person has seen a notice, and wants to see it no longer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoticeDismissed {
    /// Whose.
    pub user: UserId,
    /// Which, by the position of what it tells of.
    pub notice: Position,
}
payload!(NoticeDismissed, |e| Subject::User(e.user));
