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

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_role_goes_when_nobody_holds_it() {
        Directory::small()
            .given(assign(8, 1))
            .when(delete_role(1), expect!["refused: ROLE_IN_USE"])
            .given(unassign(8, 1))
            .when(delete_role(1), expect!["RoleDeleted role=1"])
            .when(delete_role(1), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn deleted_users_hold_no_role() {
        Directory::small()
            .given(assign(8, 1))
            .given(delete(8))
            .when(delete_role(1), expect!["RoleDeleted role=1"]);
    }

    #[test]
    fn disabled_users_do() {
        Directory::small()
            .given(assign(8, 1))
            .given(disable(8))
            .when(delete_role(1), expect!["refused: ROLE_IN_USE"]);
    }
}
