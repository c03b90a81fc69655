//! Who is in which group: of one user, all groups; of one group, how many users.

use std::collections::BTreeMap;

use rollbook_schema::UserId;
use serde::{Deserialize, Serialize};

/// Memberships of users who are not deleted.
#[derive(Debug, Hash, Serialize, Deserialize)]
pub(super) struct Membership<G: Ord> {
    /// In order, each once; nobody has an empty list.
    groups: BTreeMap<UserId, Vec<G>>,
    members: BTreeMap<G, u64>,
}

impl<G: Ord> Default for Membership<G> {
    fn default() -> Self {
        Membership { groups: BTreeMap::new(), members: BTreeMap::new() }
    }
}

impl<G: Ord + Copy> Membership<G> {
    pub(super) fn of(&self, user: UserId) -> &[G] {
        self.groups.get(&user).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn members(&self, group: G) -> u64 {
        self.members.get(&group).copied().unwrap_or(0)
    }

    pub(super) fn add(&mut self, user: UserId, group: G) {
        let groups = self.groups.entry(user).or_default();
        if let Err(place) = groups.binary_search(&group) {
            groups.insert(place, group);
            *self.members.entry(group).or_default() += 1;
        }
    }

    pub(super) fn remove(&mut self, user: UserId, group: G) {
        let Some(groups) = self.groups.get_mut(&user) else { return };
        let Ok(place) = groups.binary_search(&group) else { return };
        groups.remove(place);
        if groups.is_empty() {
            self.groups.remove(&user);
        }
        self.count_one_less(group);
    }

    /// A deleted user is in no group.
    pub(super) fn remove_all(&mut self, user: UserId) {
        for group in self.groups.remove(&user).unwrap_or_default() {
            self.count_one_less(group);
        }
    }

    fn count_one_less(&mut self, group: G) {
        let Some(count) = self.members.get_mut(&group) else { return };
        *count -= 1;
        if *count == 0 {
            self.members.remove(&group);
        }
    }
}
