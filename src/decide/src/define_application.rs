//! Makes an application known: its name, and the roles that may be assumed in it (ROL-08).

use std::collections::BTreeSet;

use rollbook_schema::command::DefineApplication;
use rollbook_schema::event::ApplicationDefined;
use rollbook_schema::{Personal, Rejection, RejectionCode, RoleId};

use crate::asked::Asked;
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &DefineApplication) -> Outcome {
    let applications = &asked.models.applications;
    let mut wrong = Vec::new();
    if applications.named(&command.name.key()).is_some() {
        wrong.push(Rejection::of("name", RejectionCode::ApplicationNameTaken));
    }
    wrong.extend(unknown_roles(asked, &command.roles));
    refuse_any(wrong)?;
    let defined = ApplicationDefined {
        application: applications.next_id(),
        roles: in_order(&command.roles),
        policy: command.policy,
        name: Personal::Known(command.name.clone()),
    };
    Ok(vec![defined.into()])
}

/// Each id once, in the order of creation.
pub(crate) fn in_order<Id: Ord + Copy>(ids: &[Id]) -> Vec<Id> {
    ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect()
}

/// Roles of both kinds may be offered: agents and clients can run the same application.
pub(crate) fn unknown_roles(asked: &Asked<'_>, roles: &[RoleId]) -> Option<Rejection> {
    let is_unknown = |role: &RoleId| asked.models.roles.get(*role).is_none();
    roles.iter().any(is_unknown).then_some(Rejection::of("roles", RejectionCode::NotFound))
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn rol_08_an_application_offers_roles_in_order_each_once() {
        Directory::empty()
            .given(agent_role("A"))
            .given(client_role("B"))
            .when(
                application("Sales", &[2, 1, 2]),
                expect!["ApplicationDefined application=1 roles=[1,2] +Person"],
            )
            .when(
                application("SALES", &[9]),
                expect!["refused: APPLICATION_NAME_TAKEN@name, NOT_FOUND@roles"],
            )
            .given(delete_application(1))
            .when(application("Sales", &[]), expect!["ApplicationDefined application=2 roles=[] +Person"]);
    }
}
