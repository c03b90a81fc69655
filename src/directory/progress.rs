//! How far an opening is, for whoever waits for it or does so no longer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rollbook_schema::Position;

/// Events folded of those there are. Cheap to clone; all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Numbers>);

#[derive(Debug, Default)]
struct Numbers {
    folded: AtomicU64,
    all: AtomicU64,
    given_up: AtomicBool,
}

impl Progress {
    /// Events folded, and how many there are; both 0 before the log is open.
    #[must_use]
    pub fn now(&self) -> (u64, u64) {
        (self.0.folded.load(Ordering::Relaxed), self.0.all.load(Ordering::Relaxed))
    }

    /// Nobody waits any more: the opening ends with [`super::OpenFault::GivenUp`] at the next of its resting places.
    pub fn give_up(&self) {
        self.0.given_up.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_given_up(&self) -> bool {
        self.0.given_up.load(Ordering::Relaxed)
    }

    pub(crate) fn begin(&self, folded: Position, all: Position) {
        self.0.folded.store(folded.0, Ordering::Relaxed);
        self.0.all.store(all.0, Ordering::Relaxed);
    }

    pub(crate) fn reach(&self, position: Position) {
        self.0.folded.store(position.0, Ordering::Relaxed);
    }
}
