//! The Merkle tree of RFC 6962 2.1 (RFC 9162 2.1): its hashes, and the few of them that a growing tree needs.

use rollbook_schema::id::Digest;
use sha2::{Digest as _, Sha256};

/// Stands before the bytes of a leaf.
const LEAF: u8 = 0;
/// Stands before the two hashes of a node.
const NODE: u8 = 1;

/// The hash of a leaf with these bytes.
#[must_use]
pub fn leaf_hash(bytes: &[u8]) -> Digest {
    Digest(Sha256::new().chain_update([LEAF]).chain_update(bytes).finalize().into())
}

/// The hash of a node above two others.
#[must_use]
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    Digest(Sha256::new().chain_update([NODE]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// The root of the tree without leaves: the hash of nothing.
#[must_use]
pub fn empty_root() -> Digest {
    Digest(Sha256::digest([]).into())
}

/// The right edge of a growing tree: the roots of its complete subtrees, the largest first. All that is
/// needed to add leaves and to know the root, in at most 64 hashes.
#[derive(Clone, Debug, Default)]
pub struct Frontier {
    size: u64,
    complete: Vec<Digest>,
}

impl Frontier {
    /// Leaves so far.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds the hash of a leaf. Shows `on_complete` each subtree that it completes, as level and root,
    /// from level 1 upwards.
    pub fn push(&mut self, leaf: Digest, mut on_complete: impl FnMut(u32, Digest)) {
        let mut hash = leaf;
        for level in 1..=self.size.trailing_ones() {
            // As many trailing ones as there are subtrees that wait for a right half.
            let Some(left) = self.complete.pop() else { break };
            hash = node_hash(&left, &hash);
            on_complete(level, hash);
        }
        self.complete.push(hash);
        self.size += 1;
    }

    /// The root over all leaves so far.
    #[must_use]
    pub fn root(&self) -> Digest {
        let from_the_right = self.complete.iter().rev().copied();
        from_the_right.reduce(|right, left| node_hash(&left, &right)).unwrap_or_else(empty_root)
    }
}
