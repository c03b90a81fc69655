//! How often each actor was refused in the current minute, so that the record of it stays bounded.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use rollbook_schema::UserId;
use rollbook_schema::value::Timestamp;
use serde::{Deserialize, Serialize};

use super::digest::hash_sorted;

const MILLIS_PER_MINUTE: i64 = 60_000;

/// Recorded denials of the last minute that had any; older minutes are forgotten.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Denials {
    minute: i64,
    counts: HashMap<UserId, u32>,
}

impl Denials {
    /// Denials recorded for an actor in the minute of `now`.
    #[must_use]
    pub fn count(&self, actor: UserId, now: Timestamp) -> u32 {
        if self.minute == minute(now) { self.counts.get(&actor).copied().unwrap_or(0) } else { 0 }
    }

    pub(super) fn add(&mut self, actor: UserId, recorded_at: Timestamp) {
        if self.minute != minute(recorded_at) {
            self.minute = minute(recorded_at);
            self.counts.clear();
        }
        let count = self.counts.entry(actor).or_default();
        *count = count.saturating_add(1);
    }
}

fn minute(moment: Timestamp) -> i64 {
    moment.millis() / MILLIS_PER_MINUTE
}

impl Hash for Denials {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.minute.hash(state);
        hash_sorted(&self.counts, state);
    }
}
