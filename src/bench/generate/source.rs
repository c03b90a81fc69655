//! Where a generated directory has its time and its randomness from: the seed, and nothing else.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use rollbook_keyring::Entropy;
use rollbook_schema::value::Timestamp;

use super::super::population::Seeded;
use crate::clock::Clock;

/// The step of the generator below: see [`Seeded`].
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Bytes that look random and are the same every time, as long as one thread draws them.
pub(super) struct SeededEntropy(AtomicU64);

impl SeededEntropy {
    pub(super) fn of(seed: u64) -> Self {
        SeededEntropy(AtomicU64::new(seed))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(8) {
            let drawn = Seeded(self.0.fetch_add(STEP, Ordering::Relaxed)).draw().to_le_bytes();
            part.copy_from_slice(&drawn[..part.len()]);
        }
    }
}

/// Time that passes only when it is told to, in milliseconds since 1970.
pub(super) struct Calendar(AtomicI64);

impl Calendar {
    pub(super) fn at(millis: i64) -> Self {
        Calendar(AtomicI64::new(millis))
    }

    pub(super) fn turn_to(&self, millis: i64) {
        self.0.store(millis, Ordering::Relaxed);
    }
}

impl Clock for Calendar {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::Relaxed))
    }
}
