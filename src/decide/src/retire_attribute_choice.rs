//! Takes a choice out of those that can be given. Who has it keeps it.

use rollbook_schema::command::RetireAttributeChoice;
use rollbook_schema::event::AttributeChoiceRetired;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RetireAttributeChoice) -> Outcome {
    let attribute = asked.attribute(command.attribute)?;
    let choice = attribute.choices.get(&command.choice);
    let choice = choice.ok_or(Rejection::of("choice", RejectionCode::NotFound))?;
    if choice.retired {
        return Ok(Vec::new());
    }
    Ok(vec![AttributeChoiceRetired { attribute: command.attribute, choice: command.choice }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_choice_goes_once() {
        Directory::empty()
            .given(choice_attribute("floor", &["First"]))
            .when(retire_choice(1, 1), expect!["AttributeChoiceRetired attribute=1 choice=1"])
            .when(retire_choice(1, 1), expect!["nothing"])
            .when(retire_choice(1, 2), expect!["refused: NOT_FOUND@choice"]);
    }
}
