//! What history came to.

use std::fmt;

use rollbook_projections::view::{DeletedFilter, LicenseCount, UserFilter, Views};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counts {
    /// How many events were told.
    events: u64,
    /// Those who are not deleted.
    users: u64,
    active: u64,
    locked: u64,
    deleted: u64,
    masked: u64,
    roles: usize,
    teams: usize,
    licenses: Vec<Seats>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Seats {
    r#type: &'static str,
    owned: u32,
    used: u64,
}

impl Counts {
    pub(super) fn of(views: &Views) -> Counts {
        let count = |filter: UserFilter| views.users.count(&filter);
        let all = UserFilter::default;
        let (included, only) = (DeletedFilter::Included, DeletedFilter::Only);
        Counts {
            events: views.reached().0,
            users: count(all()),
            active: count(UserFilter { active: Some(true), ..all() }),
            locked: count(UserFilter { locked: Some(true), ..all() }),
            deleted: count(UserFilter { deleted: only, ..all() }),
            masked: count(UserFilter { masked: Some(true), deleted: included, ..all() }),
            roles: views.roles.iter().filter(|role| !role.deleted).count(),
            teams: views.teams.iter().filter(|team| !team.deleted).count(),
            licenses: views.licenses.all().into_iter().map(Seats::of).collect(),
        }
    }
}

impl Seats {
    fn of(count: LicenseCount) -> Seats {
        let r#type = crate::review::license_name(count.license);
        Seats { r#type, owned: count.owned, used: count.used }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { events, users, active, locked, deleted, masked, roles, teams, .. } = self;
        writeln!(f, "{events} events")?;
        writeln!(
            f,
            "{users} users: {active} active, {locked} locked; besides {deleted} deleted; {masked} masked"
        )?;
        for Seats { r#type, owned, used } in &self.licenses {
            writeln!(f, "{type} licenses: {used} used of {owned}")?;
        }
        writeln!(f, "{roles} roles, {teams} teams")
    }
}
