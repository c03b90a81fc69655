//! What the state of one user follows from: a few positions, however long the log is.

use roaring::RoaringTreemap;
use rollbook_schema::{Position, UserId};

use super::ActivityHistory;

impl ActivityHistory {
    /// The positions, ascending and not behind `until`, of every event about a user, and of those about
    /// what all users refer to: roles, teams, business units, dashboards, attributes and settings. Last
    /// comes `until` itself, whose time ends what has run out by then.
    #[must_use]
    pub fn positions_about(&self, user: UserId, until: Position) -> Vec<Position> {
        let mut positions = RoaringTreemap::new();
        if let Some(postings) = self.users.get(user.0) {
            postings.on.add_to(&mut positions);
        }
        positions |= &self.on_roles;
        positions |= &self.on_tenant;
        positions |= &self.on_groups;
        let last = until.min(self.reached());
        positions.insert(last.0);
        positions
            .iter()
            .take_while(|position| *position <= last.0)
            .filter(|at| *at > 0)
            .map(Position)
            .collect()
    }
}
