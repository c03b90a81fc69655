//! Removes a business unit that nobody belongs to.

use rollbook_schema::RejectionCode;
use rollbook_schema::command::DeleteBusinessUnit;
use rollbook_schema::event::BusinessUnitDeleted;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DeleteBusinessUnit) -> Outcome {
    asked.business_unit(command.business_unit)?;
    if asked.models.business_units.members(command.business_unit) > 0 {
        return Err(RejectionCode::BusinessUnitInUse.into());
    }
    Ok(vec![BusinessUnitDeleted { business_unit: command.business_unit }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_business_unit_goes_when_nobody_belongs_to_it() {
        Directory::small()
            .given(unit("Sales"))
            .given(add_to_unit(8, 1))
            .when(delete_unit(1), expect!["refused: BUSINESS_UNIT_IN_USE"])
            .given(delete(8))
            .when(delete_unit(1), expect!["BusinessUnitDeleted businessUnit=1"])
            .when(delete_unit(1), expect!["refused: NOT_FOUND@id"]);
    }
}
