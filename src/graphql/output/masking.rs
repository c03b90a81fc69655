//! Masking requests, their receipts, and what a mask would leave.

use async_graphql::{Enum, ID, SimpleObject};
use rollbook_projections::view::{MaskingRow, maskings};
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Position as At, event, value};

use crate::graphql::id;
use crate::graphql::scalar::{DateTime, Position};
use crate::graphql::vocabulary::{EmailMaskFormat, UsernameMaskFormat};

/// What nobody but people can do after keys are destroyed here.
const BY_HAND: [&str; 3] = [
    "Backups of the keyring made before: destroy them. Until the last is gone, it opens what it kept: that is the true delay.",
    "Exports and copies that were handed out: tell whoever holds them.",
    "Free text about the person under other people's names, such as reasons: it stays. `erasures` names what was found.",
];

/// How much is forgotten.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "event::MaskMode")]
pub(in crate::graphql) enum MaskMode {
    /// Username and email in all of history; the rest stays.
    History,
    /// Every personal field of a deleted user, and where and why they acted. Only id, times and counts stay.
    Erasure,
}

/// On which ground somebody is forgotten: Article 17(1) GDPR.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::LegalBasis")]
pub(in crate::graphql) enum LegalBasis {
    /// No longer needed for its purpose (a).
    PurposeEnded,
    /// Consent was withdrawn (b).
    ConsentWithdrawn,
    /// The person objected (c).
    Objection,
    /// Held without a right to it (d).
    UnlawfulProcessing,
    /// A law demands it (e).
    LegalObligation,
    /// Gathered from a child (f).
    ChildConsent,
}

/// How far a masking request is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "maskings::MaskingState")]
pub(in crate::graphql) enum MaskingState {
    /// Nobody has decided yet.
    Waiting,
    /// Approved and carried out, or overtaken by a masking without a request.
    Done,
    /// Decided against.
    Declined,
    /// Taken back by the requester.
    Withdrawn,
}

/// A request to mask or erase a person.
#[derive(SimpleObject)]
pub(in crate::graphql) struct MaskingRequest {
    /// For `approveMasking` and the like; it is the id of the event that it began with, where ticket and
    /// reason are.
    pub id: ID,
    /// Whom it is about.
    pub user_id: ID,
    pub mode: MaskMode,
    pub username_format: UsernameMaskFormat,
    pub email_format: EmailMaskFormat,
    pub legal_basis: LegalBasis,
    pub state: MaskingState,
    pub requested_by_id: ID,
    pub requested_at: DateTime,
    /// By when it must be decided: one month after receipt, or three once extended.
    pub due_at: DateTime,
    pub extended: bool,
    /// It waits, and its time is over.
    pub overdue: bool,
    pub decided_by_id: Option<ID>,
    pub decided_at: Option<DateTime>,
    /// A legal hold on the user keeps it from being carried out.
    pub held: bool,
    /// Of what was carried out.
    pub receipt: Option<MaskingReceipt>,
}

/// What shows that somebody was masked or erased.
#[derive(SimpleObject)]
pub(in crate::graphql) struct MaskingReceipt {
    /// Of the event that ordered the keys destroyed. `inclusionProof` proves that it is in the log.
    pub position: Position,
    pub destroyed_keys: Vec<DestroyedKey>,
    /// What is left to be done outside of this directory.
    pub by_hand: Vec<&'static str>,
}

/// A key that was destroyed: what it sealed can be read by nobody.
#[derive(SimpleObject)]
pub(in crate::graphql) struct DestroyedKey {
    /// What it sealed: `login`, `person`, `context` or `mask`.
    pub group: String,
    /// Tells which key it was, and nothing about it. Zeros for a key that was gone before.
    pub fingerprint: String,
}

impl MaskingRequest {
    pub(in crate::graphql) fn of(request: At, row: &MaskingRow, held: bool, now: Timestamp) -> Self {
        MaskingRequest {
            id: id::of_event(request),
            user_id: id::of_user(row.user),
            mode: row.mode.into(),
            username_format: row.username_format.into(),
            email_format: row.email_format.into(),
            legal_basis: row.legal_basis.into(),
            state: row.state.into(),
            requested_by_id: id::of_user(row.requested_by),
            requested_at: row.requested_at.into(),
            due_at: row.due_at.into(),
            extended: row.extended,
            overdue: row.is_overdue(now),
            decided_by_id: row.decided.map(|(by, _)| id::of_user(by)),
            decided_at: row.decided.map(|(_, at)| at.into()),
            held,
            receipt: row.receipt.as_ref().map(|receipt| MaskingReceipt {
                position: Position(receipt.position),
                destroyed_keys: receipt.destroyed.iter().map(destroyed).collect(),
                by_hand: BY_HAND.to_vec(),
            }),
        }
    }
}

fn destroyed(key: &event::DestroyedKey) -> DestroyedKey {
    let fingerprint = key.fingerprint.iter().map(|byte| format!("{byte:02x}")).collect();
    DestroyedKey { group: format!("{:?}", key.group).to_lowercase(), fingerprint }
}
