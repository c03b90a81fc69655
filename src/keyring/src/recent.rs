//! The way down to the leaf that was derived last. Records are read in order and people have dense numbers,
//! so the next leaf mostly shares all but the last few steps of it.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use crate::secret::SECRET_BYTES;

/// Steps from a seed to a leaf, at most.
const STEPS_MAX: usize = 31;

/// The secrets below a held node on the way to one leaf. Wiped when the tree changes, for they could
/// derive what was shredded.
pub(crate) struct Recent {
    /// First leaf and depth of the held node that the way begins at.
    from: (u32, u8),
    leaf: u32,
    /// The nodes on the way, the held node not among them. Never grows past its first room.
    secrets: Zeroizing<Vec<[u8; SECRET_BYTES]>>,
}

impl Default for Recent {
    fn default() -> Self {
        Recent { from: (0, 0), leaf: 0, secrets: Zeroizing::new(Vec::with_capacity(STEPS_MAX)) }
    }
}

impl Recent {
    /// Keeps of the way what it shares with the way to `leaf`, `steps` below the node `from`. Gives the number
    /// of steps shared, and the secret they lead to.
    pub fn shared(&mut self, from: (u32, u8), leaf: u32, steps: u8) -> (u8, Option<[u8; SECRET_BYTES]>) {
        if self.from != from || self.secrets.len() != usize::from(steps) {
            self.clear();
        }
        // Steps are taken from the highest bit that is below the node; from the first that differs on they part.
        let parted = 32 - (self.leaf ^ leaf).leading_zeros() as u8;
        let shared = usize::from(steps.saturating_sub(parted)).min(self.secrets.len());
        self.secrets.truncate(shared);
        (self.from, self.leaf) = (from, leaf);
        (shared as u8, self.secrets.last().copied())
    }

    /// One more step of the way.
    pub fn step(&mut self, secret: &[u8; SECRET_BYTES]) {
        self.secrets.push(*secret);
    }

    pub fn clear(&mut self) {
        self.secrets.zeroize();
    }
}

impl fmt::Debug for Recent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recent")
    }
}
