//! Gives an attribute another label; its key stays, so programs notice nothing.

use rollbook_schema::command::RenameAttribute;
use rollbook_schema::event::{AttributeRenamed, Change};
use rollbook_schema::{Personal, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RenameAttribute) -> Outcome {
    let attribute = asked.attribute(command.attribute)?;
    // A definition whose words were erased has no label to change from.
    let from = attribute.label.clone().ok_or(RejectionCode::NotFound)?;
    if from == command.label {
        return Ok(Vec::new());
    }
    let label = Personal::Known(Change { from, to: command.label.clone() });
    Ok(vec![AttributeRenamed { attribute: command.attribute, label }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::AttributeType;

    use crate::tests::*;

    #[test]
    fn a_label_changes_while_the_attribute_is_there() {
        Directory::empty()
            .given(attribute("desk", AttributeType::Text))
            .when(label(1, "Place"), expect!["AttributeRenamed attribute=1 +Person"])
            .when(label(1, "Place"), expect!["nothing"])
            .given(retire_attribute(1))
            .when(label(1, "Desk"), expect!["refused: NOT_FOUND@id"]);
    }
}
