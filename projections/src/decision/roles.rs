//! Which roles there are, and how many users hold each.

use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

use rollbook_schema::value::{RoleName, UserKind};
use rollbook_schema::{Personal, RoleId};
use serde::{Deserialize, Serialize};

use super::digest::hash_sorted;

/// One role.
#[derive(Clone, Debug, Hash, Serialize, Deserialize)]
pub struct Role {
    /// Whom it is for (ROL-03).
    pub kind: UserKind,
    /// How many users hold it who are not deleted.
    pub holders: u64,
}

/// All roles that were not deleted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Roles {
    roles: BTreeMap<RoleId, Role>,
    names: HashMap<Box<str>, RoleId>,
    last: RoleId,
}

impl Roles {
    /// A role.
    #[must_use]
    pub fn get(&self, id: RoleId) -> Option<&Role> {
        self.roles.get(&id)
    }

    /// The role with a name, given by its `key()`.
    #[must_use]
    pub fn named(&self, key: &str) -> Option<RoleId> {
        self.names.get(key).copied()
    }

    /// The id that the next role will get: the order of creation (ROL-17).
    #[must_use]
    pub fn next_id(&self) -> RoleId {
        RoleId(self.last.0 + 1)
    }

    pub(super) fn define(&mut self, id: RoleId, kind: UserKind, name: &Personal<RoleName>) {
        self.roles.insert(id, Role { kind, holders: 0 });
        self.last = self.last.max(id);
        if let Some(name) = name.known() {
            self.names.insert(name.key().into_boxed_str(), id);
        }
    }

    /// Roles are deleted rarely and are few, so the name is looked for.
    pub(super) fn delete(&mut self, id: RoleId) {
        self.roles.remove(&id);
        self.names.retain(|_, named| *named != id);
    }

    pub(super) fn count(&mut self, id: RoleId, before: bool, after: bool) {
        if let Some(role) = self.roles.get_mut(&id) {
            role.holders = (role.holders + u64::from(after)).saturating_sub(u64::from(before));
        }
    }
}

impl Hash for Roles {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Roles { roles, names, last } = self;
        (roles, last).hash(state);
        hash_sorted(names, state);
    }
}
