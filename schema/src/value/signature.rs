//! A signature, beside the public key that judges it.

use serde::{Deserialize, Serialize};

use crate::id::Digest;

/// An Ed25519 signature (RFC 8032): its two halves, each written as lower-case hex where people read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Signature([Digest; 2]);

impl From<[u8; 64]> for Signature {
    fn from(bytes: [u8; 64]) -> Self {
        let (mut point, mut scalar) = ([0; 32], [0; 32]);
        point.copy_from_slice(&bytes[..32]);
        scalar.copy_from_slice(&bytes[32..]);
        Signature([Digest(point), Digest(scalar)])
    }
}

impl Signature {
    /// The 64 bytes, as RFC 8032 orders them.
    #[must_use]
    pub fn bytes(&self) -> [u8; 64] {
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&self.0[0].0);
        bytes[32..].copy_from_slice(&self.0[1].0);
        bytes
    }
}
