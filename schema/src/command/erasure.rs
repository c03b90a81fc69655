//! What the program records about erasures.

use super::fields_of;
use crate::event::{Remnant, StepTaken};
use crate::id::{Position, UserId};
use crate::value::{PublicKey, Signature};

fields_of! {
    /// Records that every step of an erasure is taken, with the signature of its receipt.
    CompleteErasure {
        /// Of whom.
        user: UserId,
        /// The event that ordered it.
        order: Position,
        /// Every step, in the order in which they were taken.
        steps: Vec<StepTaken>,
        /// What is left to be done by hand.
        remaining: Vec<Remnant>,
        /// The key that signed.
        signed_by: PublicKey,
        /// Over the receipt's text.
        signature: Signature,
    }
}
