//! Ends an attribute: its values are shown no more, and its key is free. There is no way back, since the
//! key may be another's by then; a new attribute of the same key begins without values.

use rollbook_schema::command::RetireAttribute;
use rollbook_schema::event::AttributeRetired;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RetireAttribute) -> Outcome {
    asked.attribute(command.attribute)?;
    Ok(vec![AttributeRetired { attribute: command.attribute }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::AttributeType;

    use crate::tests::*;

    #[test]
    fn an_attribute_goes_once() {
        Directory::empty()
            .given(attribute("desk", AttributeType::Text))
            .when(retire_attribute(1), expect!["AttributeRetired attribute=1"])
            .when(retire_attribute(1), expect!["refused: NOT_FOUND@id"]);
    }
}
