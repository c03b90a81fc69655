//! Who reports to whom: a forest, since nobody stands above themselves (PRO-05).

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use rollbook_schema::{Event, UserId};
use serde::{Deserialize, Serialize};

use super::digest::hash_sorted;

/// People that one walk upwards passes at most: what a question costs does not depend on how many
/// users there are.
pub const REPORTING_DEPTH_MAX: usize = 64;

/// The lines of users that are not deleted. One may still lead to somebody who is: it ends there.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct ReportingLines {
    above: HashMap<UserId, UserId>,
}

impl ReportingLines {
    /// Whom a user reports to.
    #[must_use]
    pub fn above(&self, user: UserId) -> Option<UserId> {
        self.above.get(&user).copied()
    }

    /// Who reports to a user, in the order of their ids.
    #[must_use]
    pub fn below(&self, user: UserId) -> Vec<UserId> {
        let mut below: Vec<UserId> =
            self.above.iter().filter(|(_, above)| **above == user).map(|(below, _)| *below).collect();
        below.sort_unstable();
        below
    }

    pub(super) fn fold(&mut self, event: &Event) {
        match event {
            Event::ReportingLineChanged(e) => {
                match e.to {
                    Some(above) => self.above.insert(e.user, above),
                    None => self.above.remove(&e.user),
                };
            }
            Event::UserDeleted(e) => drop(self.above.remove(&e.user)),
            _ => {}
        }
    }
}

impl Hash for ReportingLines {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_sorted(&self.above, state);
    }
}
