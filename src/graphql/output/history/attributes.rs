//! Custom attributes in history: by their keys, with old and new value, as far as the reader may see.

use std::collections::BTreeMap;

use rollbook_projections::attributes::{Attribute, AttributeTable};
use rollbook_schema::event::AttributeChange;
use rollbook_schema::value::AttributeValue;
use rollbook_schema::{AttributeId, Event, Personal};

use super::changes::List;
use crate::graphql::id;
use crate::graphql::vocabulary::AttributeType;

/// The field in the API, and what stands before the keys of single attributes.
const ATTRIBUTES: &str = "attributes";

/// The attributes that values in an event belong to.
pub(super) fn spoken_of(event: &Event, table: &AttributeTable) -> BTreeMap<AttributeId, Attribute> {
    let ids: Vec<AttributeId> = match event {
        Event::AttributesSet(e) => e.known().map(|change| change.attribute).collect(),
        Event::AttributeChoiceRetired(e) => vec![e.attribute],
        _ => Vec::new(),
    };
    ids.into_iter().filter_map(|id| Some((id, table.get(id)?.clone()))).collect()
}

impl List<'_> {
    pub(super) fn attributes(&mut self, event: &Event) {
        match event {
            Event::AttributeDefined(e) => {
                let names = e.names.known();
                self.clear("key", None, names.map(|names| names.key.as_str()));
                self.clear("label", None, names.map(|names| names.label.as_str()));
                self.clear("type", None, Some(super::word(AttributeType::from(e.value_type))));
                self.clear("personal", None, Some(e.personal));
                self.clear("required", None, Some(e.required));
                let choices = names.map(|names| names.choices.as_slice()).unwrap_or_default();
                if !choices.is_empty() {
                    let choices: Vec<&str> = choices.iter().map(|name| name.as_str()).collect();
                    self.clear("choices", None, Some(choices.join(", ")));
                }
            }
            Event::AttributeRenamed(e) => {
                let label = e.label.known();
                self.clear(
                    "label",
                    label.map(|label| label.from.as_str()),
                    label.map(|label| label.to.as_str()),
                );
            }
            Event::AttributeChoiceAdded(e) => {
                self.clear("choices", None, e.name.known().map(|name| name.as_str()));
            }
            Event::AttributeChoiceRetired(e) => {
                let attribute = self.sight.attributes.get(&e.attribute);
                let name = attribute.and_then(|attribute| attribute.choice_name(e.choice));
                self.clear("choices", name, None);
            }
            Event::AttributeRetired(_) => self.clear("retired", Some(false), Some(true)),
            Event::AttributesSet(e) => {
                e.changes.iter().for_each(|change| self.attribute(change));
                match &e.sealed {
                    Personal::Known(changes) => changes.iter().for_each(|change| self.attribute(change)),
                    // Which attributes there were is gone with their values.
                    Personal::Erased => self.erased(ATTRIBUTES, None, None),
                    Personal::Absent => {}
                }
            }
            _ => {}
        }
    }

    fn attribute(&mut self, change: &AttributeChange) {
        let attribute = self.sight.attributes.get(&change.attribute);
        let key = attribute.and_then(|attribute| attribute.key.as_ref()).map(|key| key.as_str().to_owned());
        let field = format!("{ATTRIBUTES}.{}", key.unwrap_or_else(|| id::of_attribute(change.attribute).0));
        let shown = |value: &Option<AttributeValue>| attribute?.shown(value.as_ref()?);
        let (from, to) = (shown(&change.from), shown(&change.to));
        if attribute.is_none_or(|attribute| attribute.personal) {
            self.personal(&field, from.as_deref(), to.as_deref());
        } else {
            self.clear(&field, from, to);
        }
    }
}
