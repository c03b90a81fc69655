//! What somebody saw at one position, to be held against what the ledger says of that position.

use std::collections::BTreeSet;

use rollbook_projections::view::Views;
use rollbook_schema::value::{LicenseType, UserKind};
use rollbook_schema::{Position, RoleId, TeamId, UserId};

use super::around::seen::SeenAround;
use super::ledger::Ledger;

/// A read, as it came out.
#[derive(Clone, Debug)]
pub struct Read {
    pub at: Position,
    pub user: UserId,
    pub name: &'static str,
    pub seen: Seen,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    user: Option<SeenUser>,
    holder: Option<UserId>,
    seats: [(u32, u32); 2],
    around: SeenAround,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct SeenUser {
    kind: UserKind,
    active: bool,
    deleted: bool,
    locked: bool,
    masked: bool,
    seat: Option<LicenseType>,
    roles: Vec<RoleId>,
    teams: Vec<TeamId>,
    is_administrator: bool,
}

impl Read {
    /// Reads one user, one name and the seats, all at one position.
    pub fn of(views: &Views, user: UserId, name: &'static str) -> Read {
        let row = views.users.get(user).map(|row| SeenUser {
            kind: row.kind,
            active: row.active,
            deleted: row.deleted,
            locked: row.locked,
            masked: row.masked,
            seat: row.license,
            roles: row.roles().to_vec(),
            teams: sorted(views.teams.of(user).iter().copied()),
            is_administrator: row.access_profile == rollbook_schema::value::AccessProfile::Administrator,
        });
        let count = |license| {
            let count = views.licenses.of(license);
            (count.used as u32, count.owned)
        };
        let seats = LicenseType::ALL.map(count);
        let around = SeenAround::of(views, user);
        let seen = Seen { user: row, holder: views.users.by_login(name), seats, around };
        Read { at: views.reached(), user, name, seen }
    }

    /// # Panics
    /// If the ledger, which stands at the same position, knows it otherwise.
    pub fn hold_against(&self, ledger: &Ledger) {
        assert_eq!(self.at, ledger.position);
        let account = ledger.accounts.get(&self.user);
        let user = account.map(|account| SeenUser {
            kind: account.kind,
            active: account.enabled,
            deleted: account.deleted,
            locked: account.locked.is_some(),
            masked: account.masked,
            seat: account.seat(),
            roles: account.roles.iter().copied().collect(),
            teams: sorted(account.teams.iter().copied()),
            is_administrator: account.profile == rollbook_schema::value::AccessProfile::Administrator,
        });
        let seats = LicenseType::ALL.map(|license| (ledger.used(license), ledger.owned(license)));
        // The names of whoever was masked later are gone from the log by now.
        let unreadable = |user: &UserId| ledger.accounts.get(user).is_none_or(|a| a.username.is_none());
        let holder = match self.seen.holder {
            Some(seen) if unreadable(&seen) => Some(seen),
            _ => ledger.holders(self.name).first().copied(),
        };
        let around = SeenAround::known(&ledger.around, self.user);
        let around = if unreadable(&self.user) { around.with_values_of(&self.seen.around) } else { around };
        let known = Seen { user, holder, seats, around };
        assert_eq!(self.seen, known, "a read at position {}, held against the log", self.at);
    }
}

fn sorted(teams: impl Iterator<Item = TeamId>) -> Vec<TeamId> {
    teams.collect::<BTreeSet<_>>().into_iter().collect()
}
