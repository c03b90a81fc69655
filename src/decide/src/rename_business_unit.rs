//! Gives a business unit another name.

use rollbook_schema::command::RenameBusinessUnit;
use rollbook_schema::event::{BusinessUnitRenamed, Change};
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RenameBusinessUnit) -> Outcome {
    let RenameBusinessUnit { business_unit, name } = command;
    let before = asked.business_unit(*business_unit)?;
    let holder = asked.models.business_units.named(&name.key());
    if holder.is_some_and(|holder| holder != *business_unit) {
        return Err(Rejection::of("name", RejectionCode::BusinessUnitNameTaken).into());
    }
    if before == Some(name) {
        return Ok(Vec::new());
    }
    // A name that was erased is named by the new one alone.
    let change = Change { from: before.unwrap_or(name).clone(), to: name.clone() };
    Ok(vec![BusinessUnitRenamed { business_unit: *business_unit, name: Personal::Known(change) }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_business_unit_is_renamed_once() {
        Directory::empty()
            .given(unit("Sales"))
            .given(unit("Service"))
            .when(rename_unit(1, "Selling"), expect!["BusinessUnitRenamed businessUnit=1 +Person"])
            .when(rename_unit(1, "Selling"), expect!["nothing"])
            .when(rename_unit(1, "service"), expect!["refused: BUSINESS_UNIT_NAME_TAKEN@name"])
            .when(rename_unit(3, "Other"), expect!["refused: NOT_FOUND@id"]);
    }
}
