//! As whom people may act, and who is named in that.

use std::collections::BTreeMap;

use rollbook_schema::value::ProxyGrant;
use rollbook_schema::{TeamId, UserId};
use serde::{Deserialize, Serialize};

/// Grants that were changed; everybody else has the default.
#[derive(Debug, Default, Hash, Serialize, Deserialize)]
pub struct ProxyGrants {
    grants: BTreeMap<UserId, ProxyGrant>,
    users: BTreeMap<UserId, u64>,
    teams: BTreeMap<TeamId, u64>,
}

impl ProxyGrants {
    /// Somebody's grant.
    #[must_use]
    pub fn of(&self, user: UserId) -> ProxyGrant {
        self.grants.get(&user).cloned().unwrap_or_default()
    }

    /// True if a grant names the user (PXY-25).
    #[must_use]
    pub fn name_user(&self, user: UserId) -> bool {
        self.users.contains_key(&user)
    }

    /// Whose grants name the user, in the order of their ids; looks through the grants only if there is one.
    pub fn naming(&self, user: UserId) -> impl Iterator<Item = (UserId, &ProxyGrant)> {
        let named = self.name_user(user).then_some(&self.grants);
        let grants = named.into_iter().flatten();
        grants.filter(move |(_, grant)| grant.users.binary_search(&user).is_ok()).map(|(id, it)| (*id, it))
    }

    /// True if a grant names the team.
    #[must_use]
    pub fn name_team(&self, team: TeamId) -> bool {
        self.teams.contains_key(&team)
    }

    pub(super) fn change(&mut self, user: UserId, grant: &ProxyGrant) {
        self.forget(user);
        grant.users.iter().for_each(|named| *self.users.entry(*named).or_default() += 1);
        grant.teams.iter().for_each(|named| *self.teams.entry(*named).or_default() += 1);
        if *grant != ProxyGrant::default() {
            self.grants.insert(user, grant.clone());
        }
    }

    /// A deleted user has no grant.
    pub(super) fn forget(&mut self, user: UserId) {
        let Some(grant) = self.grants.remove(&user) else { return };
        grant.users.iter().for_each(|named| count_one_less(&mut self.users, *named));
        grant.teams.iter().for_each(|named| count_one_less(&mut self.teams, *named));
    }
}

fn count_one_less<K: Ord>(counts: &mut BTreeMap<K, u64>, key: K) {
    if let Some(count) = counts.get_mut(&key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(&key);
        }
    }
}
