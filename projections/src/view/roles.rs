//! The role catalogue: which roles exist, what they open, and how many people have them.

use std::collections::BTreeMap;

use roaring::RoaringTreemap;
use rollbook_schema::RoleId;
use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::{RoleName, Surface, UserKind};
use serde::{Deserialize, Serialize};

use super::canon::Canon;
use super::fold_text::fold_text;

/// A role as it is listed.
#[derive(Clone, Serialize, Deserialize)]
pub struct RoleRow {
    /// Numbers follow the order of creation (ROL-17).
    pub id: RoleId,
    /// `None` once erased.
    pub name: Option<RoleName>,
    /// Whom it is for (ROL-03).
    pub kind: UserKind,
    /// What it gives access to (ROL-01), as defined.
    pub surfaces: Box<[Surface]>,
    /// Gone; still here so that history can name it.
    pub deleted: bool,
    holders: RoaringTreemap,
}

impl RoleRow {
    /// Users that have the role; deleted users have none.
    #[must_use]
    pub fn holders(&self) -> u64 {
        self.holders.len()
    }
}

/// Every role that ever was, by id.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct RoleCatalogue {
    roles: BTreeMap<RoleId, RoleRow>,
    /// Folded names of the roles that are not deleted.
    names: BTreeMap<String, RoleId>,
}

impl RoleCatalogue {
    /// One role, deleted ones included.
    #[must_use]
    pub fn get(&self, role: RoleId) -> Option<&RoleRow> {
        self.roles.get(&role)
    }

    /// The role of that name, compared without case; deleted ones are not found.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<&RoleRow> {
        self.names.get(&fold_text(name)).and_then(|role| self.get(*role))
    }

    /// Every role in the order of creation, deleted ones included.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &RoleRow> {
        self.roles.values()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::RoleDefined(e) => self.define(RoleRow {
                id: e.role,
                name: e.name.known().cloned(),
                kind: e.kind,
                surfaces: e.surfaces.as_slice().into(),
                deleted: false,
                holders: RoaringTreemap::new(),
            }),
            Event::RoleDeleted(e) => self.delete(e.role),
            Event::RoleAssigned(e) => {
                if let Some(role) = self.roles.get_mut(&e.role) {
                    role.holders.insert(e.user.0);
                }
            }
            Event::RoleUnassigned(e) => {
                if let Some(role) = self.roles.get_mut(&e.role) {
                    role.holders.remove(e.user.0);
                }
            }
            Event::UserDeleted(e) => {
                for role in self.roles.values_mut() {
                    role.holders.remove(e.user.0);
                }
            }
            _ => {}
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("roles");
        for role in self.roles.values() {
            canon.number(role.id.0);
            canon.maybe(role.name.as_ref(), |canon, name| canon.bytes(name.as_str().as_bytes()));
            canon.number(role.kind as u64);
            canon.number(role.surfaces.len() as u64);
            role.surfaces.iter().for_each(|surface| canon.number(*surface as u64));
            canon.flag(role.deleted);
            canon.ids(&role.holders);
        }
        canon.number(self.names.len() as u64);
        for (name, role) in &self.names {
            canon.bytes(name.as_bytes());
            canon.number(role.0);
        }
        canon.finish()
    }

    fn define(&mut self, role: RoleRow) {
        if let Some(name) = &role.name {
            self.names.insert(name.key(), role.id);
        }
        self.roles.insert(role.id, role);
    }

    fn delete(&mut self, id: RoleId) {
        let Some(role) = self.roles.get_mut(&id) else { return };
        role.deleted = true;
        role.holders.clear();
        if let Some(name) = &role.name
            && self.names.get(&name.key()) == Some(&id)
        {
            self.names.remove(&name.key());
        }
    }
}
