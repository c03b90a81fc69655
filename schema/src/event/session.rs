//! Sessions that end otherwise than by signing out.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{SessionId, UserId};
use crate::personal::{Group, Personal};
use crate::record::Subject;

/// Why sessions were ended. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EndCause {
    /// The person asked, from this or another session.
    Request,
    /// Somebody else asked.
    Revoked,
    /// The user had as many sessions as one may have, and began another.
    TooMany,
}

/// One session ended (SES-01).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionEnded {
    /// Whose.
    pub user: UserId,
    /// Which.
    pub session: SessionId,
    /// Why.
    pub cause: EndCause,
}
payload!(SessionEnded, |e| Subject::User(e.user));

/// All sessions of a user ended, but for one perhaps: role changes that waited act now (ROL-12).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionsEnded {
    /// Whose.
    pub user: UserId,
    /// The session that asked, where it shall live on.
    pub kept_session: Option<SessionId>,
    /// Why.
    pub cause: EndCause,
}
payload!(SessionsEnded, |e| Subject::User(e.user));
