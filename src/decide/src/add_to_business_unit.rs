//! Puts a user into a business unit; a user may belong to several (TEA-04).

use rollbook_schema::command::AddToBusinessUnit;
use rollbook_schema::event::AddedToBusinessUnit;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &AddToBusinessUnit) -> Outcome {
    let AddToBusinessUnit { user, business_unit } = *command;
    asked.user(user)?;
    if !asked.models.business_units.exists(business_unit) {
        return Err(Rejection::of("businessUnit", RejectionCode::NotFound).into());
    }
    if asked.models.business_units.of(user).contains(&business_unit) {
        return Ok(Vec::new());
    }
    Ok(vec![AddedToBusinessUnit { user, business_unit }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn tea_04_a_user_may_belong_to_several_business_units() {
        Directory::small()
            .given(unit("Sales"))
            .given(unit("Service"))
            .when(add_to_unit(8, 2), expect!["AddedToBusinessUnit user=8 businessUnit=2"])
            .when(add_to_unit(8, 1), expect!["AddedToBusinessUnit user=8 businessUnit=1"])
            .when(add_to_unit(8, 1), expect!["nothing"])
            .when(add_to_unit(8, 3), expect!["refused: NOT_FOUND@businessUnit"]);
    }
}
