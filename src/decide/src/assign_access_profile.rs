//! Gives an agent administrative capabilities, or takes them (ROL-07).

use rollbook_schema::command::AssignAccessProfile;
use rollbook_schema::event::AccessProfileAssigned;
use rollbook_schema::value::{AccessProfile, UserKind};
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &AssignAccessProfile) -> Outcome {
    let user = asked.user(command.user)?;
    // ROL-14: attached at deletion, never assigned.
    if command.profile == AccessProfile::DeletedUser {
        return Err(Rejection::of("accessProfile", RejectionCode::Invalid).into());
    }
    if user.access_profile == command.profile {
        return Ok(Vec::new());
    }
    if user.kind != UserKind::Agent {
        return Err(Rejection::of("accessProfile", RejectionCode::KindMismatch).into());
    }
    asked.leaves_an_administrator(user)?;
    let (from, to) = (user.access_profile, command.profile);
    Ok(vec![AccessProfileAssigned { user: command.user, from, to }.into()])
}
