//! Business units, and who belongs to them: what work is routed by (TEA-07).

use std::collections::BTreeMap;

use rollbook_schema::event::{Event, RecordedEvent};
use rollbook_schema::value::BusinessUnitName;
use rollbook_schema::{BusinessUnitId, UserId};
use serde::{Deserialize, Serialize};

use super::canon::Canon;
use super::membership::Membership;
use super::user_set::UserSet;

/// A business unit as it is listed.
#[derive(Clone, Serialize, Deserialize)]
pub struct BusinessUnitRow {
    /// In the order of creation.
    pub id: BusinessUnitId,
    /// `None` once erased.
    pub name: Option<BusinessUnitName>,
    /// Gone; still here so that history can name it.
    pub deleted: bool,
}

/// Every business unit that ever was, and who belongs to those that are.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct BusinessUnits {
    units: BTreeMap<BusinessUnitId, BusinessUnitRow>,
    membership: Membership<BusinessUnitId>,
}

impl BusinessUnits {
    /// One business unit, deleted ones included.
    #[must_use]
    pub fn get(&self, unit: BusinessUnitId) -> Option<&BusinessUnitRow> {
        self.units.get(&unit)
    }

    /// Every business unit in the order of creation, deleted ones included.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &BusinessUnitRow> {
        self.units.values()
    }

    /// The business units that a user belongs to, in the order of their creation.
    #[must_use]
    pub fn of(&self, user: UserId) -> &[BusinessUnitId] {
        self.membership.of(user)
    }

    /// Who belongs to one, disabled users included.
    #[must_use]
    pub fn members(&self, unit: BusinessUnitId) -> UserSet {
        self.membership.members(unit).cloned().unwrap_or_default().into()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        match &recorded.event {
            Event::BusinessUnitCreated(e) => {
                let row =
                    BusinessUnitRow { id: e.business_unit, name: e.name.known().cloned(), deleted: false };
                self.units.insert(e.business_unit, row);
            }
            Event::BusinessUnitRenamed(e) => {
                if let Some(unit) = self.units.get_mut(&e.business_unit) {
                    unit.name = e.name.known().map(|name| name.to.clone());
                }
            }
            Event::BusinessUnitDeleted(e) => {
                if let Some(unit) = self.units.get_mut(&e.business_unit) {
                    unit.deleted = true;
                }
            }
            Event::AddedToBusinessUnit(e) => self.membership.add(e.user, e.business_unit),
            Event::RemovedFromBusinessUnit(e) => self.membership.remove(e.user, e.business_unit),
            Event::UserDeleted(e) => {
                self.membership.remove_all(e.user);
            }
            _ => {}
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("business_units");
        canon.number(self.units.len() as u64);
        for unit in self.units.values() {
            canon.number(unit.id.0);
            canon.maybe(unit.name.as_ref(), |canon, name| canon.bytes(name.as_str().as_bytes()));
            canon.flag(unit.deleted);
        }
        self.membership.write(&mut canon, |unit| unit.0);
        canon.finish()
    }
}
