//! Chooses the role that is in force in an application, for one session and no other (ROL-09, SES-05).
//! Only roles that the session began with can be chosen: what was granted since waits (ROL-12).

use rollbook_schema::command::ChooseActiveRole;
use rollbook_schema::event::ActiveRoleChosen;
use rollbook_schema::value::RolePolicy;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &ChooseActiveRole) -> Outcome {
    let ChooseActiveRole { user, session, application, role: to } = *command;
    asked.user(user)?;
    let sessions = &asked.models.sessions;
    if !sessions.is_live(user, session) {
        return Err(RejectionCode::Unauthenticated.into());
    }
    let Some(known) = asked.models.applications.get(application) else {
        return Err(Rejection::of("application", RejectionCode::NotFound).into());
    };
    let assumed = sessions.assumed(user, session);
    let Some((assumed, from)) = assumed.and_then(|assumed| Some((assumed, assumed.in_force(application)?)))
    else {
        return Err(Rejection::of("application", RejectionCode::NoApplicationAccess).into());
    };
    if known.policy.unwrap_or(asked.moment.settings.role_policy) == RolePolicy::Union {
        return Err(Rejection::of("application", RejectionCode::AllRolesInForce).into());
    }
    if !assumed.roles(application).contains(&to) {
        return Err(Rejection::of("role", RejectionCode::NoApplicationAccess).into());
    }
    if from == to {
        return Ok(Vec::new());
    }
    Ok(vec![ActiveRoleChosen { user, session, application, from, to }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::{Preference, RolePolicy, Setting, SettingValue};
    use rollbook_schema::{ApplicationId, RoleId};

    use crate::tests::*;

    /// User 8 has the roles 1 and 2 in the application 1, and the session 1.
    fn signed_in() -> Directory {
        let mut directory = Directory::empty();
        directory.given(own_seats(1)).given(with_password("ann"));
        directory.given(agent_role("A")).given(agent_role("B")).given(agent_role("C"));
        directory.given(application("Sales", &[1, 2, 3])).given(application("Other", &[1]));
        directory.given(choose(Setting::RolePolicy, SettingValue::RolePolicy(RolePolicy::ActiveOne)));
        directory.given(assign(8, 1)).given(assign(8, 2)).given(assign(8, 3));
        directory.given(grant_access(8, 1, &[1, 2])).given(sign_in(8, 1, 1));
        directory
    }

    #[test]
    fn rol_09_one_role_is_in_force_and_switching_it_is_an_event() {
        signed_in()
            .when(choose_role(8, 1, 1, 1), expect!["nothing"])
            .when(
                choose_role(8, 1, 1, 2),
                expect![
                    "ActiveRoleChosen user=8 application=1 from=1 session=01040G2081040G2081040G2081 to=2"
                ],
            )
            .when(choose_role(8, 1, 1, 2), expect!["nothing"])
            .when(choose_role(8, 1, 1, 3), expect!["refused: NO_APPLICATION_ACCESS@role"])
            .when(choose_role(8, 1, 2, 1), expect!["refused: NO_APPLICATION_ACCESS@application"])
            .when(choose_role(8, 1, 9, 1), expect!["refused: NOT_FOUND@application"]);
    }

    #[test]
    fn ses_05_a_choice_is_the_sessions_and_over_with_it() {
        signed_in()
            .given(sign_in(8, 1, 2))
            .given(choose_role(8, 1, 1, 2))
            .when(choose_role(8, 2, 1, 1), expect!["nothing"])
            .given(sign_out(8, 1))
            .when(choose_role(8, 1, 1, 1), expect!["refused: UNAUTHENTICATED"]);
    }

    #[test]
    fn rol_12_what_was_granted_since_waits_for_the_next_session() {
        signed_in()
            .given(grant_access(8, 1, &[2, 3]))
            .when(choose_role(8, 1, 1, 3), expect!["refused: NO_APPLICATION_ACCESS@role"])
            .given(choose_role(8, 1, 1, 2))
            .given(choose_role(8, 1, 1, 1))
            .given(sign_in(8, 1, 2))
            .when(choose_role(8, 2, 1, 2), expect!["nothing"])
            .given(choose_role(8, 2, 1, 3));
    }

    #[test]
    fn rol_09_where_roles_are_united_none_is_chosen() {
        signed_in()
            .given(change_application(1, None, None, Some(Some(RolePolicy::Union))))
            .when(choose_role(8, 1, 1, 2), expect!["refused: ALL_ROLES_IN_FORCE@application"]);
    }

    #[test]
    fn prf_18_a_session_begins_with_the_initial_role() {
        let mut directory = signed_in();
        let initial = [
            Preference::InitialApplication(Some(ApplicationId(1))),
            Preference::InitialRole(Some(RoleId(2))),
        ];
        directory.given(prefer(8, &initial)).given(sign_in(8, 1, 2));
        directory.when(choose_role(8, 2, 1, 2), expect!["nothing"]);
        directory.when(choose_role(8, 1, 1, 1), expect!["nothing"]);
    }
}
