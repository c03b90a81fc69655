//! Which key signs for the log.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::personal::{Group, Personal};
use crate::record::Subject;
use crate::value::PublicKey;

/// Why another key signs from here on. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RotationCause {
    /// Somebody asked for it.
    Requested,
    /// The key before was not there any more at a start. It could not sign for the new one.
    Lost,
}

/// Another key signs the checkpoints from here on. Both keys sign the first one that covers this event, unless
/// the key before was lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SigningKeyRotated {
    /// The key that signed until now.
    pub from: PublicKey,
    /// The key that signs from now on.
    pub to: PublicKey,
    /// Why.
    pub cause: RotationCause,
}
payload!(SigningKeyRotated, |_e| Subject::Tenant);
