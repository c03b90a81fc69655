//! The one place that asks what time it is.

use std::time::{SystemTime, UNIX_EPOCH};

use rollbook_schema::value::Timestamp;

/// Tells the time. Handed in, so that rules and tests are not at the mercy of the machine's clock.
pub trait Clock: Send + Sync + 'static {
    /// Now, UTC. May step backwards; nothing is ever ordered by it.
    fn now(&self) -> Timestamp;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}
