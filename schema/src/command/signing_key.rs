//! Commands about the key that signs.

use super::fields_of;
use crate::event::RotationCause;
use crate::value::PublicKey;

fields_of! {
    /// Puts another key into force that signs checkpoints. It is made and on the disk already.
    RotateSigningKey {
        /// The key in force until now, as the asker knows it.
        from: PublicKey,
        /// The key to be in force.
        to: PublicKey,
        /// Why.
        cause: RotationCause,
    }
}
