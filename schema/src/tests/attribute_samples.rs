//! Samples of custom attributes and their values, and of where users are kept.

use crate::event::{
    AttributeChange, AttributeChoiceAdded, AttributeChoiceRetired, AttributeDefined, AttributeNames,
    AttributeRenamed, AttributeRetired, AttributesSet, Change, Event, SourceChanged,
};
use crate::id::{AttributeId, UserId};
use crate::personal::Personal;
use crate::value::{
    AttributeKey, AttributeLabel, AttributeText, AttributeType, AttributeValue, CalendarDate, ChoiceName,
    ChoiceNumber, Decimal, UserKind, UserSource,
};

const ADA: UserId = UserId(8);
const FLOOR: AttributeId = AttributeId(2);

/// Every event of this file at least once, in the order of the types.
pub fn all() -> Vec<Event> {
    [definitions(), values(), sources()].concat()
}

fn definitions() -> Vec<Event> {
    let label = |text: &str| AttributeLabel::parse(text).unwrap();
    let choice = |text: &str| ChoiceName::parse(text).unwrap();
    let defined = |value_type, choices| AttributeDefined {
        attribute: FLOOR,
        value_type,
        kinds: vec![UserKind::Agent, UserKind::Client],
        personal: value_type == AttributeType::Date,
        required: value_type == AttributeType::Choice,
        names: Personal::Known(AttributeNames {
            key: AttributeKey::parse("floor").unwrap(),
            label: label("Floor"),
            choices,
        }),
    };
    vec![
        defined(AttributeType::Text, Vec::new()).into(),
        defined(AttributeType::Number, Vec::new()).into(),
        defined(AttributeType::Boolean, Vec::new()).into(),
        defined(AttributeType::Date, Vec::new()).into(),
        defined(AttributeType::Choice, vec![choice("First"), choice("Second")]).into(),
        AttributeRenamed {
            attribute: FLOOR,
            label: Personal::Known(Change { from: label("Floor"), to: label("Storey") }),
        }
        .into(),
        AttributeChoiceAdded {
            attribute: FLOOR,
            choice: ChoiceNumber(3),
            name: Personal::Known(choice("Third")),
        }
        .into(),
        AttributeChoiceRetired { attribute: FLOOR, choice: ChoiceNumber(1) }.into(),
        AttributeRetired { attribute: FLOOR }.into(),
    ]
}

fn values() -> Vec<Event> {
    let change = |number, from, to| AttributeChange { attribute: AttributeId(number), from, to };
    let number = |text| Some(AttributeValue::Number(Decimal::parse(text).unwrap()));
    let text = |text| Some(AttributeValue::Text(AttributeText::parse(text).unwrap()));
    let day = |text| Some(AttributeValue::Date(CalendarDate::parse(text).unwrap()));
    vec![
        AttributesSet {
            user: ADA,
            changes: vec![
                change(1, None, number("-12.05")),
                change(2, Some(AttributeValue::Choice(ChoiceNumber(1))), None),
                change(3, Some(AttributeValue::Boolean(false)), Some(AttributeValue::Boolean(true))),
                change(4, day("1999-12-31"), day("2000-02-29")),
            ],
            sealed: Personal::Absent,
        }
        .into(),
        AttributesSet {
            user: ADA,
            changes: Vec::new(),
            sealed: Personal::Known(vec![
                change(5, text("blue"), text("green")),
                change(6, None, day("1815-12-10")),
            ]),
        }
        .into(),
    ]
}

fn sources() -> Vec<Event> {
    let changed = |from, to| SourceChanged { user: ADA, from, to };
    vec![
        changed(UserSource::Local, UserSource::Ldap).into(),
        changed(UserSource::Ldap, UserSource::Saml).into(),
    ]
}
