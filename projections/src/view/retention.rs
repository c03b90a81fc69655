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

    /// Whose time is over by a limit, longest ago first: until when it was, and why they are kept, if so.
    pub fn over_by(
        &self,
        limit: RetentionLimit,
        now: Timestamp,
    ) -> impl Iterator<Item = (UserId, Timestamp, Option<Kept>)> {
        self.retention.due(limit, now).map(|(user, due_at)| (user, due_at, self.kept_by(user)))
    }
}

pub(super) fn digest(retention: &Retention) -> [u8; 32] {
    let mut canon = Canon::of("retention");
    canon.number(retention.next_rule().0);
    for (id, rule) in retention.rules() {
        let RetentionLimit::DeletedFor(months) = rule.limit;
        canon.number(id.0);
        canon.number(u64::from(months.months()));
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
