//! Custom attributes: what there is, and the values of a user.

use async_graphql::{Context, ID, Result, SimpleObject};
use rollbook_projections::attributes::Attribute;
use rollbook_projections::view::Views;
use rollbook_schema::{AttributeId, Subject, UserId};

use super::AttributePayload;
use super::payload::{Receipt, Renamed};
use crate::access::{Caller, Capability, Person, holds};
use crate::directory::Directory;
use crate::graphql::id;
use crate::graphql::rights::caller;
use crate::graphql::vocabulary::{AttributeType, UserKind};
use crate::writer::Answer;

/// A custom attribute that users can have.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct AttributeDefinition {
    /// `attribute_` and a number.
    pub id: ID,
    /// What programs call it; null once it was erased.
    pub key: Option<String>,
    /// What people read; null once it was erased.
    pub label: Option<String>,
    pub r#type: AttributeType,
    /// Who has it.
    pub kinds: Vec<UserKind>,
    /// Its values tell about the person: shown as names are, and forgotten with the person.
    pub personal: bool,
    /// Nobody is created without a value.
    pub required: bool,
    /// In the order in which they came; empty but for `CHOICE`.
    pub choices: Vec<AttributeChoice>,
    /// Neither set nor shown any more.
    pub retired: bool,
}

/// One of the values that an attribute can have.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct AttributeChoice {
    /// Its number within the attribute.
    pub number: u16,
    /// Null once it was erased.
    pub name: Option<String>,
    /// Given to nobody any more; who has it keeps it.
    pub retired: bool,
}

/// A custom attribute of a user.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct AttributeOfUser {
    pub definition: AttributeDefinition,
    /// As its type is written: `-12.5`, `true`, `2026-12-31`, the name of a choice.
    pub value: Option<String>,
}

impl AttributeDefinition {
    fn of(attribute: AttributeId, row: &Attribute) -> AttributeDefinition {
        AttributeDefinition {
            id: id::of_attribute(attribute),
            key: row.key.as_ref().map(|key| key.as_str().to_owned()),
            label: row.label.as_ref().map(|label| label.as_str().to_owned()),
            r#type: row.value_type.into(),
            kinds: row.kinds.iter().map(|kind| (*kind).into()).collect(),
            personal: row.personal,
            required: row.required,
            choices: row
                .choices
                .iter()
                .map(|(number, choice)| AttributeChoice {
                    number: number.0,
                    name: choice.name.as_ref().map(|name| name.as_str().to_owned()),
                    retired: choice.retired,
                })
                .collect(),
            retired: row.retired,
        }
    }

    /// One attribute, retired ones included, if the reader may know of it.
    pub(in crate::graphql) fn find(
        attribute: AttributeId,
        views: &Views,
        reader: &Caller,
    ) -> Option<AttributeDefinition> {
        let row = views.attributes.table().get(attribute).filter(|row| may_know(reader, row))?;
        Some(AttributeDefinition::of(attribute, row))
    }

    /// All that the reader may know of, in the order of definition.
    pub(in crate::graphql) fn all(
        views: &Views,
        with_retired: bool,
        reader: &Caller,
    ) -> Vec<AttributeDefinition> {
        let all = views.attributes.table().iter().filter(|(_, row)| with_retired || !row.retired);
        let known = all.filter(|(_, row)| may_know(reader, row));
        known.map(|(id, row)| AttributeDefinition::of(id, row)).collect()
    }
}

/// What a company notes of its agents is not for clients: whoever sees no users learns of what there is for people
/// of their own kind.
fn may_know(reader: &Caller, row: &Attribute) -> bool {
    let is_own = |person: &Person| !row.retired && row.kinds.contains(&person.kind);
    holds(reader, Capability::SeeUsers) || matches!(reader, Caller::Person(person) if is_own(person))
}

impl AttributeOfUser {
    /// The values of a user, in the order of definition; personal ones if the reader sees the person.
    pub(in crate::graphql) fn all_of(user: UserId, views: &Views, sees_person: bool) -> Vec<AttributeOfUser> {
        let table = views.attributes.table();
        let values = table.values(user).iter();
        let known = values.filter_map(|(id, value)| Some((*id, table.get(*id)?, value)));
        known
            .filter(|(_, row, _)| !row.retired && (sees_person || !row.personal))
            .map(|(id, row, value)| AttributeOfUser {
                definition: AttributeDefinition::of(id, row),
                value: row.shown(value),
            })
            .collect()
    }
}

impl AttributePayload {
    /// As for users.
    pub(in crate::graphql) fn of(ctx: &Context<'_>, answer: Answer, renamed: Renamed) -> Result<Self> {
        let (receipt, outcome) = Receipt::of(answer, renamed)?;
        let directory = ctx.data::<Directory>()?;
        let attribute = match outcome.map(|outcome| outcome.subject) {
            Some(Subject::Attribute(id)) => AttributeDefinition::find(id, &directory.views(), &caller(ctx)),
            _ => None,
        };
        Ok(AttributePayload { attribute, receipt })
    }
}
