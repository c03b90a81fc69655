//! Takes a user out of a business unit, also out of the last one.

use rollbook_schema::command::RemoveFromBusinessUnit;
use rollbook_schema::event::RemovedFromBusinessUnit;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RemoveFromBusinessUnit) -> Outcome {
    let RemoveFromBusinessUnit { user, business_unit } = *command;
    asked.user(user)?;
    if !asked.models.business_units.of(user).contains(&business_unit) {
        return Ok(Vec::new());
    }
    Ok(vec![RemovedFromBusinessUnit { user, business_unit }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn tea_04_a_user_may_belong_to_none() {
        Directory::small()
            .given(unit("Sales"))
            .given(add_to_unit(8, 1))
            .when(remove_from_unit(8, 1), expect!["RemovedFromBusinessUnit user=8 businessUnit=1"])
            .when(remove_from_unit(8, 1), expect!["nothing"]);
    }
}
