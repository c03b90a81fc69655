//! Samples of what happens to the keys that sign.

use crate::event::{Event, RotationCause, SigningKeyRotated};
use crate::value::PublicKey;

/// Every event of this file at least once.
pub fn all() -> Vec<Event> {
    let (from, to) = (PublicKey::from([1; 32]), PublicKey::from([2; 32]));
    let rotated = |cause| SigningKeyRotated { from, to, cause }.into();
    vec![rotated(RotationCause::Requested), rotated(RotationCause::Lost)]
}
