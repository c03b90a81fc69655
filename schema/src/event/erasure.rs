//! The end of a masking or an erasure: each step that was taken, and what is left to be done by hand.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use super::privacy::{DestroyedKey, MaskMode};
use crate::codec::CodecError;
use crate::id::{Position, UserId};
use crate::personal::{Group, Personal};
use crate::record::Subject;
use crate::value::{PublicKey, Signature, Timestamp};

/// A step between the order to forget somebody and its receipt. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ErasureStep {
    /// The keys are destroyed, durably.
    KeysShredded,
    /// No view, index or view of the past holds the person.
    ViewsPurged,
    /// No file holds a picture of the person. A masking of username and email leaves pictures alone.
    PicturesRemoved,
    /// The files of keys are written anew under another wrapping key, and the one before is destroyed: what
    /// is left of older files is noise.
    WrappingKeyRotated,
}

impl ErasureStep {
    /// Every step, in the order in which they are taken.
    pub const ALL: [ErasureStep; 4] = [
        ErasureStep::KeysShredded,
        ErasureStep::ViewsPurged,
        ErasureStep::PicturesRemoved,
        ErasureStep::WrappingKeyRotated,
    ];

    /// The word for it, as it stands in receipts and answers.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ErasureStep::KeysShredded => "KEYS_SHREDDED",
            ErasureStep::ViewsPurged => "VIEWS_PURGED",
            ErasureStep::PicturesRemoved => "PICTURES_REMOVED",
            ErasureStep::WrappingKeyRotated => "WRAPPING_KEY_ROTATED",
        }
    }
}

/// A step that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StepTaken {
    /// Which.
    pub step: ErasureStep,
    /// When it was durable.
    pub at: Timestamp,
}

/// What the directory cannot reach, and people have to see to. The order is stored: append only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Remnant {
    /// Backups of the keyring made before: each opens what it kept. The last is gone by then, as the operator
    /// configured it: this is the true delay.
    KeyringBackups {
        /// When the last of them is to be destroyed.
        until: Timestamp,
    },
    /// Other nodes and standbys with files of keys of their own.
    Replicas,
    /// Exports and copies that were handed out.
    Exports,
    /// Mails that went to the person, or about them.
    SentMail,
    /// Free text of others was not searched.
    FreeTextUnsearched,
    /// Free text about the person, sealed under others who are not erased: in these records.
    FreeText {
        /// Which records.
        records: Vec<Position>,
    },
}

/// What a search of free text found, and how far it went.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FreeTextSearch {
    /// The first record that was searched; everything behind it was.
    pub from: Position,
    /// Records in which somebody else's text names the person.
    pub records: Vec<Position>,
}

/// Before the keys of a person went, free text of others was searched for them. Its places stay, and the receipt
/// names them: a text is sealed as one with others under whoever wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FreeTextFound {
    /// About whom.
    pub user: UserId,
    /// What was found.
    pub search: FreeTextSearch,
}
payload!(FreeTextFound, |e| Subject::User(e.user));

/// Somebody was forgotten: every step is taken, and a signed receipt says so. It is the text made of all
/// fields but the signature, so that it can be made again from this event alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ErasureCompleted {
    /// Who.
    pub user: UserId,
    /// The event that ordered it.
    pub order: Position,
    /// How much.
    pub mode: MaskMode,
    /// When it was ordered.
    pub ordered_at: Timestamp,
    /// Which keys are gone.
    pub destroyed: Vec<DestroyedKey>,
    /// Every step, in the order in which they were taken.
    pub steps: Vec<StepTaken>,
    /// What is left to be done by hand.
    pub remaining: Vec<Remnant>,
    /// The key that signed the receipt.
    pub signed_by: PublicKey,
    /// Over the receipt's text.
    pub signature: Signature,
}
payload!(ErasureCompleted, |e| Subject::User(e.user));
