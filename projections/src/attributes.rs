//! Custom attributes and the values of users: folded alike for rules and for reads.

use std::collections::BTreeMap;

use rollbook_schema::event::{AttributeDefined, AttributesSet, Event};
use rollbook_schema::value::{
    AttributeKey, AttributeLabel, AttributeType, AttributeValue, ChoiceName, ChoiceNumber, UserKind,
};
use rollbook_schema::{AttributeId, Group, KeyOwner, UserId};
use serde::{Deserialize, Serialize};

/// One attribute.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Attribute {
    /// What its values are.
    pub value_type: AttributeType,
    /// Who has it.
    pub kinds: Vec<UserKind>,
    /// Its values go with the person.
    pub personal: bool,
    /// Nobody is created without a value.
    pub required: bool,
    /// Neither set nor shown any more.
    pub retired: bool,
    /// What programs call it; `None` once erased.
    pub key: Option<AttributeKey>,
    /// What people read; `None` once erased.
    pub label: Option<AttributeLabel>,
    /// Its choices, by their numbers.
    pub choices: BTreeMap<ChoiceNumber, Choice>,
}

/// One choice of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Choice {
    /// `None` once erased.
    pub name: Option<ChoiceName>,
    /// Nobody can be given it any more.
    pub retired: bool,
}

impl Attribute {
    /// Are its values sealed under the person?
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        self.value_type.is_sealed(self.personal)
    }

    /// A choice by the key of its name, retired or not; one that is not retired comes first.
    #[must_use]
    pub fn choice_named(&self, key: &str) -> Option<(ChoiceNumber, &Choice)> {
        let named = |choice: &Choice| choice.name.as_ref().is_some_and(|name| name.key() == key);
        let found = self.choices.iter().filter(|(_, choice)| named(choice));
        found.map(|(number, choice)| (*number, choice)).min_by_key(|(_, choice)| choice.retired)
    }

    /// The name of a choice.
    #[must_use]
    pub fn choice_name(&self, number: ChoiceNumber) -> Option<String> {
        self.choices.get(&number)?.name.as_ref().map(|name| name.as_str().to_owned())
    }

    /// A value as people read it.
    #[must_use]
    pub fn shown(&self, value: &AttributeValue) -> Option<String> {
        value.shown(|number| self.choice_name(number))
    }

    fn defined(e: &AttributeDefined) -> Attribute {
        let names = e.names.known();
        let choices = names.map(|names| names.choices.as_slice()).unwrap_or_default();
        let choices = (1..).zip(choices).map(|(number, name)| {
            (ChoiceNumber(number), Choice { name: Some(name.clone()), retired: false })
        });
        Attribute {
            value_type: e.value_type,
            kinds: e.kinds.clone(),
            personal: e.personal,
            required: e.required,
            retired: false,
            key: names.map(|names| names.key.clone()),
            label: names.map(|names| names.label.clone()),
            choices: choices.collect(),
        }
    }
}

/// A value that changed, or went.
pub struct ValueChange {
    /// Whose.
    pub user: UserId,
    /// Of which attribute.
    pub attribute: AttributeId,
    /// Before.
    pub from: Option<AttributeValue>,
    /// After.
    pub to: Option<AttributeValue>,
}

/// All attributes, and the values of users who are not deleted.
#[derive(Clone, Debug, Default, Hash, Serialize, Deserialize)]
pub struct AttributeTable {
    attributes: BTreeMap<AttributeId, Attribute>,
    /// In the order of attributes. A vector: most people have a few.
    values: BTreeMap<UserId, Vec<(AttributeId, AttributeValue)>>,
}

impl AttributeTable {
    /// One attribute, retired ones included.
    #[must_use]
    pub fn get(&self, id: AttributeId) -> Option<&Attribute> {
        self.attributes.get(&id)
    }

    /// Every attribute, retired ones included, in the order of definition.
    pub fn iter(&self) -> impl Iterator<Item = (AttributeId, &Attribute)> {
        self.attributes.iter().map(|(id, attribute)| (*id, attribute))
    }

    /// Those that are not retired. There are at most a hundred.
    pub fn present(&self) -> impl Iterator<Item = (AttributeId, &Attribute)> {
        self.iter().filter(|(_, attribute)| !attribute.retired)
    }

    /// The attribute that is not retired and has a key, given by its `key()`.
    #[must_use]
    pub fn keyed(&self, key: &str) -> Option<(AttributeId, &Attribute)> {
        self.present().find(|(_, attribute)| attribute.key.as_ref().is_some_and(|own| own.key() == key))
    }

    /// The id that the next attribute will get.
    #[must_use]
    pub fn next_id(&self) -> AttributeId {
        AttributeId(self.attributes.last_key_value().map_or(1, |(id, _)| id.0 + 1))
    }

    /// The values of a user, those of retired attributes included.
    #[must_use]
    pub fn values(&self, user: UserId) -> &[(AttributeId, AttributeValue)] {
        self.values.get(&user).map(Vec::as_slice).unwrap_or_default()
    }

    /// One value of a user.
    #[must_use]
    pub fn value(&self, user: UserId, attribute: AttributeId) -> Option<&AttributeValue> {
        self.values(user).iter().find(|(id, _)| *id == attribute).map(|(_, value)| value)
    }

    /// Everybody who has values, by id.
    pub fn users(&self) -> impl Iterator<Item = UserId> {
        self.values.keys().copied()
    }

    /// Folds one event; gives the values that changed.
    pub fn fold(&mut self, event: &Event) -> Vec<ValueChange> {
        match event {
            Event::AttributeDefined(e) => {
                self.attributes.insert(e.attribute, Attribute::defined(e));
            }
            Event::AttributeRenamed(e) => {
                let label = e.label.known().map(|change| change.to.clone());
                self.change(e.attribute, |attribute| attribute.label = label);
            }
            Event::AttributeChoiceAdded(e) => {
                let choice = Choice { name: e.name.known().cloned(), retired: false };
                self.change(e.attribute, |attribute| {
                    attribute.choices.insert(e.choice, choice);
                });
            }
            Event::AttributeChoiceRetired(e) => self.change(e.attribute, |attribute| {
                if let Some(choice) = attribute.choices.get_mut(&e.choice) {
                    choice.retired = true;
                }
            }),
            Event::AttributeRetired(e) => self.change(e.attribute, |attribute| attribute.retired = true),
            Event::AttributesSet(e) => return self.set(e),
            Event::UserDeleted(e) => return self.forget(e.user, |_| true),
            event => {
                for (owner, group) in event.destroys() {
                    // A replay without the key never learns what it sealed; so it is forgotten here.
                    if let (KeyOwner::Subject(user), Group::Person) = (owner, group) {
                        return self.forget(user, |attribute| attribute.is_none_or(Attribute::is_sealed));
                    }
                }
            }
        }
        Vec::new()
    }

    fn change(&mut self, id: AttributeId, change: impl FnOnce(&mut Attribute)) {
        if let Some(attribute) = self.attributes.get_mut(&id) {
            change(attribute);
        }
    }

    fn set(&mut self, e: &AttributesSet) -> Vec<ValueChange> {
        let mut changed = Vec::new();
        let values = self.values.entry(e.user).or_default();
        for change in e.known() {
            let place = values.iter().position(|(id, _)| *id == change.attribute);
            let from = place.map(|place| values.remove(place).1);
            if let Some(to) = &change.to {
                values.push((change.attribute, to.clone()));
            }
            changed.push(ValueChange {
                user: e.user,
                attribute: change.attribute,
                from,
                to: change.to.clone(),
            });
        }
        values.sort_unstable_by_key(|(id, _)| *id);
        if values.is_empty() {
            self.values.remove(&e.user);
        }
        changed
    }

    fn forget(&mut self, user: UserId, which: impl Fn(Option<&Attribute>) -> bool) -> Vec<ValueChange> {
        let Some(values) = self.values.remove(&user) else { return Vec::new() };
        let (gone, kept): (Vec<_>, Vec<_>) =
            values.into_iter().partition(|(id, _)| which(self.attributes.get(id)));
        if !kept.is_empty() {
            self.values.insert(user, kept);
        }
        let gone = gone.into_iter();
        gone.map(|(attribute, from)| ValueChange { user, attribute, from: Some(from), to: None }).collect()
    }
}
