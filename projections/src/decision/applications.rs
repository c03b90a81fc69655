//! Which applications there are, what they offer, and how many users assume which role in them.

use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

use rollbook_schema::value::{ApplicationName, RolePolicy};
use rollbook_schema::{ApplicationId, Event, RoleId};
use serde::{Deserialize, Serialize};

use super::digest::hash_sorted;
use crate::application_access::ApplicationAccess;

/// One application.
#[derive(Clone, Debug, Hash, Serialize, Deserialize)]
pub struct Application {
    /// `None` for a name that was erased.
    pub name: Option<ApplicationName>,
    /// Which roles may be assumed in it, in order.
    pub roles: Vec<RoleId>,
    /// What several roles amount to; `None`: as the tenant chose for all.
    pub policy: Option<RolePolicy>,
}

/// All applications that were not deleted, and who runs them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Applications {
    applications: BTreeMap<ApplicationId, Application>,
    names: HashMap<Box<str>, ApplicationId>,
    /// Who runs them.
    pub access: ApplicationAccess,
    /// Users by application and role that they may assume; none is 0.
    runners: BTreeMap<(ApplicationId, RoleId), u64>,
    last: ApplicationId,
}

impl Applications {
    /// An application.
    #[must_use]
    pub fn get(&self, id: ApplicationId) -> Option<&Application> {
        self.applications.get(&id)
    }

    /// The application with a name, given by its `key()`.
    #[must_use]
    pub fn named(&self, key: &str) -> Option<ApplicationId> {
        self.names.get(key).copied()
    }

    /// The id that the next application will get.
    #[must_use]
    pub fn next_id(&self) -> ApplicationId {
        ApplicationId(self.last.0 + 1)
    }

    /// True if somebody may assume the role in the application.
    #[must_use]
    pub fn is_assumed(&self, application: ApplicationId, role: RoleId) -> bool {
        self.runners.contains_key(&(application, role))
    }

    /// True if somebody may run the application.
    #[must_use]
    pub fn is_run(&self, application: ApplicationId) -> bool {
        let of_application = (application, RoleId(0))..=(application, RoleId(u64::MAX));
        self.runners.range(of_application).next().is_some()
    }

    pub(super) fn fold(&mut self, event: &Event) {
        match event {
            Event::ApplicationDefined(e) => {
                self.last = self.last.max(e.application);
                let (roles, policy) = (e.roles.clone(), e.policy);
                self.applications.insert(e.application, Application { name: None, roles, policy });
                self.rename(e.application, e.name.known());
            }
            Event::ApplicationChanged(e) => {
                if let Some(name) = e.name.known() {
                    self.rename(e.application, Some(&name.to));
                }
                let Some(application) = self.applications.get_mut(&e.application) else { return };
                if let Some(roles) = &e.roles {
                    application.roles.clone_from(&roles.to);
                }
                if let Some(policy) = &e.policy {
                    application.policy = policy.to;
                }
            }
            Event::ApplicationDeleted(e) => {
                self.rename(e.application, None);
                self.applications.remove(&e.application);
            }
            Event::RoleDeleted(e) => {
                let applications = self.applications.values_mut();
                applications.for_each(|application| application.roles.retain(|role| *role != e.role));
            }
            event => self.fold_access(event),
        }
    }

    /// Folds who runs what, and counts again the one user whom the event is about.
    fn fold_access(&mut self, event: &Event) {
        let user = match event {
            Event::ApplicationAccessGranted(e) => e.user,
            Event::ApplicationAccessRevoked(e) => e.user,
            Event::RoleUnassigned(e) => e.user,
            Event::UserDeleted(e) => e.user,
            event => return self.access.fold(event),
        };
        let before = self.access.of(user).to_vec();
        self.access.fold(event);
        if before.is_empty() && self.access.of(user).is_empty() {
            return;
        }
        for pair in before {
            for role in pair.roles {
                let count = self.runners.entry((pair.application, role)).or_default();
                *count = count.saturating_sub(1);
            }
        }
        for pair in self.access.of(user) {
            for role in &pair.roles {
                *self.runners.entry((pair.application, *role)).or_default() += 1;
            }
        }
        self.runners.retain(|_, count| *count > 0);
    }

    fn rename(&mut self, id: ApplicationId, name: Option<&ApplicationName>) {
        let Some(application) = self.applications.get_mut(&id) else { return };
        if let Some(before) = std::mem::replace(&mut application.name, name.cloned()) {
            self.names.remove(before.key().as_str());
        }
        if let Some(name) = name {
            self.names.insert(name.key().into_boxed_str(), id);
        }
    }
}

impl Hash for Applications {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Applications { applications, names, access, runners, last } = self;
        (applications, access, runners, last).hash(state);
        hash_sorted(names, state);
    }
}
