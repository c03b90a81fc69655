//! Direct reports name whom they report to.

use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

use rollbook_schema::{Event, UserId};
use serde::{Deserialize, Serialize};

use super::{NamedBy, Reference, ReferenceSource, Referrer, Wanted};

/// The lines of users that are not deleted, by whom they lead to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct ReportingReferences {
    below: BTreeSet<(UserId, UserId)>,
    above: HashMap<UserId, UserId>,
}

impl ReferenceSource for ReportingReferences {
    fn fold(&mut self, event: &Event) {
        let (user, to) = match event {
            Event::ReportingLineChanged(e) => (e.user, e.to),
            Event::UserDeleted(e) => (e.user, None),
            _ => return,
        };
        if let Some(before) = self.above.remove(&user) {
            self.below.remove(&(before, user));
        }
        if let Some(above) = to {
            self.above.insert(user, above);
            self.below.insert((above, user));
        }
    }

    fn find(&self, wanted: &Wanted, found: &mut Vec<Reference>) {
        let user = wanted.user();
        let below = self.below.range((user, UserId(0))..=(user, UserId(u64::MAX)));
        found.extend(below.map(|(_, of)| Reference {
            by: Referrer::ReportingLine { of: *of },
            named_by: NamedBy::UserId,
            recycled: false,
        }));
    }
}

/// The lines read the other way say nothing more.
impl Hash for ReportingReferences {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.below.hash(state);
    }
}
