//! Renames an application, or changes what it offers. A role that somebody assumes in it stays offered
//! until their access was taken: nobody loses access unseen.

use rollbook_schema::command::ChangeApplication;
use rollbook_schema::event::{ApplicationChanged, Change};
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::define_application::{in_order, unknown_roles};
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangeApplication) -> Outcome {
    let id = command.application;
    let held = asked.application(id)?;
    let applications = &asked.models.applications;
    let roles = command.roles.as_deref().map(in_order);
    let mut wrong = Vec::new();
    let named = command.name.as_ref().and_then(|name| applications.named(&name.key()));
    if named.is_some_and(|named| named != id) {
        wrong.push(Rejection::of("name", RejectionCode::ApplicationNameTaken));
    }
    if let Some(roles) = &roles {
        wrong.extend(unknown_roles(asked, roles));
        let is_lost = |role| !roles.contains(role) && applications.is_assumed(id, *role);
        if held.roles.iter().any(is_lost) {
            wrong.push(Rejection::of("roles", RejectionCode::ApplicationInUse));
        }
    }
    refuse_any(wrong)?;

    let name = command.name.clone().zip(held.name.clone()).map(|(to, from)| Change { from, to });
    let name = name.filter(|name| name.from != name.to);
    let roles = roles.map(|to| Change { from: held.roles.clone(), to });
    let policy = command.policy.map(|to| Change { from: held.policy, to });
    let changed = ApplicationChanged {
        application: id,
        roles: roles.filter(|roles| roles.from != roles.to),
        policy: policy.filter(|policy| policy.from != policy.to),
        name: name.map_or(Personal::Absent, Personal::Known),
    };
    let is_so = changed.roles.is_none() && changed.policy.is_none() && changed.name == Personal::Absent;
    Ok(if is_so { Vec::new() } else { vec![changed.into()] })
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::RolePolicy;

    use crate::tests::*;

    fn sales() -> Directory {
        let mut directory = Directory::small();
        directory.given(own_seats(1)).given(agent_role("A")).given(agent_role("B"));
        directory.given(application("Sales", &[1, 2]));
        directory
    }

    #[test]
    fn only_what_differs_is_recorded() {
        sales()
            .when(
                change_application(1, Some("Selling"), None, None),
                expect!["ApplicationChanged application=1 +Person"],
            )
            .when(
                change_application(1, Some("Selling"), Some(&[2, 1]), Some(None)),
                expect!["nothing"],
            )
            .when(
                change_application(1, None, Some(&[2]), Some(Some(RolePolicy::ActiveOne))),
                expect![[
                    r#"ApplicationChanged application=1 policy={from:null,to:ACTIVE_ONE} roles={from:[1,2],to:[2]}"#
                ]],
            )
            .when(change_application(2, None, None, None), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn a_role_that_somebody_assumes_stays_offered() {
        sales()
            .given(assign(8, 1))
            .given(grant_access(8, 1, &[1]))
            .when(change_application(1, None, Some(&[2]), None), expect!["refused: APPLICATION_IN_USE@roles"])
            .given(change_application(1, None, Some(&[1]), None))
            .given(revoke_access(8, 1))
            .given(change_application(1, None, Some(&[]), None));
    }

    #[test]
    fn names_are_unique_without_case() {
        sales()
            .given(application("Service", &[]))
            .when(
                change_application(2, Some("SALES"), None, None),
                expect!["refused: APPLICATION_NAME_TAKEN@name"],
            )
            .given(change_application(1, Some("SALES"), None, None));
    }
}
