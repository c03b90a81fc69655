//! From what was typed for custom attributes to values: what the rules of [`super::set_attributes`] and
//! [`super::create_user`] share.

use std::collections::BTreeSet;

use rollbook_projections::attributes::{Attribute, AttributeTable};
use rollbook_schema::command::AttributeEntry;
use rollbook_schema::event::{AttributeChange, AttributesSet};
use rollbook_schema::value::{AttributeText, AttributeValue, UserKind};
use rollbook_schema::{AttributeId, Event, Personal, Rejection, RejectionCode, UserId};

/// The field in the API.
pub(crate) const ATTRIBUTES: &str = "attributes";

/// What each entry sets, or clears; what is wrong with others goes to `wrong`, by their places.
pub(crate) fn resolved(
    table: &AttributeTable,
    kind: UserKind,
    entries: &[AttributeEntry],
    wrong: &mut Vec<Rejection>,
) -> Vec<(AttributeId, Option<AttributeValue>)> {
    let mut seen = BTreeSet::new();
    let mut resolved = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        match value(table, kind, entry, &mut seen) {
            Ok(value) => resolved.push(value),
            Err(code) => wrong.push(Rejection::of_entry(ATTRIBUTES, place, code)),
        }
    }
    resolved
}

/// The same for a new user, who has a value of whatever is required.
pub(crate) fn at_creation(
    table: &AttributeTable,
    kind: UserKind,
    entries: &[AttributeEntry],
    wrong: &mut Vec<Rejection>,
) -> Vec<(AttributeId, Option<AttributeValue>)> {
    let resolved = resolved(table, kind, entries, wrong);
    wrong.extend(missing(table, kind, entries));
    resolved
}

fn value(
    table: &AttributeTable,
    kind: UserKind,
    entry: &AttributeEntry,
    seen: &mut BTreeSet<AttributeId>,
) -> Result<(AttributeId, Option<AttributeValue>), RejectionCode> {
    let (id, attribute) = table.keyed(&entry.key.key()).ok_or(RejectionCode::NotFound)?;
    if !seen.insert(id) {
        return Err(RejectionCode::Invalid);
    }
    match &entry.value {
        // Cleared also for a kind that the attribute is not for: nothing is no value.
        None if attribute.required && attribute.kinds.contains(&kind) => Err(RejectionCode::Required),
        None => Ok((id, None)),
        Some(_) if !attribute.kinds.contains(&kind) => Err(RejectionCode::AttributeNotForKind),
        Some(typed) => Ok((id, Some(parsed(attribute, typed)?))),
    }
}

fn parsed(attribute: &Attribute, typed: &AttributeText) -> Result<AttributeValue, RejectionCode> {
    let choice = |key: &str| attribute.choice_named(key).map(|(number, _)| number);
    AttributeValue::parse(attribute.value_type, typed, choice).map_err(|_| RejectionCode::Invalid)
}

/// One event for what really changes (HIS-09); none if nothing does. A retired choice is kept, not given.
pub(crate) fn changed(
    table: &AttributeTable,
    user: UserId,
    wanted: Vec<(AttributeId, Option<AttributeValue>)>,
) -> Result<Option<Event>, Rejection> {
    let (mut clear, mut sealed) = (Vec::new(), Vec::new());
    for (place, (attribute, to)) in wanted.into_iter().enumerate() {
        let from = table.value(user, attribute).cloned();
        let Some(definition) = table.get(attribute).filter(|_| from != to) else { continue };
        if let Some(AttributeValue::Choice(number)) = &to
            && definition.choices.get(number).is_none_or(|choice| choice.retired)
        {
            return Err(Rejection::of_entry(ATTRIBUTES, place, RejectionCode::Invalid));
        }
        let changes = if definition.is_sealed() { &mut sealed } else { &mut clear };
        changes.push(AttributeChange { attribute, from, to });
    }
    if clear.is_empty() && sealed.is_empty() {
        return Ok(None);
    }
    let sealed = if sealed.is_empty() { Personal::Absent } else { Personal::Known(sealed) };
    Ok(Some(AttributesSet { user, changes: clear, sealed }.into()))
}

/// Attributes that nobody of this kind is created without, and that have no entry.
fn missing(table: &AttributeTable, kind: UserKind, entries: &[AttributeEntry]) -> Option<Rejection> {
    let given: BTreeSet<String> =
        entries.iter().filter(|entry| entry.value.is_some()).map(|entry| entry.key.key()).collect();
    let is_missing = |attribute: &Attribute| {
        attribute.required
            && attribute.kinds.contains(&kind)
            && attribute.key.as_ref().is_some_and(|key| !given.contains(&key.key()))
    };
    let mut present = table.present();
    present
        .any(|(_, attribute)| is_missing(attribute))
        .then(|| Rejection::of(ATTRIBUTES, RejectionCode::Required))
}
