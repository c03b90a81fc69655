//! Which teams there are, how they lie in each other, and who is in them.

use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

use rollbook_schema::value::TeamName;
use rollbook_schema::{Personal, TeamId, UserId};
use serde::{Deserialize, Serialize};

use super::digest::hash_sorted;
use super::membership::Membership;

/// One team.
#[derive(Clone, Debug, Default, Hash, Serialize, Deserialize)]
pub struct Team {
    /// The team that it is a part of.
    pub parent: Option<TeamId>,
    /// How many teams lie directly below it.
    pub subteams: u64,
    name: Option<TeamName>,
}

impl Team {
    /// Its name; `None` once erased.
    #[must_use]
    pub fn name(&self) -> Option<&TeamName> {
        self.name.as_ref()
    }
}

/// All teams that were not deleted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Teams {
    teams: BTreeMap<TeamId, Team>,
    names: HashMap<Box<str>, TeamId>,
    membership: Membership<TeamId>,
    last: TeamId,
}

impl Teams {
    /// A team.
    #[must_use]
    pub fn get(&self, id: TeamId) -> Option<&Team> {
        self.teams.get(&id)
    }

    /// The team with a name, given by its `key()`.
    #[must_use]
    pub fn named(&self, key: &str) -> Option<TeamId> {
        self.names.get(key).copied()
    }

    /// The id that the next team will get.
    #[must_use]
    pub fn next_id(&self) -> TeamId {
        TeamId(self.last.0 + 1)
    }

    /// The teams that a user is in, in order.
    #[must_use]
    pub fn of(&self, user: UserId) -> &[TeamId] {
        self.membership.of(user)
    }

    /// How many users are in a team itself.
    #[must_use]
    pub fn members(&self, id: TeamId) -> u64 {
        self.membership.members(id)
    }

    /// True if a team is `above` or lies somewhere below it. As many steps as the tree is deep.
    #[must_use]
    pub fn lies_within(&self, id: TeamId, above: TeamId) -> bool {
        self.upwards(id).any(|team| team == above)
    }

    /// True if a user is in a team of the asker's or below one (TEA-06). Who is in no team reaches
    /// everybody.
    #[must_use]
    pub fn reaches(&self, asker: UserId, user: UserId) -> bool {
        let own = self.of(asker);
        own.is_empty() || self.of(user).iter().any(|team| self.upwards(*team).any(|up| own.contains(&up)))
    }

    /// A team and those above it. Rules let no cycle in; a log that has one is walked once round.
    fn upwards(&self, id: TeamId) -> impl Iterator<Item = TeamId> {
        let up = |id: &TeamId| self.get(*id)?.parent;
        std::iter::successors(self.get(id).map(|_| id), up).take(self.teams.len())
    }

    pub(super) fn create(&mut self, id: TeamId, parent: Option<TeamId>, name: &Personal<TeamName>) {
        self.last = self.last.max(id);
        self.teams.insert(id, Team { parent, ..Team::default() });
        self.count_subteam(parent, false, true);
        self.rename(id, name.known());
    }

    pub(super) fn rename(&mut self, id: TeamId, name: Option<&TeamName>) {
        let Some(team) = self.teams.get_mut(&id) else { return };
        if let Some(before) = std::mem::replace(&mut team.name, name.cloned()) {
            self.names.remove(before.key().as_str());
        }
        if let Some(name) = name {
            self.names.insert(name.key().into_boxed_str(), id);
        }
    }

    pub(super) fn relocate(&mut self, id: TeamId, to: Option<TeamId>) {
        let Some(team) = self.teams.get_mut(&id) else { return };
        let from = std::mem::replace(&mut team.parent, to);
        self.count_subteam(from, true, false);
        self.count_subteam(to, false, true);
    }

    pub(super) fn delete(&mut self, id: TeamId) {
        self.rename(id, None);
        if let Some(team) = self.teams.remove(&id) {
            self.count_subteam(team.parent, true, false);
        }
    }

    pub(super) fn add(&mut self, user: UserId, team: TeamId) {
        self.membership.add(user, team);
    }

    pub(super) fn remove(&mut self, user: UserId, team: TeamId) {
        self.membership.remove(user, team);
    }

    pub(super) fn forget(&mut self, user: UserId) {
        self.membership.remove_all(user);
    }

    fn count_subteam(&mut self, parent: Option<TeamId>, before: bool, after: bool) {
        if let Some(team) = parent.and_then(|parent| self.teams.get_mut(&parent)) {
            team.subteams = (team.subteams + u64::from(after)).saturating_sub(u64::from(before));
        }
    }
}

impl Hash for Teams {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Teams { teams, names, membership, last } = self;
        (teams, membership, last).hash(state);
        hash_sorted(names, state);
    }
}
