//! Adds a choice to an attribute of choices.

use rollbook_schema::command::AddAttributeChoice;
use rollbook_schema::event::AttributeChoiceAdded;
use rollbook_schema::value::{ATTRIBUTE_CHOICES_MAX, AttributeType, ChoiceNumber};
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &AddAttributeChoice) -> Outcome {
    let attribute = asked.attribute(command.attribute)?;
    if attribute.value_type != AttributeType::Choice {
        return Err(Rejection::of("id", RejectionCode::Invalid).into());
    }
    let named = attribute.choice_named(&command.name.key());
    if named.is_some_and(|(_, choice)| !choice.retired) {
        return Err(Rejection::of("name", RejectionCode::ChoiceTaken).into());
    }
    if attribute.choices.len() >= ATTRIBUTE_CHOICES_MAX {
        return Err(Rejection::of("name", RejectionCode::LimitReached).into());
    }
    let last = attribute.choices.last_key_value().map_or(0, |(number, _)| number.0);
    let name = Personal::Known(command.name.clone());
    let choice = ChoiceNumber(last + 1);
    Ok(vec![AttributeChoiceAdded { attribute: command.attribute, choice, name }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::AttributeType;

    use crate::tests::*;

    #[test]
    fn a_choice_is_added_once_until_it_is_retired() {
        Directory::empty()
            .given(choice_attribute("floor", &["First"]))
            .when(add_choice(1, "FIRST"), expect!["refused: CHOICE_TAKEN@name"])
            .when(add_choice(1, "Second"), expect!["AttributeChoiceAdded attribute=1 choice=2 +Person"])
            .given(retire_choice(1, 1))
            .when(add_choice(1, "First"), expect!["AttributeChoiceAdded attribute=1 choice=3 +Person"]);
    }

    #[test]
    fn other_types_have_none() {
        Directory::empty()
            .given(attribute("desk", AttributeType::Text))
            .when(add_choice(1, "x"), expect!["refused: INVALID@id"])
            .when(add_choice(2, "x"), expect!["refused: NOT_FOUND@id"]);
    }
}
