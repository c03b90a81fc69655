//! Takes a role from a user; the last one gives a seat back that came with the first (LIC-07).

use rollbook_schema::command::UnassignRole;
use rollbook_schema::event::{LicenseCause, LicenseRevoked, RoleUnassigned};
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &UnassignRole) -> Outcome {
    let user = asked.user(command.user)?;
    asked.models.roles.get(command.role).ok_or(Rejection::of("role", RejectionCode::NotFound))?;
    if !user.has_role(command.role) {
        return Ok(Vec::new());
    }
    let mut events = vec![RoleUnassigned { user: command.user, role: command.role }.into()];
    let came_with_role = user.license.filter(|held| held.cause == LicenseCause::Role);
    if let (Some(held), [_]) = (came_with_role, user.roles()) {
        let revoked = LicenseRevoked { user: command.user, license: held.license, cause: LicenseCause::Role };
        events.push(revoked.into());
    }
    Ok(events)
}
