//! Defines a custom attribute.

use std::collections::BTreeSet;

use rollbook_schema::command::DefineAttribute;
use rollbook_schema::event::{AttributeDefined, AttributeNames};
use rollbook_schema::value::{ATTRIBUTE_CHOICES_MAX, ATTRIBUTES_MAX, AttributeType, UserKind};
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &DefineAttribute) -> Outcome {
    let table = &asked.models.attributes;
    let mut wrong = Vec::new();
    if table.keyed(&command.key.key()).is_some() {
        wrong.push(Rejection::of("key", RejectionCode::AttributeKeyTaken));
    } else if table.present().count() >= ATTRIBUTES_MAX {
        wrong.push(Rejection::of("key", RejectionCode::LimitReached));
    }
    if command.kinds.is_empty() {
        wrong.push(Rejection::of("kinds", RejectionCode::Required));
    } else if command.kinds.contains(&UserKind::Standard) {
        wrong.push(Rejection::of("kinds", RejectionCode::Invalid));
    }
    wrong.extend(wrong_choices(command));
    refuse_any(wrong)?;

    let mut kinds = command.kinds.clone();
    kinds.sort_unstable_by_key(|kind| *kind as u8);
    kinds.dedup();
    let names = AttributeNames {
        key: command.key.clone(),
        label: command.label.clone(),
        choices: command.choices.clone(),
    };
    let defined = AttributeDefined {
        attribute: table.next_id(),
        value_type: command.value_type,
        kinds,
        personal: command.personal,
        required: command.required,
        names: Personal::Known(names),
    };
    Ok(vec![defined.into()])
}

/// Choices have at least one, each once; no other type has any.
fn wrong_choices(command: &DefineAttribute) -> Option<Rejection> {
    let choices = &command.choices;
    let each_once: BTreeSet<String> = choices.iter().map(|name| name.key()).collect();
    let code = match (command.value_type, choices.len()) {
        (AttributeType::Choice, 0) => RejectionCode::Required,
        (AttributeType::Choice, count) if count > ATTRIBUTE_CHOICES_MAX => RejectionCode::LimitReached,
        (AttributeType::Choice, count) if count > each_once.len() => RejectionCode::ChoiceTaken,
        (AttributeType::Choice, _) | (_, 0) => return None,
        _ => RejectionCode::Invalid,
    };
    Some(Rejection::of("choices", code))
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::DefineAttribute;
    use rollbook_schema::value::AttributeType;

    use crate::tests::*;

    #[test]
    fn keys_are_unique_without_case_until_they_are_retired() {
        Directory::empty()
            .when(
                attribute("costCentre", AttributeType::Number),
                expect!["AttributeDefined attribute=1 kinds=[AGENT,CLIENT] valueType=NUMBER +Person"],
            )
            .when(attribute("COSTCENTRE", AttributeType::Text), expect!["refused: ATTRIBUTE_KEY_TAKEN@key"])
            .given(retire_attribute(1))
            .when(
                attribute("costcentre", AttributeType::Text),
                expect!["AttributeDefined attribute=2 kinds=[AGENT,CLIENT] valueType=TEXT +Person"],
            );
    }

    #[test]
    fn choices_are_there_once_each_and_for_choices_only() {
        let text_with = DefineAttribute { value_type: AttributeType::Text, ..choice_attribute("a", &["x"]) };
        Directory::empty()
            .when(choice_attribute("a", &[]), expect!["refused: REQUIRED@choices"])
            .when(choice_attribute("a", &["x", "X"]), expect!["refused: CHOICE_TAKEN@choices"])
            .when(text_with, expect!["refused: INVALID@choices"]);
    }

    #[test]
    fn it_is_for_somebody() {
        let nobody = DefineAttribute { kinds: Vec::new(), ..attribute("a", AttributeType::Text) };
        Directory::empty().when(nobody, expect!["refused: REQUIRED@kinds"]);
    }

    #[test]
    fn there_are_a_hundred_at_most() {
        let mut directory = Directory::empty();
        for number in 1..=100 {
            directory.given(attribute(&format!("a{number}"), AttributeType::Text));
        }
        directory
            .when(attribute("more", AttributeType::Text), expect!["refused: LIMIT_REACHED@key"])
            .given(retire_attribute(7))
            .given(attribute("more", AttributeType::Text));
    }
}
