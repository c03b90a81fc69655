//! Keeps what is known of a person and leaves it unused, for a reason (Article 18 GDPR).
//!
//! Signing in stays possible: it is the person's own act and so has their consent (Article 18(2)); who contests
//! what is known of them would otherwise be punished for it. Whom one wants to keep out, one locks or disables.

use rollbook_schema::command::RestrictProcessing;
use rollbook_schema::event::ProcessingRestricted;
use rollbook_schema::{Rejection, RejectionCode, Subject};

use crate::asked::Asked;
use crate::forgetting::has_reason;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RestrictProcessing) -> Outcome {
    let user = command.user;
    asked.models.users.get(user).ok_or(Rejection::of("id", RejectionCode::NotFound))?;
    asked.expects_version_of(Subject::User(user))?;
    has_reason(asked)?;
    if asked.models.access_requests.is_restricted(user) {
        return Ok(Vec::new());
    }
    Ok(vec![ProcessingRestricted { user }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_restriction_has_a_reason_and_is_recorded_once() {
        let mut directory = Directory::small();
        directory.when(restrict(8), expect!["refused: REQUIRED@reason"]);
        directory
            .because("case 7")
            .when(restrict(8), expect!["ProcessingRestricted user=8"])
            .when(restrict(8), expect!["nothing"])
            .when(lift_restriction(8), expect!["RestrictionLifted user=8"])
            .given(restrict(8));
    }

    #[test]
    fn who_is_restricted_signs_in_all_the_same() {
        let mut directory = Directory::small();
        directory.because("case 7").given(with_password("bob")).given(restrict(10));
        directory.given(sign_in(10, 1, 1));
    }
}
