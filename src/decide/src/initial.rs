//! Where somebody begins after signing in: an application that they may run (PRF-17), and one of their
//! roles in it (PRF-18).

use std::collections::BTreeMap;

use rollbook_schema::value::Preference;
use rollbook_schema::{ApplicationId, Rejection, RejectionCode, RoleId, UserId};

use crate::asked::Asked;

/// What is wrong with a wish, if anything is.
pub(crate) fn flaw(
    asked: &Asked<'_>,
    user: UserId,
    wanted: &BTreeMap<&str, &Preference>,
    preference: &Preference,
) -> Option<Rejection> {
    let is_possible = match preference {
        Preference::InitialApplication(Some(application)) => !roles(asked, user, *application).is_empty(),
        Preference::InitialRole(Some(role)) => application(asked, user, wanted)
            .is_some_and(|application| roles(asked, user, application).contains(role)),
        _ => true,
    };
    (!is_possible).then(|| Rejection::of(preference.name(), RejectionCode::NoApplicationAccess))
}

/// Whoever begins in another application does so without the role that they chose in the one before.
pub(crate) fn leaves_role(asked: &Asked<'_>, user: UserId, wanted: &BTreeMap<&str, &Preference>) -> bool {
    let is_named = wanted.values().any(|preference| matches!(preference, Preference::InitialRole(_)));
    let held = asked.models.preferences.of(user).initial_role;
    let stays = |role: RoleId| {
        application(asked, user, wanted).is_some_and(|to| roles(asked, user, to).contains(&role))
    };
    let changes = wanted.values().any(|preference| matches!(preference, Preference::InitialApplication(_)));
    changes && !is_named && held.is_some_and(|role| !stays(role))
}

fn application(
    asked: &Asked<'_>,
    user: UserId,
    wanted: &BTreeMap<&str, &Preference>,
) -> Option<ApplicationId> {
    let named = wanted.values().find_map(|preference| match preference {
        Preference::InitialApplication(application) => Some(*application),
        _ => None,
    });
    named.unwrap_or(asked.models.preferences.of(user).initial_application)
}

fn roles<'a>(asked: &'a Asked<'_>, user: UserId, application: ApplicationId) -> &'a [RoleId] {
    asked.models.applications.access.roles(user, application)
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::Preference::{self, InitialApplication, InitialRole};
    use rollbook_schema::{ApplicationId, RoleId};

    use crate::tests::*;

    fn begin_in(application: u64) -> Preference {
        InitialApplication(Some(ApplicationId(application)))
    }

    fn begin_as(role: u64) -> Preference {
        InitialRole(Some(RoleId(role)))
    }

    /// User 8 has the role 1 in the applications 1 and 2, and the role 2 in the first of them.
    fn two_applications() -> Directory {
        let mut directory = Directory::empty();
        directory.given(own_seats(1)).given(agent("ann")).given(agent_role("A")).given(agent_role("B"));
        for name in ["Sales", "Service", "Nobody's"] {
            directory.given(application(name, &[1, 2]));
        }
        directory.given(assign(8, 1)).given(assign(8, 2));
        directory.given(grant_access(8, 1, &[1, 2])).given(grant_access(8, 2, &[1]));
        directory
    }

    #[test]
    fn prf_17_the_initial_application_is_one_that_the_user_may_run() {
        two_applications()
            .when(
                prefer(8, &[begin_in(3)]),
                expect!["refused: NO_APPLICATION_ACCESS@initialApplication"],
            )
            .when(
                prefer(8, &[begin_in(2)]),
                expect![
                    "PreferencesChanged user=8 changes=[{from:{initialApplication:null},to:{initialApplication:2}}]"
                ],
            );
    }

    #[test]
    fn prf_18_the_initial_role_is_one_of_the_users_in_that_application() {
        two_applications()
            .when(prefer(8, &[begin_as(1)]), expect!["refused: NO_APPLICATION_ACCESS@initialRole"])
            .when(
                prefer(8, &[begin_in(2), begin_as(2)]),
                expect!["refused: NO_APPLICATION_ACCESS@initialRole"],
            )
            .given(prefer(8, &[begin_in(1), begin_as(2)]));
    }

    #[test]
    fn prf_18_another_application_leaves_a_role_that_is_none_there() {
        two_applications().given(prefer(8, &[begin_in(1), begin_as(2)])).when(
            prefer(8, &[begin_in(2)]),
            expect![
                "PreferencesChanged user=8 changes=[{from:{initialApplication:1},to:{initialApplication:2}},{from:{initialRole:2},to:{initialRole:null}}]"
            ],
        );
        two_applications().given(prefer(8, &[begin_in(1), begin_as(1)])).when(
            prefer(8, &[begin_in(2)]),
            expect![
                "PreferencesChanged user=8 changes=[{from:{initialApplication:1},to:{initialApplication:2}}]"
            ],
        );
    }
}
