//! Says in which roles a user may run applications (ROL-08, ACC-20).
//!
//! A role that is assumed must be one that the user has: roles are given by `AssignRole` alone, which
//! also takes the seat, so that access to an application never goes round it. Hence it is of the user's
//! kind; the kind is said all the same where it is the reason.

use std::collections::BTreeMap;

use rollbook_projections::decision::User;
use rollbook_schema::command::GrantApplicationAccess;
use rollbook_schema::event::ApplicationAccessGranted;
use rollbook_schema::{ApplicationId, Rejection, RejectionCode, RoleId};

use crate::asked::Asked;
use crate::define_application::in_order;
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &GrantApplicationAccess) -> Outcome {
    let user = asked.user(command.user)?;
    let wanted: BTreeMap<ApplicationId, Vec<RoleId>> =
        command.access.iter().map(|(application, roles)| (*application, in_order(roles))).collect();
    let flaws = wanted.iter().filter_map(|(application, roles)| flaw(asked, user, *application, roles));
    refuse_any(flaws.collect())?;

    let mut events = Vec::new();
    for (application, to) in wanted {
        let from = asked.models.applications.access.roles(command.user, application).to_vec();
        if from != to {
            events.push(ApplicationAccessGranted { user: command.user, application, from, to }.into());
        }
    }
    Ok(events)
}

fn flaw(asked: &Asked<'_>, user: &User, application: ApplicationId, roles: &[RoleId]) -> Option<Rejection> {
    let Some(application) = asked.models.applications.get(application) else {
        return Some(Rejection::of("application", RejectionCode::NotFound));
    };
    let refused = |code| Some(Rejection::of("roles", code));
    if roles.is_empty() {
        return refused(RejectionCode::Required);
    }
    let mut known = roles.iter().filter_map(|role| asked.models.roles.get(*role));
    if known.any(|role| role.kind != user.kind) {
        refused(RejectionCode::KindMismatch)
    } else if !roles.iter().all(|role| application.roles.contains(role)) {
        refused(RejectionCode::RoleNotOffered)
    } else if !roles.iter().all(|role| user.has_role(*role)) {
        refused(RejectionCode::RoleNotHeld)
    } else {
        None
    }
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::GrantApplicationAccess;
    use rollbook_schema::{ApplicationId, RoleId, UserId};

    use crate::tests::*;

    /// Roles 1 to 3; an application 1 that offers 1 and 2; user 8 has 1 and 3.
    fn sales() -> Directory {
        let mut directory = Directory::empty();
        directory.given(own_seats(1)).given(agent("ann"));
        directory.given(agent_role("A")).given(agent_role("B")).given(agent_role("C"));
        directory.given(client_role("D"));
        directory.given(application("Sales", &[1, 2, 4])).given(application("Service", &[1]));
        directory.given(assign(8, 1)).given(assign(8, 3));
        directory
    }

    #[test]
    fn acc_20_pairs_are_set_and_only_changes_recorded() {
        let both = vec![(ApplicationId(2), vec![RoleId(1)]), (ApplicationId(1), vec![RoleId(1)])];
        sales()
            .when(
                grant_access(8, 1, &[1]),
                expect!["ApplicationAccessGranted user=8 application=1 from=[] to=[1]"],
            )
            .when(grant_access(8, 1, &[1, 1]), expect!["nothing"])
            .when(
                GrantApplicationAccess { user: UserId(8), access: both },
                expect!["ApplicationAccessGranted user=8 application=2 from=[] to=[1]"],
            )
            .given(assign(8, 2))
            .when(
                grant_access(8, 1, &[2]),
                expect!["ApplicationAccessGranted user=8 application=1 from=[1] to=[2]"],
            );
    }

    #[test]
    fn rol_08_roles_are_offered_held_and_of_the_users_kind() {
        sales()
            .when(grant_access(8, 1, &[3]), expect!["refused: ROLE_NOT_OFFERED@roles"])
            .when(grant_access(8, 1, &[2]), expect!["refused: ROLE_NOT_HELD@roles"])
            .when(grant_access(8, 1, &[4]), expect!["refused: KIND_MISMATCH@roles"])
            .when(grant_access(8, 1, &[99]), expect!["refused: ROLE_NOT_OFFERED@roles"])
            .when(grant_access(8, 1, &[]), expect!["refused: REQUIRED@roles"])
            .when(grant_access(8, 9, &[1]), expect!["refused: NOT_FOUND@application"])
            .when(grant_access(99, 1, &[1]), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn a_role_that_is_taken_leaves_all_applications() {
        let mut directory = sales();
        directory.given(grant_access(8, 1, &[1])).given(grant_access(8, 2, &[1])).given(unassign(8, 1));
        assert!(directory.models.applications.access.of(UserId(8)).is_empty());
        directory.given(assign(8, 1)).when(
            grant_access(8, 1, &[1]),
            expect!["ApplicationAccessGranted user=8 application=1 from=[] to=[1]"],
        );
    }
}
