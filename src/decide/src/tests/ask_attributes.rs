//! Commands about custom attributes in few words.

use rollbook_schema::command::*;
use rollbook_schema::value::*;
use rollbook_schema::{AttributeId, UserId};

/// For agents and clients, neither personal nor required.
pub(crate) fn attribute(key: &str, value_type: AttributeType) -> DefineAttribute {
    DefineAttribute {
        key: AttributeKey::parse(key).unwrap(),
        label: AttributeLabel::parse(key).unwrap(),
        value_type,
        kinds: vec![UserKind::Agent, UserKind::Client],
        personal: false,
        required: false,
        choices: Vec::new(),
    }
}

pub(crate) fn choice_attribute(key: &str, choices: &[&str]) -> DefineAttribute {
    let choices = choices.iter().map(|name| ChoiceName::parse(name).unwrap()).collect();
    DefineAttribute { choices, ..attribute(key, AttributeType::Choice) }
}

pub(crate) fn personal(attribute: DefineAttribute) -> DefineAttribute {
    DefineAttribute { personal: true, ..attribute }
}

pub(crate) fn required(attribute: DefineAttribute) -> DefineAttribute {
    DefineAttribute { required: true, ..attribute }
}

pub(crate) fn for_agents(attribute: DefineAttribute) -> DefineAttribute {
    DefineAttribute { kinds: vec![UserKind::Agent], ..attribute }
}

pub(crate) fn label(attribute: u64, label: &str) -> RenameAttribute {
    RenameAttribute { attribute: AttributeId(attribute), label: AttributeLabel::parse(label).unwrap() }
}

pub(crate) fn add_choice(attribute: u64, name: &str) -> AddAttributeChoice {
    AddAttributeChoice { attribute: AttributeId(attribute), name: ChoiceName::parse(name).unwrap() }
}

pub(crate) fn retire_choice(attribute: u64, choice: u16) -> RetireAttributeChoice {
    RetireAttributeChoice { attribute: AttributeId(attribute), choice: ChoiceNumber(choice) }
}

pub(crate) fn retire_attribute(attribute: u64) -> RetireAttribute {
    RetireAttribute { attribute: AttributeId(attribute) }
}

pub(crate) fn entries(values: &[(&str, Option<&str>)]) -> Vec<AttributeEntry> {
    let entry = |(key, value): &(&str, Option<&str>)| AttributeEntry {
        key: AttributeKey::parse(key).unwrap(),
        value: value.map(|value| AttributeText::parse(value).unwrap()),
    };
    values.iter().map(entry).collect()
}

pub(crate) fn set(user: u64, values: &[(&str, Option<&str>)]) -> SetAttributes {
    SetAttributes { user: UserId(user), attributes: entries(values) }
}

pub(crate) fn source(user: u64, source: UserSource) -> ChangeSource {
    ChangeSource { user: UserId(user), source }
}
