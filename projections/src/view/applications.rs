//! Applications, which roles may be assumed in them, and what several roles amount to.

use std::collections::BTreeMap;

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::{ApplicationName, RolePolicy};
use rollbook_schema::{ApplicationId, RoleId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// An application as it is listed.
#[derive(Clone, Serialize, Deserialize)]
pub struct ApplicationRow {
    /// In the order of creation.
    pub id: ApplicationId,
    /// `None` once erased.
    pub name: Option<ApplicationName>,
    /// Which roles may be assumed in it, in the order of the roles' creation.
    pub roles: Vec<RoleId>,
    /// What several roles amount to; `None`: as the tenant chose for all.
    pub policy: Option<RolePolicy>,
    /// Gone; still here so that history can name it.
    pub deleted: bool,
}

/// Every application that ever was.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Applications {
    rows: BTreeMap<ApplicationId, ApplicationRow>,
}

impl Applications {
    /// One application, deleted ones included.
    #[must_use]
    pub fn get(&self, id: ApplicationId) -> Option<&ApplicationRow> {
        self.rows.get(&id)
    }

    /// One application that is there.
    #[must_use]
    pub fn present(&self, id: ApplicationId) -> Option<&ApplicationRow> {
        self.get(id).filter(|row| !row.deleted)
    }

    /// Every application in the order of creation, deleted ones included.
    pub fn iter(&self) -> impl Iterator<Item = &ApplicationRow> {
        self.rows.values()
    }

    /// True if there never was any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::ApplicationDefined(e) => {
                let (id, name) = (e.application, e.name.known().cloned());
                let row =
                    ApplicationRow { id, name, roles: e.roles.clone(), policy: e.policy, deleted: false };
                self.rows.insert(id, row);
            }
            Event::ApplicationChanged(e) => {
                let Some(row) = self.rows.get_mut(&e.application) else { return };
                if e.name != rollbook_schema::Personal::Absent {
                    row.name = e.name.known().map(|name| name.to.clone());
                }
                if let Some(roles) = &e.roles {
                    row.roles.clone_from(&roles.to);
                }
                if let Some(policy) = &e.policy {
                    row.policy = policy.to;
                }
            }
            Event::ApplicationDeleted(e) => {
                if let Some(row) = self.rows.get_mut(&e.application) {
                    row.deleted = true;
                }
            }
            Event::RoleDeleted(e) => {
                self.rows.values_mut().for_each(|row| row.roles.retain(|role| *role != e.role));
            }
            _ => {}
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("applications");
        canon.number(self.rows.len() as u64);
        for row in self.rows.values() {
            canon.number(row.id.0);
            canon.maybe(row.name.as_ref(), |canon, name| canon.bytes(name.as_str().as_bytes()));
            canon.number(row.roles.len() as u64);
            row.roles.iter().for_each(|role| canon.number(role.0));
            canon.maybe(row.policy, |canon, policy| canon.number(policy as u64));
            canon.flag(row.deleted);
        }
        canon.finish()
    }
}
