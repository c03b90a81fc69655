//! Who holds which role, license, access profile, team and proxy right, and who gave it: what an access
//! review lists. Folded from clear parts alone, so it needs no key.
//!
//! Not a view that is served from every day: it is folded up to the moment that is asked about.

use std::collections::BTreeMap;

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::record::{Actor, Envelope};
use rollbook_schema::value::{AccessProfile, LicenseType, ProxyGrant, ProxyScope, Timestamp};
use rollbook_schema::{Position, RoleId, TeamId, UserId};

use crate::id_table::IdTable;

/// Who gave a right, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Granted {
    /// Who really did it.
    pub actor: Actor,
    /// As whom, where they acted as somebody else.
    pub on_behalf_of: Option<UserId>,
    /// By which event.
    pub position: Position,
    /// When it was recorded.
    pub at: Timestamp,
}

/// A right that somebody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right<'a> {
    /// Administrative capabilities beyond those of everybody.
    AccessProfile(AccessProfile),
    /// Held even while the user is disabled, when it takes no seat.
    License(LicenseType),
    /// A role.
    Role(RoleId),
    /// Membership.
    Team(TeamId),
    /// As whom the user may act, whose access profile permits to; where it was never changed, as everybody.
    Proxy(&'a ProxyGrant),
}

/// A right, whose it is, and who gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding<'a> {
    /// Who holds it.
    pub user: UserId,
    /// False while the user is disabled: nothing can be done with it then.
    pub active: bool,
    /// What.
    pub right: Right<'a>,
    /// By whom.
    pub granted: Granted,
}

/// Where a right stands in the order of a review: the user, the kind of right, and which.
pub type HoldingKey = (UserId, u8, u64);

impl Holding<'_> {
    /// Its place in the review.
    #[must_use]
    pub fn key(&self) -> HoldingKey {
        let (kind, which) = match self.right {
            Right::AccessProfile(_) => (0, 0),
            Right::License(_) => (1, 0),
            Right::Role(role) => (2, role.0),
            Right::Team(team) => (3, team.0),
            Right::Proxy(_) => (4, 0),
        };
        (self.user, kind, which)
    }
}

/// Everybody's rights. Deleted users hold none.
#[derive(Clone)]
pub struct AccessReview {
    users: IdTable<Rights>,
    permits_proxy: fn(AccessProfile) -> bool,
}

/// As everybody (PXY-13).
static DEFAULT_GRANT: ProxyGrant =
    ProxyGrant { scope: ProxyScope::All, users: Vec::new(), teams: Vec::new() };

#[derive(Clone)]
struct Rights {
    active: bool,
    profile: (AccessProfile, Granted),
    license: Option<(LicenseType, Granted)>,
    roles: BTreeMap<RoleId, Granted>,
    teams: BTreeMap<TeamId, Granted>,
    proxy: Option<(ProxyGrant, Granted)>,
}

impl AccessReview {
    /// Nobody's rights yet. `permits_proxy` says which access profiles permit to act as somebody else.
    #[must_use]
    pub fn new(permits_proxy: fn(AccessProfile) -> bool) -> AccessReview {
        AccessReview { users: IdTable::default(), permits_proxy }
    }

    /// Every right, by user and in the order of [`Right`].
    pub fn iter(&self) -> impl Iterator<Item = Holding<'_>> {
        self.users.iter().flat_map(|(user, _)| self.of(UserId(user)))
    }

    /// Those that come behind one in this order; of none, all.
    pub fn behind(&self, key: Option<HoldingKey>) -> impl Iterator<Item = Holding<'_>> {
        let from = key.map_or(UserId(0), |key| key.0);
        let all = self.users.starting_at(from.0).flat_map(|(user, _)| self.of(UserId(user)));
        all.skip_while(move |holding| key.is_some_and(|key| holding.key() <= key))
    }

    /// The rights of one user.
    pub fn of(&self, user: UserId) -> impl Iterator<Item = Holding<'_>> {
        self.users.get(user.0).into_iter().flat_map(move |rights| {
            let holding = move |right, granted| Holding { user, active: rights.active, right, granted };
            let (profile, profile_granted) = rights.profile;
            let gives = !matches!(profile, AccessProfile::Standard | AccessProfile::DeletedUser);
            let profile = gives.then(|| holding(Right::AccessProfile(profile), profile_granted));
            let license = rights.license.map(|(license, by)| holding(Right::License(license), by));
            let roles = rights.roles.iter().map(move |(role, by)| holding(Right::Role(*role), *by));
            let teams = rights.teams.iter().map(move |(team, by)| holding(Right::Team(*team), *by));
            let (grant, by) =
                rights.proxy.as_ref().map_or((&DEFAULT_GRANT, profile_granted), |own| (&own.0, own.1));
            let proxy = (self.permits_proxy)(rights.profile.0).then(|| holding(Right::Proxy(grant), by));
            profile.into_iter().chain(license).chain(roles).chain(teams).chain(proxy)
        })
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        let by = granted(&recorded.envelope);
        match &recorded.event {
            Event::UserCreated(e) => {
                self.users.place(e.user.0).get_or_insert_with(|| Rights::new(e.access_profile, by));
            }
            Event::UserDeleted(e) => self.users.remove(e.user.0),
            Event::AccessProfileAssigned(e) => self.change(e.user, |rights| rights.profile = (e.to, by)),
            Event::UserDisabled(e) => self.change(e.user, |rights| rights.active = false),
            Event::UserEnabled(e) => self.change(e.user, |rights| {
                rights.active = true;
                let held = rights.license.filter(|(license, _)| Some(*license) == e.seat_taken);
                rights.license = held.or(e.seat_taken.map(|license| (license, by)));
            }),
            Event::LicenseGranted(e) => self.change(e.user, |rights| rights.license = Some((e.license, by))),
            Event::LicenseRevoked(e) => self.change(e.user, |rights| rights.license = None),
            Event::RoleAssigned(e) => self.change(e.user, |rights| {
                rights.roles.entry(e.role).or_insert(by);
            }),
            Event::RoleUnassigned(e) => self.change(e.user, |rights| _ = rights.roles.remove(&e.role)),
            Event::TeamMemberAdded(e) => self.change(e.user, |rights| {
                rights.teams.entry(e.team).or_insert(by);
            }),
            Event::TeamMemberRemoved(e) => self.change(e.user, |rights| _ = rights.teams.remove(&e.team)),
            Event::ProxyGrantChanged(e) => self.change(e.user, |rights| {
                let changed = e.to != ProxyGrant::default();
                rights.proxy = changed.then(|| (e.to.clone(), by));
            }),
            _ => {}
        }
    }

    fn change(&mut self, user: UserId, change: impl FnOnce(&mut Rights)) {
        if self.users.get(user.0).is_some()
            && let Some(rights) = self.users.place(user.0)
        {
            change(rights);
        }
    }
}

impl Rights {
    fn new(profile: AccessProfile, by: Granted) -> Rights {
        Rights {
            active: true,
            profile: (profile, by),
            license: None,
            roles: BTreeMap::new(),
            teams: BTreeMap::new(),
            proxy: None,
        }
    }
}

fn granted(envelope: &Envelope) -> Granted {
    Granted {
        actor: envelope.actor,
        on_behalf_of: envelope.on_behalf_of.filter(|user| *user != envelope.actor.id),
        position: envelope.position,
        at: envelope.recorded_at,
    }
}
