//! Dashboards, and which roles give them.

use std::collections::BTreeMap;

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::DashboardName;
use rollbook_schema::{DashboardId, RoleId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// A dashboard as it is listed.
#[derive(Clone, Serialize, Deserialize)]
pub struct DashboardRow {
    /// `None` once erased.
    pub name: Option<DashboardName>,
    /// Gone; still here so that who chose it can be told.
    pub deleted: bool,
}

/// Every dashboard that ever was.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Dashboards {
    rows: BTreeMap<DashboardId, DashboardRow>,
    of_roles: BTreeMap<RoleId, DashboardId>,
}

impl Dashboards {
    /// One dashboard, deleted ones included; the system's has no row.
    #[must_use]
    pub fn get(&self, id: DashboardId) -> Option<&DashboardRow> {
        self.rows.get(&id)
    }

    /// True for every dashboard that is or was there.
    #[must_use]
    pub fn is_known(&self, id: DashboardId) -> bool {
        id == DashboardId::SYSTEM || self.rows.contains_key(&id)
    }

    /// True for a dashboard that can be shown; the system's always can.
    #[must_use]
    pub fn is_available(&self, id: DashboardId) -> bool {
        id == DashboardId::SYSTEM || self.get(id).is_some_and(|row| !row.deleted)
    }

    /// Those that can be shown, the system's first, then in the order of creation.
    pub fn present(&self) -> impl Iterator<Item = DashboardId> {
        let defined = self.rows.iter().filter(|(_, row)| !row.deleted).map(|(id, _)| *id);
        std::iter::once(DashboardId::SYSTEM).chain(defined)
    }

    /// What a role gives its holders (PRF-10), there or not.
    #[must_use]
    pub fn of_role(&self, role: RoleId) -> Option<DashboardId> {
        self.of_roles.get(&role).copied()
    }

    /// What is shown to somebody who chose one, or not, and has roles, in any order: the choice if it
    /// is there, else what the first role by creation gives that gives one that is there (PRF-11),
    /// else the system's (PRF-10).
    #[must_use]
    pub fn effective(&self, chosen: Option<DashboardId>, roles: &[RoleId]) -> DashboardId {
        let by_role = || {
            let given = roles.iter().filter_map(|role| Some((*role, self.of_role(*role)?)));
            given.filter(|(_, id)| self.is_available(*id)).min().map(|(_, id)| id)
        };
        chosen.filter(|id| self.is_available(*id)).or_else(by_role).unwrap_or(DashboardId::SYSTEM)
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::DashboardDefined(e) => {
                let row = DashboardRow { name: e.name.known().cloned(), deleted: false };
                self.rows.insert(e.dashboard, row);
            }
            Event::DashboardDeleted(e) => {
                if let Some(row) = self.rows.get_mut(&e.dashboard) {
                    row.deleted = true;
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

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("dashboards");
        canon.number(self.rows.len() as u64);
        for (id, row) in &self.rows {
            canon.number(id.0);
            canon.maybe(row.name.as_ref(), |canon, name| canon.bytes(name.as_str().as_bytes()));
            canon.flag(row.deleted);
        }
        for (role, dashboard) in &self.of_roles {
            canon.number(role.0);
            canon.number(dashboard.0);
        }
        canon.finish()
    }
}
