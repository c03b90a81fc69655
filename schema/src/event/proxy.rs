//! Acting as somebody else.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{Digest, SessionId, UserId};
use crate::personal::{Group, Personal};
use crate::record::Subject;
use crate::value::{ProxyGrant, Timestamp};

/// As whom somebody may act has changed (PXY-20).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProxyGrantChanged {
    /// Whose grant.
    pub user: UserId,
    /// Before.
    pub from: ProxyGrant,
    /// After.
    pub to: ProxyGrant,
}
payload!(ProxyGrantChanged, |e| Subject::User(e.user));

/// The actor acts as somebody else from here on: a session of its own beside the actor's (PXY-05).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProxyStarted {
    /// As whom.
    pub user: UserId,
    /// The proxy session. Everything done in it names it.
    pub session: SessionId,
    /// The actor's own session, with which it ends.
    pub parent: SessionId,
    /// SHA-256 of a token of 256 random bits; the token itself is nowhere.
    pub token_digest: Digest,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}
payload!(ProxyStarted, |e| Subject::User(e.user));

/// The actor switched back (PXY-09).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProxyEnded {
    /// As whom it was.
    pub user: UserId,
    /// Which proxy session.
    pub session: SessionId,
}
payload!(ProxyEnded, |e| Subject::User(e.user));
