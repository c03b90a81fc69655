//! Uses what is known of a person again; the person is told before (Article 18(3) GDPR), so there is a reason.

use rollbook_schema::command::LiftRestriction;
use rollbook_schema::event::RestrictionLifted;
use rollbook_schema::{Rejection, RejectionCode, Subject};

use crate::asked::Asked;
use crate::forgetting::has_reason;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &LiftRestriction) -> Outcome {
    let user = command.user;
    asked.models.users.get(user).ok_or(Rejection::of("id", RejectionCode::NotFound))?;
    asked.expects_version_of(Subject::User(user))?;
    has_reason(asked)?;
    if !asked.models.access_requests.is_restricted(user) {
        return Ok(Vec::new());
    }
    Ok(vec![RestrictionLifted { user }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn what_is_not_restricted_is_not_lifted() {
        let mut directory = Directory::small();
        directory.when(lift_restriction(8), expect!["refused: REQUIRED@reason"]);
        directory.because("done").when(lift_restriction(8), expect!["nothing"]);
    }
}
