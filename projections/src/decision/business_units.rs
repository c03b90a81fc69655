//! Which business units there are, and who belongs to them.

use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

use rollbook_schema::value::BusinessUnitName;
use rollbook_schema::{BusinessUnitId, UserId};
use serde::{Deserialize, Serialize};

use super::digest::hash_sorted;
use super::membership::Membership;

/// All business units that were not deleted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct BusinessUnits {
    /// `None` for a name that was erased.
    units: BTreeMap<BusinessUnitId, Option<BusinessUnitName>>,
    names: HashMap<Box<str>, BusinessUnitId>,
    membership: Membership<BusinessUnitId>,
    last: BusinessUnitId,
}

impl BusinessUnits {
    /// True if there is such a business unit.
    #[must_use]
    pub fn exists(&self, id: BusinessUnitId) -> bool {
        self.units.contains_key(&id)
    }

    /// Its name; `None` where there is none, or once it was erased.
    #[must_use]
    pub fn name(&self, id: BusinessUnitId) -> Option<&BusinessUnitName> {
        self.units.get(&id)?.as_ref()
    }

    /// The business unit with a name, given by its `key()`.
    #[must_use]
    pub fn named(&self, key: &str) -> Option<BusinessUnitId> {
        self.names.get(key).copied()
    }

    /// The id that the next business unit will get.
    #[must_use]
    pub fn next_id(&self) -> BusinessUnitId {
        BusinessUnitId(self.last.0 + 1)
    }

    /// The business units that a user belongs to, in order.
    #[must_use]
    pub fn of(&self, user: UserId) -> &[BusinessUnitId] {
        self.membership.of(user)
    }

    /// How many users belong to one.
    #[must_use]
    pub fn members(&self, id: BusinessUnitId) -> u64 {
        self.membership.members(id)
    }

    pub(super) fn create(&mut self, id: BusinessUnitId, name: Option<&BusinessUnitName>) {
        self.last = self.last.max(id);
        self.units.insert(id, None);
        self.rename(id, name);
    }

    pub(super) fn rename(&mut self, id: BusinessUnitId, name: Option<&BusinessUnitName>) {
        let Some(unit) = self.units.get_mut(&id) else { return };
        if let Some(before) = std::mem::replace(unit, name.cloned()) {
            self.names.remove(before.key().as_str());
        }
        if let Some(name) = name {
            self.names.insert(name.key().into_boxed_str(), id);
        }
    }

    pub(super) fn delete(&mut self, id: BusinessUnitId) {
        self.rename(id, None);
        self.units.remove(&id);
    }

    pub(super) fn add(&mut self, user: UserId, unit: BusinessUnitId) {
        self.membership.add(user, unit);
    }

    pub(super) fn remove(&mut self, user: UserId, unit: BusinessUnitId) {
        self.membership.remove(user, unit);
    }

    pub(super) fn forget(&mut self, user: UserId) {
        self.membership.remove_all(user);
    }
}

impl Hash for BusinessUnits {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let BusinessUnits { units, names, membership, last } = self;
        (units, membership, last).hash(state);
        hash_sorted(names, state);
    }
}
