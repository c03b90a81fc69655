//! As whom somebody may act, of those whom they reach at all.

use serde::{Deserialize, Serialize};

use crate::id::{TeamId, UserId};

/// Everybody, or those who are named. The order is stored: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProxyScope {
    /// All users and teams: the default (PXY-13).
    #[default]
    All,
    /// Only those named; nobody, if none is (PXY-15).
    Selected,
}

/// As whom somebody may act.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProxyGrant {
    /// Everybody, or those who are named.
    pub scope: ProxyScope,
    /// Named themselves: whatever teams they move to (PXY-19). In order, each once.
    pub users: Vec<UserId>,
    /// Named by their team: whoever is in it at the time (PXY-16). In order, each once.
    pub teams: Vec<TeamId>,
}

impl ProxyGrant {
    /// Most users and teams that one grant names, together.
    pub const ENTRIES_MAX: usize = 500;

    /// These users and teams, in order and each once (PXY-18).
    #[must_use]
    pub fn selected(mut users: Vec<UserId>, mut teams: Vec<TeamId>) -> ProxyGrant {
        users.sort_unstable();
        users.dedup();
        teams.sort_unstable();
        teams.dedup();
        ProxyGrant { scope: ProxyScope::Selected, users, teams }
    }

    /// Does it cover a user who is in these teams?
    #[must_use]
    pub fn covers(&self, user: UserId, teams: &[TeamId]) -> bool {
        self.scope == ProxyScope::All
            || self.users.binary_search(&user).is_ok()
            || teams.iter().any(|team| self.teams.binary_search(team).is_ok())
    }

    /// True if it covers nobody, whoever comes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scope == ProxyScope::Selected && self.users.is_empty() && self.teams.is_empty()
    }
}
