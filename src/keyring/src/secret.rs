//! 32 bytes that nobody may see: wiped when dropped, absent from Debug.

use crate::entropy::Entropy;
use std::fmt;
use zeroize::Zeroize;

pub(crate) const SECRET_BYTES: usize = 32;

/// Boxed, so that moving it (inside a tree or a cache) leaves no second copy behind.
pub(crate) struct Secret(Box<[u8; SECRET_BYTES]>);

impl Secret {
    pub fn new(mut bytes: [u8; SECRET_BYTES]) -> Secret {
        let secret = Secret(Box::new(bytes));
        bytes.zeroize();
        secret
    }

    pub fn random(entropy: &dyn Entropy) -> Secret {
        let mut secret = Secret(Box::new([0; SECRET_BYTES]));
        entropy.fill(&mut secret.0[..]);
        secret
    }

    pub fn bytes(&self) -> &[u8; SECRET_BYTES] {
        &self.0
    }

    /// A second copy, for a successor that shares the secret. Named, so that none is made by accident.
    pub fn copy(&self) -> Secret {
        Secret::new(*self.0)
    }

    /// A one-way, labelled derivation.
    pub fn derive(&self, label: &[u8]) -> Secret {
        Secret::new(one_way(&self.0, label))
    }
}

/// BLAKE3 keyed by the secret: the output says nothing about the key. One compression for labels up to 64 bytes.
pub(crate) fn one_way(secret: &[u8; SECRET_BYTES], label: &[u8]) -> [u8; SECRET_BYTES] {
    *blake3::keyed_hash(secret, label).as_bytes()
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}
