//! Users by the values of custom attributes.

use async_graphql::{InputObject, Result};
use rollbook_projections::view::{UserSet, Views};
use rollbook_schema::value::{AttributeKey, AttributeText, AttributeValue};

use crate::access::{Caller, Capability, holds};
use crate::graphql::fault::invalid;
use crate::graphql::rights::forbidden;

/// Who has exactly this value. Of personal attributes and of texts, only for readers who may find people.
#[derive(InputObject, Clone)]
pub(in crate::graphql) struct AttributeFilter {
    key: String,
    /// As the attribute's type is written. Numbers are compared as numbers, choices without case.
    value: String,
}

impl AttributeFilter {
    /// Those who have all the values; `None`: nothing was asked.
    pub(in crate::graphql) fn among(
        filters: &[AttributeFilter],
        views: &Views,
        caller: &Caller,
    ) -> Result<Option<UserSet>> {
        let sets = filters.iter().map(|filter| filter.holders(views, caller)).collect::<Result<Vec<_>>>()?;
        Ok(sets.into_iter().reduce(|all, set| all.and(&set)))
    }

    fn holders(&self, views: &Views, caller: &Caller) -> Result<UserSet> {
        let key = AttributeKey::parse(&self.key).map_err(|_| invalid("there is no such attribute"))?;
        let found = views.attributes.table().keyed(&key.key());
        let (id, attribute) = found.ok_or_else(|| invalid("there is no such attribute"))?;
        if attribute.is_sealed() && !holds(caller, Capability::FindPeople) {
            return Err(forbidden());
        }
        let typed = AttributeText::parse(&self.value);
        let choice = |key: &str| attribute.choice_named(key).map(|(number, _)| number);
        let value = typed.and_then(|typed| AttributeValue::parse(attribute.value_type, &typed, choice));
        let value = value.map_err(|_| invalid("the value is not one of the attribute's type"))?;
        Ok(views.attributes.holders(id, &value))
    }
}
