//! Who runs which applications in which roles, and with which of them a session begins: a part of
//! decision models and of views, each with one of its own.
//!
//! A role that is taken from a user leaves all applications with it, so no pair ever names a role that
//! is not held; an application is never left while somebody runs it, so none names one that is gone.

use std::collections::BTreeMap;

use rollbook_schema::event::Event;
use rollbook_schema::value::Preference;
use rollbook_schema::{ApplicationId, RoleId, UserId};
use serde::{Deserialize, Serialize};

/// One application, and the roles that somebody may assume in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pair {
    /// Which.
    pub application: ApplicationId,
    /// In the order of the roles' creation; never none.
    pub roles: Vec<RoleId>,
}

/// The pairs of all users (ROL-08), and what they want to begin with (PRF-17, PRF-18).
#[derive(Clone, Debug, Default, Hash, Serialize, Deserialize)]
pub struct ApplicationAccess {
    pairs: BTreeMap<UserId, Vec<Pair>>,
    initial: BTreeMap<UserId, Initial>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Initial {
    application: Option<ApplicationId>,
    role: Option<RoleId>,
}

impl ApplicationAccess {
    /// The applications that a user may run, in the order of their creation; no session runs with more.
    #[must_use]
    pub fn of(&self, user: UserId) -> &[Pair] {
        self.pairs.get(&user).map(Vec::as_slice).unwrap_or_default()
    }

    /// The roles that a user may assume in an application; none if the user may not run it.
    #[must_use]
    pub fn roles(&self, user: UserId, application: ApplicationId) -> &[RoleId] {
        roles_in(self.of(user), application)
    }

    /// Everybody who runs an application, with their pairs.
    pub fn iter(&self) -> impl Iterator<Item = (UserId, &[Pair])> {
        self.pairs.iter().map(|(user, pairs)| (*user, pairs.as_slice()))
    }

    /// What a session that begins now would run with.
    #[must_use]
    pub fn opening(&self, user: UserId) -> AssumedRoles {
        let pairs = self.of(user).to_vec();
        let initial = self.initial.get(&user).copied().unwrap_or_default();
        let begins_with = initial.application.zip(initial.role);
        let begins_with = begins_with.filter(|(application, role)| {
            // A choice that is no longer one is passed over.
            roles_in(&pairs, *application).contains(role)
        });
        AssumedRoles { pairs, begins_with, chosen: BTreeMap::new() }
    }

    /// The application that is seen first after signing in: the one that was chosen if the user may run
    /// it, else the first by creation (PRF-17).
    #[must_use]
    pub fn initial_application(&self, user: UserId) -> Option<ApplicationId> {
        let chosen = self.initial.get(&user).and_then(|initial| initial.application);
        let chosen = chosen.filter(|application| !self.roles(user, *application).is_empty());
        chosen.or_else(|| self.of(user).first().map(|pair| pair.application))
    }

    /// Folds one event.
    pub fn fold(&mut self, event: &Event) {
        match event {
            Event::ApplicationAccessGranted(e) => self.put(e.user, e.application, &e.to),
            Event::ApplicationAccessRevoked(e) => self.put(e.user, e.application, &[]),
            Event::RoleUnassigned(e) => self.without(e.user, e.role),
            Event::PreferencesChanged(e) => {
                for change in &e.changes {
                    self.begin_with(e.user, &change.to);
                }
            }
            Event::UserDeleted(e) => {
                self.pairs.remove(&e.user);
                self.initial.remove(&e.user);
            }
            _ => {}
        }
    }

    fn put(&mut self, user: UserId, application: ApplicationId, roles: &[RoleId]) {
        let pairs = self.pairs.entry(user).or_default();
        pairs.retain(|pair| pair.application != application);
        if !roles.is_empty() {
            let place = pairs.partition_point(|pair| pair.application < application);
            pairs.insert(place, Pair { application, roles: roles.to_vec() });
        }
        self.drop_empty(user);
    }

    fn without(&mut self, user: UserId, role: RoleId) {
        let Some(pairs) = self.pairs.get_mut(&user) else { return };
        pairs.iter_mut().for_each(|pair| pair.roles.retain(|held| *held != role));
        pairs.retain(|pair| !pair.roles.is_empty());
        self.drop_empty(user);
    }

    fn drop_empty(&mut self, user: UserId) {
        if self.of(user).is_empty() {
            self.pairs.remove(&user);
        }
    }

    fn begin_with(&mut self, user: UserId, preference: &Preference) {
        let initial = self.initial.entry(user).or_default();
        match preference {
            Preference::InitialApplication(application) => initial.application = *application,
            Preference::InitialRole(role) => initial.role = *role,
            _ => {}
        }
        if *initial == Initial::default() {
            self.initial.remove(&user);
        }
    }
}

/// The roles that one session may assume, as they were when it began (ROL-12), and which are in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AssumedRoles {
    /// In the order of the applications' creation.
    pub pairs: Vec<Pair>,
    begins_with: Option<(ApplicationId, RoleId)>,
    chosen: BTreeMap<ApplicationId, RoleId>,
}

impl AssumedRoles {
    /// The roles that may be assumed in an application.
    #[must_use]
    pub fn roles(&self, application: ApplicationId) -> &[RoleId] {
        roles_in(&self.pairs, application)
    }

    /// The one role that is in force in an application, where one is at a time: the one that was chosen
    /// in the session, else the initial one, else the first by creation. `None` for an application that
    /// cannot be run.
    #[must_use]
    pub fn in_force(&self, application: ApplicationId) -> Option<RoleId> {
        let begins_with = self.begins_with.filter(|(of, _)| *of == application).map(|(_, role)| role);
        let chosen = self.chosen.get(&application).copied().or(begins_with);
        chosen.or_else(|| self.roles(application).first().copied())
    }

    /// What differs from the first role, in order: for digests.
    pub fn choices(&self) -> impl Iterator<Item = (ApplicationId, RoleId)> {
        self.begins_with
            .into_iter()
            .chain(self.chosen.iter().map(|(application, role)| (*application, *role)))
    }

    /// Another role is in force from here on.
    pub fn choose(&mut self, application: ApplicationId, role: RoleId) {
        self.chosen.insert(application, role);
    }
}

fn roles_in(pairs: &[Pair], application: ApplicationId) -> &[RoleId] {
    let pair = pairs.iter().find(|pair| pair.application == application);
    pair.map(|pair| pair.roles.as_slice()).unwrap_or_default()
}
