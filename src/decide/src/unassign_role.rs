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

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn lic_07_the_last_role_gives_its_seat_back() {
        let mut directory = Directory::small();
        directory
            .given(agent_role("Sales"))
            .given(assign(8, 1))
            .given(assign(8, 3))
            .when(unassign(8, 1), expect!["RoleUnassigned role=1 user=8"])
            .when(
                unassign(8, 3),
                expect![[r#"
                RoleUnassigned role=3 user=8
                LicenseRevoked user=8 cause=ROLE license=READ_WRITE"#]],
            );
        assert_eq!(directory.used(), (0, 0));
    }

    #[test]
    fn lic_07_a_license_that_was_asked_for_stays() {
        let mut directory = Directory::small();
        directory.given(grant(8, ReadWrite)).given(assign(8, 1));
        directory.when(unassign(8, 1), expect!["RoleUnassigned role=1 user=8"]);
        assert_eq!(directory.used(), (1, 0));
    }

    #[test]
    fn lic_07_a_license_that_was_switched_was_asked_for() {
        Directory::small()
            .given(assign(8, 1))
            .given(grant(8, ReadOnly))
            .when(unassign(8, 1), expect!["RoleUnassigned role=1 user=8"]);
    }

    #[test]
    fn lic_07_a_disabled_agent_gives_its_license_back_too() {
        Directory::small().given(assign(8, 1)).given(disable(8)).when(
            unassign(8, 1),
            expect![[r#"
            RoleUnassigned role=1 user=8
            LicenseRevoked user=8 cause=ROLE license=READ_WRITE"#]],
        );
    }

    #[test]
    fn his_09_a_role_not_held_cannot_be_taken() {
        Directory::small()
            .when(unassign(8, 1), expect!["nothing"])
            .when(unassign(8, 99), expect!["refused: NOT_FOUND@role"]);
    }
}
