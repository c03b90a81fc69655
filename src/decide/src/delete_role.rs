//! Removes a role that nobody holds.

use rollbook_schema::RejectionCode;
use rollbook_schema::command::DeleteRole;
use rollbook_schema::event::RoleDeleted;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DeleteRole) -> Outcome {
    let role = asked.role(command.role)?;
    if role.holders > 0 {
        return Err(RejectionCode::RoleInUse.into());
    }
    Ok(vec![RoleDeleted { role: command.role }.into()])
}
