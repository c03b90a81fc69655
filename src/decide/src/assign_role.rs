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

#[cfg(test)]
mod cases {
    use super::{AssignRole, LicenseType};
    use crate::tests::*;

    fn assign_with(user: u64, role: u64, license: LicenseType) -> AssignRole {
        AssignRole { license: Some(license), ..assign(user, role) }
    }

    #[test]
    fn rol_02_a_user_can_have_several_roles_each_once() {
        let mut directory = Directory::small();
        directory
            .given(agent_role("Sales"))
            .given(assign(8, 1))
            .when(assign(8, 3), expect!["RoleAssigned role=3 user=8"])
            .when(assign(8, 3), expect!["nothing"]);
        assert_eq!(directory.user(8).roles().len(), 2);
    }

    #[test]
    fn rol_03_roles_are_of_the_users_kind() {
        Directory::small()
            .when(assign(8, 2), expect!["refused: KIND_MISMATCH@role"])
            .when(assign(9, 1), expect!["refused: KIND_MISMATCH@role"]);
    }

    #[test]
    fn lic_06_without_a_free_seat_the_first_role_is_refused_and_the_attempt_recorded() {
        let mut directory = Directory::small();
        directory.given(size(ReadWrite, 0)).when(
            assign(8, 1),
            expect![[r#"
            refused: NO_LICENCE_AVAILABLE@license (ReadWrite: 0 of 0 used)
            record: AttemptDenied code=NO_LICENCE_AVAILABLE command=AssignRole on={user:8}"#]],
        );
        assert!(directory.user(8).roles().is_empty());
    }

    #[test]
    fn lic_06_such_records_are_bounded_too() {
        let mut directory = Directory::small();
        directory.given(size(ReadWrite, 0));
        for _ in 0..10 {
            directory.tried(assign(8, 1));
        }
        directory
            .when(assign(8, 1), expect!["refused: NO_LICENCE_AVAILABLE@license (ReadWrite: 0 of 0 used)"]);
    }

    #[test]
    fn lic_07_the_first_role_takes_a_seat() {
        let mut directory = Directory::small();
        directory.when(
            assign(8, 1),
            expect![[r#"
            RoleAssigned role=1 user=8
            LicenseGranted user=8 cause=ROLE license=READ_WRITE"#]],
        );
        assert_eq!(directory.used(), (1, 0));
    }

    #[test]
    fn lic_07_of_the_type_asked_for() {
        Directory::small().when(
            assign_with(8, 1, ReadOnly),
            expect![[r#"
            RoleAssigned role=1 user=8
            LicenseGranted user=8 cause=ROLE license=READ_ONLY"#]],
        );
    }

    #[test]
    fn lic_07_a_license_held_already_is_kept() {
        Directory::small()
            .given(grant(8, ReadOnly))
            .when(assign_with(8, 1, ReadWrite), expect!["RoleAssigned role=1 user=8"]);
    }

    #[test]
    fn lic_07_a_disabled_agent_takes_no_seat() {
        let mut directory = Directory::small();
        directory.given(disable(8)).when(assign(8, 1), expect!["RoleAssigned role=1 user=8"]);
        assert_eq!(directory.used(), (0, 0));
    }

    #[test]
    fn lic_09_clients_need_no_license() {
        Directory::small()
            .when(assign_with(9, 2, ReadOnly), expect!["refused: NOT_FOR_CLIENTS@license"])
            .when(assign(9, 2), expect!["RoleAssigned role=2 user=9"]);
    }

    #[test]
    fn what_does_not_exist_is_not_found() {
        Directory::small()
            .given(delete(9))
            .when(assign(9, 2), expect!["refused: NOT_FOUND@id"])
            .when(assign(99, 1), expect!["refused: NOT_FOUND@id"])
            .when(assign(8, 99), expect!["refused: NOT_FOUND@role"]);
    }
}
