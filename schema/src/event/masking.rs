//! Masking requests, from receipt to decision, and legal holds. Ticket and reasons stand in the context.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use super::privacy::MaskMode;
use crate::codec::CodecError;
use crate::id::{Position, UserId};
use crate::personal::{Group, Personal};
use crate::record::Subject;
use crate::value::{EmailMaskFormat, LegalBasis, Timestamp, UsernameMaskFormat};

/// A person is to be masked or erased, once a second person agrees. Its position names the request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MaskingRequested {
    /// Who.
    pub user: UserId,
    /// How much.
    pub mode: MaskMode,
    /// Chosen for the username; without meaning for an erasure.
    pub username_format: UsernameMaskFormat,
    /// Chosen for the email; without meaning for an erasure.
    pub email_format: EmailMaskFormat,
    /// On which ground.
    pub legal_basis: LegalBasis,
    /// By when it must be decided.
    pub due_at: Timestamp,
}
payload!(MaskingRequested, |e| Subject::User(e.user));

/// A request needs longer; once, and by two months.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MaskingExtended {
    /// Whom it is about.
    pub user: UserId,
    /// Which request, by its position.
    pub request: Position,
    /// When it was due.
    pub from: Timestamp,
    /// When it is due now.
    pub to: Timestamp,
}
payload!(MaskingExtended, |e| Subject::User(e.user));

/// A second person agreed. What it led to follows in the same batch: `PiiMasked`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MaskingApproved {
    /// Whom it is about.
    pub user: UserId,
    /// Which request, by its position.
    pub request: Position,
}
payload!(MaskingApproved, |e| Subject::User(e.user));

/// Somebody decided against a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MaskingDeclined {
    /// Whom it is about.
    pub user: UserId,
    /// Which request, by its position.
    pub request: Position,
}
payload!(MaskingDeclined, |e| Subject::User(e.user));

/// Whoever made a request took it back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MaskingWithdrawn {
    /// Whom it is about.
    pub user: UserId,
    /// Which request, by its position.
    pub request: Position,
}
payload!(MaskingWithdrawn, |e| Subject::User(e.user));

/// What is known of a person must be kept: neither masked nor erased nor deleted from here on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LegalHoldPlaced {
    /// Whose.
    pub user: UserId,
}
payload!(LegalHoldPlaced, |e| Subject::User(e.user));

/// It need not be kept any longer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LegalHoldLifted {
    /// Whose.
    pub user: UserId,
}
payload!(LegalHoldLifted, |e| Subject::User(e.user));
