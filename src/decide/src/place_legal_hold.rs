//! Keeps a person, deleted or not, from being masked, erased or deleted: for a reason.

use rollbook_schema::RejectionCode;
use rollbook_schema::command::PlaceLegalHold;
use rollbook_schema::event::LegalHoldPlaced;
use rollbook_schema::{Rejection, Subject};

use crate::asked::Asked;
use crate::forgetting::has_reason;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &PlaceLegalHold) -> Outcome {
    let user = command.user;
    asked.models.users.get(user).ok_or(Rejection::of("id", RejectionCode::NotFound))?;
    asked.expects_version_of(Subject::User(user))?;
    has_reason(asked)?;
    if asked.models.maskings.is_held(user) {
        return Ok(Vec::new());
    }
    Ok(vec![LegalHoldPlaced { user }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_held_person_is_neither_masked_nor_deleted_until_it_is_lifted() {
        let mut directory = Directory::small();
        directory.because("case 7").given(disable(8)).when(hold(8), expect!["LegalHoldPlaced user=8"]);
        directory.when(hold(8), expect!["nothing"]).when(
            mask(8, "ann"),
            expect![[r#"
            refused: LEGAL_HOLD
            record: AttemptDenied code=LEGAL_HOLD command=MaskPii on={user:8}"#]],
        );
        directory.when(
            delete(8),
            expect![[r#"
            refused: LEGAL_HOLD
            record: AttemptDenied code=LEGAL_HOLD command=DeleteUser on={user:8}"#]],
        );
        directory.when(lift(8), expect!["LegalHoldLifted user=8"]).given(mask(8, "ann")).given(delete(8));
    }

    #[test]
    fn a_hold_has_a_reason() {
        Directory::small().when(hold(8), expect!["refused: REQUIRED@reason"]);
    }
}
