//! Ends a legal hold, for a reason. Its cases stand beside those of placing one.

use rollbook_schema::command::LiftLegalHold;
use rollbook_schema::event::LegalHoldLifted;
use rollbook_schema::{Rejection, RejectionCode, Subject};

use crate::asked::Asked;
use crate::forgetting::has_reason;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &LiftLegalHold) -> Outcome {
    let user = command.user;
    asked.models.users.get(user).ok_or(Rejection::of("id", RejectionCode::NotFound))?;
    asked.expects_version_of(Subject::User(user))?;
    has_reason(asked)?;
    if !asked.models.maskings.is_held(user) {
        return Ok(Vec::new());
    }
    Ok(vec![LegalHoldLifted { user }.into()])
}
