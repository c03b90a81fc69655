//! Accounts that failed sign-ins locked, and since when: a part of decision models and of views, each
//! with one of its own. Locks that somebody asked for end only on request, so they are not here.

use std::collections::BTreeMap;

use rollbook_schema::UserId;
use rollbook_schema::event::{Event, LockCause, RecordedEvent};
use rollbook_schema::value::{Settings, Timestamp};
use serde::{Deserialize, Serialize};

const MILLIS_PER_MINUTE: i64 = 60_000;

/// Locks by failed sign-ins (STA-06).
#[derive(Clone, Debug, Default, Hash, Serialize, Deserialize)]
pub struct Lockouts(BTreeMap<UserId, Timestamp>);

impl Lockouts {
    /// When failed sign-ins locked the account, if they did.
    #[must_use]
    pub fn locked_at(&self, user: UserId) -> Option<Timestamp> {
        self.0.get(&user).copied()
    }

    /// When the lock ends by itself; `None` if there is none, or an administrator unlocks.
    #[must_use]
    pub fn ends_at(&self, user: UserId, settings: &Settings) -> Option<Timestamp> {
        let minutes = i64::from(settings.unlock_after_minutes?);
        Some(self.locked_at(user)?.plus_millis(minutes * MILLIS_PER_MINUTE))
    }

    /// True if there was a lock whose time has run out.
    #[must_use]
    pub fn ran_out(&self, user: UserId, settings: &Settings, now: Timestamp) -> bool {
        self.ends_at(user, settings).is_some_and(|end| end <= now)
    }

    /// Every account, with the time it was locked.
    pub fn iter(&self) -> impl Iterator<Item = (UserId, Timestamp)> {
        self.0.iter().map(|(user, at)| (*user, *at))
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::AccountLocked(e) if e.cause == LockCause::FailedSignIns => {
                self.0.insert(e.user, recorded.envelope.recorded_at);
            }
            Event::AccountLocked(e) => _ = self.0.remove(&e.user),
            Event::AccountUnlocked(e) => _ = self.0.remove(&e.user),
            Event::AccountLockExpired(e) => _ = self.0.remove(&e.user),
            Event::UserDeleted(e) => _ = self.0.remove(&e.user),
            _ => {}
        }
    }
}
