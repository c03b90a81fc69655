//! Read models: what lists, counts, look-ups and history are served from, all in memory.
//!
//! [`UserList`] (rows, facets, orders, search, look-ups), [`LicenseCounts`], [`RoleCatalogue`],
//! [`ActivityHistory`] (positions only: the entries are read from the log), [`Sessions`] and
//! [`Credentials`], [`TeamTree`], [`BusinessUnits`] and
//! [`ProxyGrants`]. Each is a fold of its own and reads no other. A view rebuilt from zero has the
//! digest of the live one, also after erasure: what a destroyed key hides from the rebuild, the event
//! that ordered the destruction has taken out of the live view.

pub mod business_units;
pub mod credentials;
pub mod history;
pub mod licenses;
pub mod proxy_grants;
pub mod roles;
pub mod sessions;
pub mod teams;
pub mod user_set;
pub mod users;

mod canon;
mod fold_text;
mod id_table;
mod membership;

#[cfg(test)]
mod tests;

use rollbook_schema::Position;
use rollbook_schema::event::RecordedEvent;

pub use business_units::{BusinessUnitRow, BusinessUnits};
pub use credentials::{CredentialRow, Credentials};
pub use history::{
    ActivityHistory, HistoryDirection, HistoryPage, HistoryQuery, HistorySubject, HistoryWindow,
};
pub use licenses::{LicenseCount, LicenseCounts};
pub use proxy_grants::ProxyGrants;
pub use roles::{RoleCatalogue, RoleRow};
pub use sessions::{ProxyParent, SessionRow, Sessions};
pub use teams::{TeamRow, TeamTree};
pub use user_set::UserSet;
pub use users::{
    Cursor, CursorError, DeletedFilter, Direction, LicenseFilter, PageRow, RoleFilter, UserFilter, UserList,
    UserOrder, UserPage, UserQuery, UserRow, Window,
};

/// All views, folded together.
#[derive(Default)]
pub struct Views {
    /// The user list.
    pub users: UserList,
    /// License counts.
    pub licenses: LicenseCounts,
    /// The role catalogue.
    pub roles: RoleCatalogue,
    /// Activity history.
    pub history: ActivityHistory,
    /// Sessions.
    pub sessions: Sessions,
    /// Credentials.
    pub credentials: Credentials,
    /// The tree of teams.
    pub teams: TeamTree,
    /// Business units.
    pub business_units: BusinessUnits,
    /// As whom people may act.
    pub proxy_grants: ProxyGrants,
    reached: Position,
}

impl Views {
    /// Folds one event into every view. Events come in the order of the log, each once.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        self.users.fold(recorded);
        self.licenses.fold(recorded);
        self.roles.fold(recorded);
        self.history.fold(recorded);
        self.sessions.fold(recorded);
        self.credentials.fold(recorded);
        self.teams.fold(recorded);
        self.business_units.fold(recorded);
        self.proxy_grants.fold(recorded);
        self.reached = recorded.envelope.position;
    }

    /// Folds many events in the order of the log, with the same result as one by one; of use when
    /// catching up: the longer the slice (tens of thousands), the cheaper each event.
    pub fn fold_all(&mut self, events: &[RecordedEvent]) {
        self.users.fold_all(events);
        events.iter().for_each(|recorded| self.licenses.fold(recorded));
        events.iter().for_each(|recorded| self.roles.fold(recorded));
        events.iter().for_each(|recorded| self.history.fold(recorded));
        events.iter().for_each(|recorded| self.sessions.fold(recorded));
        events.iter().for_each(|recorded| self.credentials.fold(recorded));
        events.iter().for_each(|recorded| self.teams.fold(recorded));
        events.iter().for_each(|recorded| self.business_units.fold(recorded));
        events.iter().for_each(|recorded| self.proxy_grants.fold(recorded));
        self.reached = events.last().map_or(self.reached, |recorded| recorded.envelope.position);
    }

    /// The position of the last event folded.
    #[must_use]
    pub fn reached(&self) -> Position {
        self.reached
    }

    /// The digest of each view, by its name: what a rebuild is compared by.
    #[must_use]
    pub fn digests(&self) -> Vec<(&'static str, [u8; 32])> {
        vec![
            ("users", self.users.digest()),
            ("licenses", self.licenses.digest()),
            ("roles", self.roles.digest()),
            ("history", self.history.digest()),
            ("sessions", self.sessions.digest()),
            ("credentials", self.credentials.digest()),
            ("teams", self.teams.digest()),
            ("business_units", self.business_units.digest()),
            ("proxy_grants", self.proxy_grants.digest()),
        ]
    }
}
