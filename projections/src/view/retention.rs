//! The digest of retention rules, and whom they may not touch.

use rollbook_schema::UserId;
use rollbook_schema::value::{RetentionLimit, RetentionState, Timestamp};

use super::Views;
use super::canon::Canon;
use crate::retention::Retention;

/// Why somebody is kept whose time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A legal hold.
    LegalHold,
    /// What is known of them is not to be used, but to be kept.
    ProcessingRestricted,
    /// They asked for their file and do not have it yet.
    AccessRequestWaits,
}

/// Somebody whose time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Who.
    pub user: UserId,
    /// Until when it was.
    pub due_at: Timestamp,
    /// Records of sign-ins that would become unreadable; `None` for an erasure, which is of the whole person.
    pub records: Option<u64>,
    /// Why they are kept, if so.
    pub kept: Option<Kept>,
}

impl Views {
    /// Why a user is kept, if so: as the rule judges it.
    #[must_use]
    pub fn kept_by(&self, user: UserId) -> Option<Kept> {
        if self.maskings.held_since(user).is_some() {
            return Some(Kept::LegalHold);
        }
        if self.access_requests.restricted_since(user).is_some() {
            return Some(Kept::ProcessingRestricted);
        }
        self.access_requests.waits(user).then_some(Kept::AccessRequestWaits)
    }

    /// Whose time is over by a limit, about the longest ago first.
    pub fn over_by(&self, limit: RetentionLimit, now: Timestamp) -> Box<dyn Iterator<Item = Due> + '_> {
        match limit {
            RetentionLimit::DeletedFor(months) => {
                let due = self.retention.due(months, now);
                Box::new(due.map(|(user, due_at)| self.due(user, due_at, None)))
            }
            RetentionLimit::SignInContextAfter(days) => {
                let due = self.sign_in_keys.due(days, now);
                Box::new(due.map(|due| self.due(due.user, due.due_at, Some(due.records))))
            }
        }
    }

    fn due(&self, user: UserId, due_at: Timestamp, records: Option<u64>) -> Due {
        Due { user, due_at, records, kept: self.kept_by(user) }
    }
}

pub(super) fn digest(retention: &Retention) -> [u8; 32] {
    let mut canon = Canon::of("retention");
    canon.number(retention.next_rule().0);
    for (id, rule) in retention.rules() {
        canon.number(id.0);
        match rule.limit {
            RetentionLimit::DeletedFor(months) => canon.number(u64::from(months.months())),
            RetentionLimit::SignInContextAfter(days) => {
                canon.bytes(b"signInContextAfter");
                canon.number(u64::from(days.days()));
            }
        }
        canon.flag(rule.state == RetentionState::On);
        canon.number(rule.defined_by.0);
        canon.maybe(rule.run, |canon, run| {
            canon.number(run.run.0);
            canon.number(run.applied);
        });
        canon.maybe(rule.last_run, |canon, run| {
            canon.number(run.run.0);
            canon.moment(run.ended_at);
            canon.number(run.applied);
            canon.number(run.kept);
        });
    }
    canon.finish()
}
