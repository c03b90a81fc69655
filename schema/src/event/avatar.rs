//! Pictures of people. The picture itself is sealed beside the log: it is too large for a record.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{Digest, UserId};
use crate::personal::{Group, Personal};
use crate::record::Subject;

/// A user has a picture (PRO-16). Sealed under the person's key, it goes when that goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AvatarSet {
    /// Whose.
    pub user: UserId,
    /// SHA-256 of the sealed bytes, which says nothing about the picture.
    pub avatar: Digest,
    /// How many there are.
    pub sealed_bytes: u32,
    /// The picture before.
    pub replaces: Option<Digest>,
}
payload!(AvatarSet, |e| Subject::User(e.user));

/// A user has no picture any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AvatarRemoved {
    /// Whose.
    pub user: UserId,
    /// The one there was.
    pub avatar: Digest,
}
payload!(AvatarRemoved, |e| Subject::User(e.user));
