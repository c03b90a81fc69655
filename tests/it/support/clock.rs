//! A clock that a test moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use rollbook::clock::Clock;
use rollbook_schema::value::Timestamp;
use tempfile::TempDir;

use super::rollbook::{Rollbook, options};

/// 2026-01-01T00:00:00Z.
const START: i64 = 1_767_225_600_000;
const MILLIS_PER_MINUTE: i64 = 60_000;

/// Stands still until it is moved.
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn pass_minutes(&self, minutes: i64) {
        self.0.fetch_add(minutes * MILLIS_PER_MINUTE, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// A clock for options of a test's own.
pub fn standing() -> Arc<TestClock> {
    Arc::new(TestClock(AtomicI64::new(START)))
}

/// A directory in which time passes when the test says so.
pub async fn rollbook_with_clock() -> (Rollbook, Arc<TestClock>) {
    let clock = standing();
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.clock = Arc::clone(&clock) as Arc<dyn Clock>;
    (Rollbook::start_with(folder, options).await, clock)
}
