//! Gives a user a role; an enabled agent takes a seat with the first one (LIC-07).

use rollbook_schema::command::AssignRole;
use rollbook_schema::event::{LicenseCause, LicenseGranted, RoleAssigned};
use rollbook_schema::value::{LicenseType, UserKind};
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &AssignRole) -> Outcome {
    let user = asked.user(command.user)?;
    let role = asked.models.roles.get(command.role).ok_or(Rejection::of("role", RejectionCode::NotFound))?;
    if role.kind != user.kind {
        return Err(Rejection::of("role", RejectionCode::KindMismatch).into());
    }
    if user.kind != UserKind::Agent && command.license.is_some() {
        return Err(Rejection::of("license", RejectionCode::NotForClients).into());
    }
    if user.has_role(command.role) {
        return Ok(Vec::new());
    }
    let mut events = vec![RoleAssigned { user: command.user, role: command.role }.into()];
    if user.kind == UserKind::Agent && user.is_enabled() && user.license.is_none() {
        let license = command.license.unwrap_or(LicenseType::ReadWrite);
        asked.has_free_seat(license)?;
        let cause = LicenseCause::Role;
        events.push(LicenseGranted { user: command.user, license, replaces: None, cause }.into());
    }
    Ok(events)
}
