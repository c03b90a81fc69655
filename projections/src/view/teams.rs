//! The tree of teams: which there are, how they lie in each other, who is in them, who reaches whom.

use std::collections::{BTreeMap, BTreeSet};

use roaring::RoaringTreemap;
use rollbook_schema::event::{Event, RecordedEvent, TeamCreated};
use rollbook_schema::value::TeamName;
use rollbook_schema::{TeamId, UserId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;
use super::membership::Membership;
use super::user_set::UserSet;

/// A team as it is listed.
#[derive(Clone, Serialize, Deserialize)]
pub struct TeamRow {
    /// In the order of creation.
    pub id: TeamId,
    /// `None` once erased.
    pub name: Option<TeamName>,
    /// The team that it is a part of.
    pub parent: Option<TeamId>,
    /// Gone; still here so that history can name it.
    pub deleted: bool,
    /// The team that a deleted one was a part of: whoever reached it still reads what it was. Not in the
    /// digest, which is older.
    was_below: Option<TeamId>,
    subteams: BTreeSet<TeamId>,
}

impl TeamRow {
    /// The teams directly below, in the order of creation.
    pub fn subteams(&self) -> impl Iterator<Item = TeamId> {
        self.subteams.iter().copied()
    }
}

/// Every team that ever was, and who is in those that are.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct TeamTree {
    teams: BTreeMap<TeamId, TeamRow>,
    membership: Membership<TeamId>,
    /// The teams that deleted users were in last: whoever reached them still reads what they were.
    left: BTreeMap<UserId, Box<[TeamId]>>,
}

impl TeamTree {
    /// One team, deleted ones included.
    #[must_use]
    pub fn get(&self, team: TeamId) -> Option<&TeamRow> {
        self.teams.get(&team)
    }

    /// Every team in the order of creation, deleted ones included.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &TeamRow> {
        self.teams.values()
    }

    /// The teams that a user is in, in the order of their creation.
    #[must_use]
    pub fn of(&self, user: UserId) -> &[TeamId] {
        self.membership.of(user)
    }

    /// Who is in a team itself.
    #[must_use]
    pub fn members(&self, team: TeamId) -> UserSet {
        self.membership.members(team).cloned().unwrap_or_default().into()
    }

    /// Who is in a team or in one below it.
    #[must_use]
    pub fn members_within(&self, team: TeamId) -> UserSet {
        self.users_within(&[team]).into()
    }

    /// Whom somebody reaches whose reach is bound by teams: who is in their teams or below (TEA-06), and
    /// who was when they were deleted. `None` for somebody who is in no team: everybody.
    #[must_use]
    pub fn reach(&self, asker: UserId) -> Option<UserSet> {
        let own = self.of(asker);
        if own.is_empty() {
            return None;
        }
        let mut users = self.users_within(own);
        let within = self.teams_within(own);
        let left = self.left.iter().filter(|(_, teams)| teams.iter().any(|team| within.contains(team)));
        users.extend(left.map(|(user, _)| user.0));
        Some(users.into())
    }

    /// The same for one user, without looking at all the others.
    #[must_use]
    pub fn reaches(&self, asker: UserId, user: UserId) -> bool {
        let own = self.of(asker);
        let teams = self.left.get(&user).map_or(self.of(user), |teams| teams);
        own.is_empty() || teams.iter().any(|team| self.is_within(*team, own))
    }

    /// True if a team is one of the asker's or lies below one. Who is in no team reaches every team.
    #[must_use]
    pub fn reaches_team(&self, asker: UserId, team: TeamId) -> bool {
        let own = self.of(asker);
        own.is_empty() || self.is_within(team, own)
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::TeamCreated(e) => self.create(e),
            Event::TeamRenamed(e) => {
                if let Some(team) = self.teams.get_mut(&e.team) {
                    team.name = e.name.known().map(|name| name.to.clone());
                }
            }
            Event::TeamMoved(e) => self.relocate(e.team, e.to),
            Event::TeamDeleted(e) => {
                let was_below = self.get(e.team).and_then(|team| team.parent);
                self.relocate(e.team, None);
                if let Some(team) = self.teams.get_mut(&e.team) {
                    team.deleted = true;
                    team.was_below = was_below;
                }
            }
            Event::TeamMemberAdded(e) => self.membership.add(e.user, e.team),
            Event::TeamMemberRemoved(e) => self.membership.remove(e.user, e.team),
            Event::UserDeleted(e) => {
                let teams = self.membership.remove_all(e.user);
                if !teams.is_empty() {
                    self.left.insert(e.user, teams);
                }
            }
            _ => {}
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("teams");
        canon.number(self.teams.len() as u64);
        for team in self.teams.values() {
            canon.number(team.id.0);
            canon.maybe(team.name.as_ref(), |canon, name| canon.bytes(name.as_str().as_bytes()));
            canon.maybe(team.parent, |canon, parent| canon.number(parent.0));
            canon.flag(team.deleted);
        }
        self.membership.write(&mut canon, |team| team.0);
        for (user, teams) in &self.left {
            canon.number(user.0);
            canon.number(teams.len() as u64);
            teams.iter().for_each(|team| canon.number(team.0));
        }
        canon.finish()
    }

    fn create(&mut self, e: &TeamCreated) {
        let name = e.name.known().cloned();
        let row = TeamRow {
            id: e.team,
            name,
            parent: None,
            deleted: false,
            was_below: None,
            subteams: BTreeSet::new(),
        };
        self.teams.insert(e.team, row);
        self.relocate(e.team, e.parent);
    }

    fn relocate(&mut self, id: TeamId, to: Option<TeamId>) {
        let Some(team) = self.teams.get_mut(&id) else { return };
        let from = std::mem::replace(&mut team.parent, to);
        if let Some(parent) = from.and_then(|from| self.teams.get_mut(&from)) {
            parent.subteams.remove(&id);
        }
        if let Some(parent) = to.and_then(|to| self.teams.get_mut(&to)) {
            parent.subteams.insert(id);
        }
    }

    /// As many steps as the tree is deep. Rules let no cycle in; a log that has one is walked once round.
    fn is_within(&self, team: TeamId, above: &[TeamId]) -> bool {
        let up = |id: &TeamId| self.get(*id).and_then(|team| team.parent.or(team.was_below));
        std::iter::successors(Some(team), up).take(self.teams.len()).any(|team| above.contains(&team))
    }

    fn teams_within(&self, above: &[TeamId]) -> BTreeSet<TeamId> {
        let mut found = BTreeSet::new();
        let mut open = above.to_vec();
        while let Some(team) = open.pop() {
            if found.insert(team) {
                open.extend(self.get(team).into_iter().flat_map(TeamRow::subteams));
            }
        }
        found
    }

    fn users_within(&self, above: &[TeamId]) -> RoaringTreemap {
        let within = self.teams_within(above);
        let members = within.iter().filter_map(|team| self.membership.members(*team));
        members.fold(RoaringTreemap::new(), |all, members| all | members)
    }
}
