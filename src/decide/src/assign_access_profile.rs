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

#[cfg(test)]
mod cases {
    use rollbook_schema::value::AccessProfile::{Administrator, Auditor, DeletedUser, Standard};

    use crate::tests::*;

    #[test]
    fn rol_07_an_agent_has_one_profile() {
        Directory::small()
            .when(
                assign_profile(8, Administrator),
                expect!["AccessProfileAssigned user=8 from=STANDARD to=ADMINISTRATOR"],
            )
            .given(administrator("bob"))
            .when(
                assign_profile(8, Auditor),
                expect!["AccessProfileAssigned user=8 from=ADMINISTRATOR to=AUDITOR"],
            )
            .when(assign_profile(8, Auditor), expect!["nothing"]);
    }

    #[test]
    fn rol_06_clients_have_none() {
        Directory::small()
            .when(assign_profile(9, Auditor), expect!["refused: KIND_MISMATCH@accessProfile"])
            .when(assign_profile(9, Standard), expect!["nothing"]);
    }

    #[test]
    fn rol_14_the_profile_of_the_deleted_is_not_given() {
        Directory::small().when(assign_profile(8, DeletedUser), expect!["refused: INVALID@accessProfile"]);
    }

    #[test]
    fn sta_18_the_last_administrator_is_not_demoted() {
        Directory::empty()
            .given(administrator("ann"))
            .by(8)
            .when(assign_profile(8, Standard), expect!["refused: LAST_ADMINISTRATOR"])
            .given(administrator("bob"))
            .when(
                assign_profile(8, Standard),
                expect!["AccessProfileAssigned user=8 from=ADMINISTRATOR to=STANDARD"],
            );
    }

    #[test]
    fn sta_18_a_disabled_administrator_does_not_count() {
        Directory::empty()
            .given(administrator("ann"))
            .given(administrator("bob"))
            .given(disable(9))
            .when(assign_profile(8, Standard), expect!["refused: LAST_ADMINISTRATOR"])
            .when(
                assign_profile(9, Standard),
                expect!["AccessProfileAssigned user=9 from=ADMINISTRATOR to=STANDARD"],
            );
    }
}
