//! Says which dashboard the holders of a role get who chose none (PRF-10).

use rollbook_schema::command::SetRoleDashboard;
use rollbook_schema::event::RoleDashboardSet;
use rollbook_schema::value::UserKind;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &SetRoleDashboard) -> Outcome {
    let role = asked.role(command.role)?;
    if role.kind != UserKind::Agent {
        return Err(Rejection::of("dashboard", RejectionCode::AgentsOnly).into());
    }
    let dashboards = &asked.models.dashboards;
    if command.dashboard.is_some_and(|dashboard| !dashboards.exists(dashboard)) {
        return Err(Rejection::of("dashboard", RejectionCode::NotFound).into());
    }
    let from = dashboards.of_role(command.role);
    if from == command.dashboard {
        return Ok(Vec::new());
    }
    Ok(vec![RoleDashboardSet { role: command.role, from, to: command.dashboard }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn prf_10_a_role_gives_a_dashboard_that_is_there_or_none() {
        Directory::small()
            .given(dashboard("Sales"))
            .when(role_dashboard(1, Some(1)), expect!["RoleDashboardSet role=1 to=1"])
            .when(role_dashboard(1, Some(1)), expect!["nothing"])
            .when(role_dashboard(1, Some(7)), expect!["refused: NOT_FOUND@dashboard"])
            .when(role_dashboard(1, None), expect!["RoleDashboardSet role=1 from=1"])
            .when(role_dashboard(9, None), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn prf_15_roles_of_clients_give_none() {
        Directory::small().when(role_dashboard(2, Some(0)), expect!["refused: AGENTS_ONLY@dashboard"]);
    }
}
