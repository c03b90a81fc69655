//! Who is in which group, asked from both sides (TEA-01).

use std::collections::BTreeMap;

use roaring::RoaringTreemap;
use rollbook_schema::UserId;
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// Members of groups; deleted users are in none.
#[derive(Clone, Serialize, Deserialize)]
#[serde(bound(serialize = "G: Serialize", deserialize = "G: Ord + Deserialize<'de>"))]
pub(super) struct Membership<G> {
    members: BTreeMap<G, RoaringTreemap>,
    groups: BTreeMap<UserId, Box<[G]>>,
}

impl<G> Default for Membership<G> {
    fn default() -> Self {
        Membership { members: BTreeMap::new(), groups: BTreeMap::new() }
    }
}

impl<G: Ord + Copy> Membership<G> {
    /// The groups of a user, in order.
    pub(super) fn of(&self, user: UserId) -> &[G] {
        self.groups.get(&user).map(|groups| &**groups).unwrap_or_default()
    }

    /// `None` for a group that nobody is in.
    pub(super) fn members(&self, group: G) -> Option<&RoaringTreemap> {
        self.members.get(&group)
    }

    pub(super) fn add(&mut self, user: UserId, group: G) {
        let groups = self.groups.entry(user).or_default();
        if let Err(place) = groups.binary_search(&group) {
            let (before, behind) = groups.split_at(place);
            *groups = [before, &[group], behind].concat().into();
            self.members.entry(group).or_default().insert(user.0);
        }
    }

    pub(super) fn remove(&mut self, user: UserId, group: G) {
        let Some(groups) = self.groups.get_mut(&user) else { return };
        *groups = groups.iter().copied().filter(|held| *held != group).collect();
        if groups.is_empty() {
            self.groups.remove(&user);
        }
        self.leave(user, group);
    }

    /// Takes a user out of every group; gives back which they were.
    pub(super) fn remove_all(&mut self, user: UserId) -> Box<[G]> {
        let groups = self.groups.remove(&user).unwrap_or_default();
        groups.iter().for_each(|group| self.leave(user, *group));
        groups
    }

    pub(super) fn write(&self, canon: &mut Canon, number: impl Fn(G) -> u64) {
        canon.number(self.members.len() as u64);
        for (group, members) in &self.members {
            canon.number(number(*group));
            canon.ids(members);
        }
    }

    fn leave(&mut self, user: UserId, group: G) {
        if let Some(members) = self.members.get_mut(&group) {
            members.remove(user.0);
            if members.is_empty() {
                self.members.remove(&group);
            }
        }
    }
}
