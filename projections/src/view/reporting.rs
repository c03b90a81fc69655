//! Who reports to whom, read both ways.

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::UserId;
use rollbook_schema::event::{Event, RecordedEvent};
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// The lines of users that are not deleted. One may lead to somebody who is.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct ReportingLines {
    above: BTreeMap<UserId, UserId>,
    below: BTreeSet<(UserId, UserId)>,
}

impl ReportingLines {
    /// Whom a user reports to (PRO-05).
    #[must_use]
    pub fn above(&self, user: UserId) -> Option<UserId> {
        self.above.get(&user).copied()
    }

    /// Who reports to a user, by ascending id.
    pub fn below(&self, user: UserId) -> impl Iterator<Item = UserId> {
        self.below.range((user, UserId(0))..=(user, UserId(u64::MAX))).map(|(_, below)| *below)
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::ReportingLineChanged(e) => self.lead(e.user, e.to),
            Event::UserDeleted(e) => self.lead(e.user, None),
            _ => {}
        }
    }

    /// A digest over the canonical content; the lines read the other way say nothing more.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("reporting");
        for (user, above) in &self.above {
            canon.number(user.0);
            canon.number(above.0);
        }
        canon.finish()
    }

    fn lead(&mut self, user: UserId, to: Option<UserId>) {
        if let Some(before) = self.above.remove(&user) {
            self.below.remove(&(before, user));
        }
        if let Some(above) = to {
            self.above.insert(user, above);
            self.below.insert((above, user));
        }
    }
}
