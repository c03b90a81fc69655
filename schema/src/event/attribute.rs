//! Custom attributes, and the values that users have of them.

use serde::{Deserialize, Serialize};

use super::Change;
use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{AttributeId, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::{
    AttributeKey, AttributeLabel, AttributeType, AttributeValue, ChoiceName, ChoiceNumber, UserKind,
};

/// The words of a definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeNames {
    /// What programs call it.
    pub key: AttributeKey,
    /// What people read.
    pub label: AttributeLabel,
    /// Its choices, numbered from 1.
    pub choices: Vec<ChoiceName>,
}

/// There is an attribute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttributeDefined {
    /// The new id.
    pub attribute: AttributeId,
    /// What its values are.
    pub value_type: AttributeType,
    /// Who has it.
    pub kinds: Vec<UserKind>,
    /// Its values tell about the person, and go with the person.
    pub personal: bool,
    /// Nobody is created without a value.
    pub required: bool,
    /// Free texts, so sealed: under the tenant's own id.
    #[serde(skip)]
    pub names: Personal<AttributeNames>,
}
payload!(AttributeDefined, |e| Subject::Attribute(e.attribute),
    names: Person @ KeyOwner::Subject(UserId::TENANT));

/// People read another label from here on; the key stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttributeRenamed {
    /// Which.
    pub attribute: AttributeId,
    /// Sealed under the tenant's own id.
    #[serde(skip)]
    pub label: Personal<Change<AttributeLabel>>,
}
payload!(AttributeRenamed, |e| Subject::Attribute(e.attribute),
    label: Person @ KeyOwner::Subject(UserId::TENANT));

/// An attribute has one more choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttributeChoiceAdded {
    /// Of which.
    pub attribute: AttributeId,
    /// The new choice.
    pub choice: ChoiceNumber,
    /// Sealed under the tenant's own id.
    #[serde(skip)]
    pub name: Personal<ChoiceName>,
}
payload!(AttributeChoiceAdded, |e| Subject::Attribute(e.attribute),
    name: Person @ KeyOwner::Subject(UserId::TENANT));

/// Nobody can be given the choice any more; who has it keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttributeChoiceRetired {
    /// Of which.
    pub attribute: AttributeId,
    /// Which choice.
    pub choice: ChoiceNumber,
}
payload!(AttributeChoiceRetired, |e| Subject::Attribute(e.attribute));

/// The attribute is neither set nor shown any more; its key is free. History keeps its values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttributeRetired {
    /// Which.
    pub attribute: AttributeId,
}
payload!(AttributeRetired, |e| Subject::Attribute(e.attribute));

/// One value before and after; `None`: none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeChange {
    /// Of which attribute.
    pub attribute: AttributeId,
    /// Before.
    pub from: Option<AttributeValue>,
    /// After.
    pub to: Option<AttributeValue>,
}

/// Values of a user were set or cleared: only those that really changed (HIS-09), each attribute once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttributesSet {
    /// Whose.
    pub user: UserId,
    /// Numbers, days, flags and choices of attributes that are not personal.
    pub changes: Vec<AttributeChange>,
    /// All others, their attributes included: that one is used can say all.
    #[serde(skip)]
    pub sealed: Personal<Vec<AttributeChange>>,
}
payload!(AttributesSet, |e| Subject::User(e.user), sealed: Person @ KeyOwner::Subject(e.user));

impl AttributesSet {
    /// Every change that is known.
    pub fn known(&self) -> impl Iterator<Item = &AttributeChange> {
        self.changes.iter().chain(self.sealed.known().into_iter().flatten())
    }
}
