//! What each session was opened with beside roles: applications and business units. Beside
//! [`super::Sessions`], and a part of it.
//!
//! Both change with the next sign-in only (ROL-12, TEA-05), so a session keeps what its user had when it
//! was opened; which role is in force in an application belongs to the session alone (SES-05).

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::event::Event;
use rollbook_schema::{ApplicationId, BusinessUnitId, SessionId, UserId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;
use super::membership::Membership;
use super::user_set::UserSet;
use crate::application_access::{ApplicationAccess, AssumedRoles, Pair};

/// What a session was opened with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRights {
    /// The roles that it may assume, and those in force.
    pub roles: AssumedRoles,
    /// The business units of its user at that moment, in order.
    pub business_units: Box<[BusinessUnitId]>,
}

/// Of all sessions that run.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct RightsBySession {
    pub(super) access: ApplicationAccess,
    units: Membership<BusinessUnitId>,
    /// `None` for the many that were opened with nothing of this.
    by_session: BTreeMap<(UserId, SessionId), Option<Box<SessionRights>>>,
    /// Users with a session whose business units are not those of now.
    moved: BTreeSet<UserId>,
}

impl RightsBySession {
    pub(super) fn of(&self, user: UserId, session: SessionId) -> Option<&SessionRights> {
        self.by_session.get(&(user, session))?.as_deref()
    }

    /// True if a session of the user runs with other applications or business units than now.
    pub(super) fn is_pending(&self, user: UserId) -> bool {
        let now = self.access.of(user);
        let pairs = |rights: Option<&SessionRights>| rights.is_some_and(|rights| rights.roles.pairs == *now);
        let is_of_now =
            |rights: Option<&SessionRights>| pairs(rights) || (rights.is_none() && now.is_empty());
        self.moved.contains(&user) || self.sessions_of(user).any(|rights| !is_of_now(rights))
    }

    /// Who belongs to a business unit as far as it is in force: those who have sessions, by what these
    /// were opened with.
    pub(super) fn in_force(&self, unit: BusinessUnitId) -> UserSet {
        let mut members = self.units.members(unit).cloned().unwrap_or_default();
        for user in &self.moved {
            if self.sessions_of(*user).flatten().any(|rights| rights.business_units.contains(&unit)) {
                members.insert(user.0);
            } else {
                members.remove(user.0);
            }
        }
        members.into()
    }

    pub(super) fn open(&mut self, user: UserId, session: SessionId) {
        let rights =
            SessionRights { roles: self.access.opening(user), business_units: self.units.of(user).into() };
        let rights = (rights != SessionRights::default()).then(|| Box::new(rights));
        // A session with the units of now moves nobody, and one more of other units changes nothing.
        self.by_session.insert((user, session), rights);
    }

    pub(super) fn close(&mut self, user: UserId, session: SessionId) {
        // Closing can only bring back who is moved.
        if self.by_session.remove(&(user, session)).is_some() && self.moved.contains(&user) {
            self.compare(user);
        }
    }

    pub(super) fn fold(&mut self, event: &Event) {
        self.access.fold(event);
        match event {
            Event::AddedToBusinessUnit(e) => {
                self.units.add(e.user, e.business_unit);
                self.compare(e.user);
            }
            Event::RemovedFromBusinessUnit(e) => {
                self.units.remove(e.user, e.business_unit);
                self.compare(e.user);
            }
            Event::UserDeleted(e) => {
                self.units.remove_all(e.user);
                self.compare(e.user);
            }
            Event::ActiveRoleChosen(e) => {
                if let Some(Some(rights)) = self.by_session.get_mut(&(e.user, e.session)) {
                    rights.roles.choose(e.application, e.to);
                }
            }
            _ => {}
        }
    }

    /// True where there is nothing that another view does not tell.
    pub(super) fn is_empty(&self) -> bool {
        self.access.iter().next().is_none() && self.told().next().is_none()
    }

    pub(super) fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("sessionRights");
        canon.number(self.access.iter().count() as u64);
        for (user, pairs) in self.access.iter() {
            canon.number(user.0);
            write_pairs(&mut canon, pairs);
        }
        canon.number(self.told().count() as u64);
        for ((user, session), rights) in self.told() {
            canon.number(user.0);
            canon.bytes(&session.0);
            write_pairs(&mut canon, &rights.roles.pairs);
            let choices: Vec<(ApplicationId, _)> = rights.roles.choices().collect();
            canon.number(choices.len() as u64);
            for (application, role) in choices {
                canon.number(application.0);
                canon.number(role.0);
            }
            canon.number(rights.business_units.len() as u64);
            rights.business_units.iter().for_each(|unit| canon.number(unit.0));
        }
        canon.finish()
    }

    fn told(&self) -> impl Iterator<Item = (&(UserId, SessionId), &SessionRights)> {
        self.by_session.iter().filter_map(|(key, rights)| Some((key, rights.as_deref()?)))
    }

    fn sessions_of(&self, user: UserId) -> impl Iterator<Item = Option<&SessionRights>> {
        let of_user = (user, SessionId([0; 16]))..=(user, SessionId([0xFF; 16]));
        self.by_session.range(of_user).map(|(_, rights)| rights.as_deref())
    }

    fn compare(&mut self, user: UserId) {
        let now = self.units.of(user);
        let units =
            |rights: Option<&SessionRights>| rights.is_none_or(|rights| *rights.business_units == *now);
        let is_of_now =
            |rights: Option<&SessionRights>| units(rights) && (rights.is_some() || now.is_empty());
        if self.sessions_of(user).any(|rights| !is_of_now(rights)) {
            self.moved.insert(user);
        } else {
            self.moved.remove(&user);
        }
    }
}

fn write_pairs(canon: &mut Canon, pairs: &[Pair]) {
    canon.number(pairs.len() as u64);
    for pair in pairs {
        canon.number(pair.application.0);
        canon.number(pair.roles.len() as u64);
        pair.roles.iter().for_each(|role| canon.number(role.0));
    }
}
