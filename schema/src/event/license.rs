//! Seats: how many there are and who sits.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::UserId;
use crate::personal::{Group, Personal};
use crate::record::Subject;
use crate::value::LicenseType;

/// Why a license came or went. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LicenseCause {
    /// Somebody asked for it.
    Request,
    /// The first role took a seat, or the last role gave it back (LIC-07).
    Role,
}

/// The number of seats owned changed. May fall below the number used: nobody is cut off (LIC-14).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LicensePoolSized {
    /// Of which type.
    pub license: LicenseType,
    /// Seats before.
    pub from: u32,
    /// Seats after.
    pub to: u32,
}
payload!(LicensePoolSized, |e| Subject::LicensePool(e.license));

/// An agent has a license and, while active, its seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LicenseGranted {
    /// Who.
    pub user: UserId,
    /// Which type.
    pub license: LicenseType,
    /// The type given back in the same step (LIC-15).
    pub replaces: Option<LicenseType>,
    /// Why.
    pub cause: LicenseCause,
}
payload!(LicenseGranted, |e| Subject::User(e.user));

/// An agent has no license any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LicenseRevoked {
    /// Who.
    pub user: UserId,
    /// Which type.
    pub license: LicenseType,
    /// Why.
    pub cause: LicenseCause,
}
payload!(LicenseRevoked, |e| Subject::User(e.user));
