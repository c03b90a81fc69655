//! Makes a business unit (TEA-04).

use rollbook_schema::command::CreateBusinessUnit;
use rollbook_schema::event::BusinessUnitCreated;
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &CreateBusinessUnit) -> Outcome {
    let units = &asked.models.business_units;
    if units.named(&command.name.key()).is_some() {
        return Err(Rejection::of("name", RejectionCode::BusinessUnitNameTaken).into());
    }
    let name = Personal::Known(command.name.clone());
    Ok(vec![BusinessUnitCreated { business_unit: units.next_id(), name }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn names_of_business_units_are_unique_without_case() {
        Directory::empty()
            .when(unit("Sales"), expect!["BusinessUnitCreated businessUnit=1 +Person"])
            .when(unit("sales"), expect!["refused: BUSINESS_UNIT_NAME_TAKEN@name"])
            .given(delete_unit(1))
            .when(unit("sales"), expect!["BusinessUnitCreated businessUnit=2 +Person"]);
    }
}
