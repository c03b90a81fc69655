//! Custom attributes, the values of users, and who has which value.

use std::collections::BTreeMap;

use roaring::RoaringTreemap;
use rollbook_schema::event::RecordedEvent;
use rollbook_schema::value::AttributeValue;
use rollbook_schema::{AttributeId, Event};
use serde::{Deserialize, Serialize};

use super::canon::Canon;
use super::user_set::UserSet;
use crate::attributes::{AttributeTable, ValueChange};

/// Attributes with an index of their values.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Attributes {
    table: AttributeTable,
    holders: BTreeMap<(AttributeId, AttributeValue), RoaringTreemap>,
}

impl Attributes {
    /// The attributes, and the values by user.
    #[must_use]
    pub fn table(&self) -> &AttributeTable {
        &self.table
    }

    /// True where no attribute was ever defined.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table.iter().next().is_none()
    }

    /// Who has exactly this value.
    #[must_use]
    pub fn holders(&self, attribute: AttributeId, value: &AttributeValue) -> UserSet {
        self.holders.get(&(attribute, value.clone())).cloned().unwrap_or_default().into()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        for ValueChange { user, attribute, from, to } in self.table.fold(&recorded.event) {
            if let Some(from) = from {
                self.remove((attribute, from), user.0);
            }
            if let Some(to) = to {
                self.holders.entry((attribute, to)).or_default().insert(user.0);
            }
        }
        if let Event::AttributeRetired(e) = &recorded.event {
            self.holders.retain(|(attribute, _), _| *attribute != e.attribute);
        }
    }

    fn remove(&mut self, value: (AttributeId, AttributeValue), user: u64) {
        if let Some(holders) = self.holders.get_mut(&value) {
            holders.remove(user);
            if holders.is_empty() {
                self.holders.remove(&value);
            }
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("attributes");
        for (id, attribute) in self.table.iter() {
            canon.number(id.0);
            canon.number(attribute.value_type as u64);
            canon.number(attribute.kinds.len() as u64);
            attribute.kinds.iter().for_each(|kind| canon.number(*kind as u64));
            canon.flag(attribute.personal);
            canon.flag(attribute.required);
            canon.flag(attribute.retired);
            canon.maybe(attribute.key.as_ref(), |canon, key| canon.bytes(key.as_str().as_bytes()));
            canon.maybe(attribute.label.as_ref(), |canon, label| canon.bytes(label.as_str().as_bytes()));
            canon.number(attribute.choices.len() as u64);
            for (number, choice) in &attribute.choices {
                canon.number(u64::from(number.0));
                canon.maybe(choice.name.as_ref(), |canon, name| canon.bytes(name.as_str().as_bytes()));
                canon.flag(choice.retired);
            }
        }
        for user in self.table.users() {
            canon.number(user.0);
            for (attribute, value) in self.table.values(user) {
                canon.number(attribute.0);
                write(value, &mut canon);
            }
        }
        for ((attribute, value), holders) in &self.holders {
            canon.number(attribute.0);
            write(value, &mut canon);
            canon.ids(holders);
        }
        canon.finish()
    }
}

fn write(value: &AttributeValue, canon: &mut Canon) {
    let of = match value {
        AttributeValue::Text(_) => 0,
        AttributeValue::Number(_) => 1,
        AttributeValue::Boolean(_) => 2,
        AttributeValue::Date(_) => 3,
        AttributeValue::Choice(_) => 4,
    };
    canon.number(of);
    let shown = value.shown(|number| Some(number.0.to_string()));
    canon.bytes(shown.unwrap_or_default().as_bytes());
}
