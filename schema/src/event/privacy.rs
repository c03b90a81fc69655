//! Masking: what history stops showing.

use serde::{Deserialize, Serialize};

use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::UserId;
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::{EmailMaskFormat, MaskedLogin, UsernameMaskFormat};

/// How much is forgotten. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MaskMode {
    /// Username and email only (MSK-05).
    History,
    /// Every personal field (MSK-18); nothing is shown instead.
    Erasure,
}

/// A key that this event orders destroyed: the fence is written before the key is shredded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DestroyedKey {
    /// Whose.
    pub owner: KeyOwner,
    /// Which.
    pub group: Group,
    /// Tells which key it was, and nothing about it.
    pub fingerprint: [u8; 16],
}

/// A person's username and email, or all of the person, are unreadable from here on, in all of history
/// (MSK-05, MSK-12, MSK-18).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PiiMasked {
    /// Who.
    pub user: UserId,
    /// How much.
    pub mode: MaskMode,
    /// Chosen for the username.
    pub username_format: UsernameMaskFormat,
    /// Chosen for the email.
    pub email_format: EmailMaskFormat,
    /// What is destroyed.
    pub destroyed: Vec<DestroyedKey>,
    /// What is shown instead; absent in an erasure, which leaves no letter.
    #[serde(skip)]
    pub masked: Personal<MaskedLogin>,
}
payload!(PiiMasked, |e| Subject::User(e.user), masked: Mask @ KeyOwner::Subject(e.user));
