//! Which dashboards there are, and which roles give them.

use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

use rollbook_schema::{DashboardId, Event, RoleId};
use serde::{Deserialize, Serialize};

use super::digest::hash_sorted;

/// Dashboards that were not deleted, by the key of their name where it is known.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Dashboards {
    keys: BTreeMap<DashboardId, Box<str>>,
    names: HashMap<Box<str>, DashboardId>,
    of_roles: BTreeMap<RoleId, DashboardId>,
    last: DashboardId,
}

impl Dashboards {
    /// True for dashboards that can be chosen; the system's always can.
    #[must_use]
    pub fn exists(&self, id: DashboardId) -> bool {
        id == DashboardId::SYSTEM || self.keys.contains_key(&id)
    }

    /// The dashboard with a name, given by its `key()`.
    #[must_use]
    pub fn named(&self, key: &str) -> Option<DashboardId> {
        self.names.get(key).copied()
    }

    /// What a role gives.
    #[must_use]
    pub fn of_role(&self, role: RoleId) -> Option<DashboardId> {
        self.of_roles.get(&role).copied()
    }

    /// The id that the next dashboard will get.
    #[must_use]
    pub fn next_id(&self) -> DashboardId {
        DashboardId(self.last.0 + 1)
    }

    pub(super) fn fold(&mut self, event: &Event) {
        match event {
            Event::DashboardDefined(e) => {
                let key = e.name.known().map(|name| name.key().into_boxed_str()).unwrap_or_default();
                if !key.is_empty() {
                    self.names.insert(key.clone(), e.dashboard);
                }
                self.keys.insert(e.dashboard, key);
                self.last = self.last.max(e.dashboard);
            }
            Event::DashboardDeleted(e) => {
                if let Some(key) = self.keys.remove(&e.dashboard) {
                    self.names.remove(&key);
                }
            }
            Event::RoleDashboardSet(e) => {
                match e.to {
                    Some(dashboard) => self.of_roles.insert(e.role, dashboard),
                    None => self.of_roles.remove(&e.role),
                };
            }
            Event::RoleDeleted(e) => drop(self.of_roles.remove(&e.role)),
            _ => {}
        }
    }
}

impl Hash for Dashboards {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Dashboards { keys, names, of_roles, last } = self;
        (keys, of_roles, last).hash(state);
        hash_sorted(names, state);
    }
}
