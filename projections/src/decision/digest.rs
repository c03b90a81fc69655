//! Hashing a whole state: `derive(Hash)` feeds SHA-256, so no field can be forgotten.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use sha2::{Digest, Sha256};

/// A [`Hasher`] whose result is read with [`StateHasher::into_digest`].
#[derive(Default)]
pub(super) struct StateHasher(Sha256);

impl StateHasher {
    pub(super) fn into_digest(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

impl Hasher for StateHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The first eight bytes of the digest so far; nobody asks for it here.
    fn finish(&self) -> u64 {
        let digest: [u8; 32] = self.0.clone().finalize().into();
        digest.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
    }
}

/// Hashes a map in the order of its keys: a `HashMap` has none that two processes share.
pub(super) fn hash_sorted<K: Ord + Hash, V: Hash, H: Hasher>(map: &HashMap<K, V>, state: &mut H) {
    let mut entries: Vec<(&K, &V)> = map.iter().collect();
    entries.sort_unstable_by_key(|(key, _)| *key);
    entries.hash(state);
}
