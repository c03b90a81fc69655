//! Makes a role; its number tells the order of creation (ROL-17).

use std::collections::BTreeSet;

use rollbook_schema::command::DefineRole;
use rollbook_schema::event::RoleDefined;
use rollbook_schema::value::{Surface, UserKind};
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &DefineRole) -> Outcome {
    let surfaces: BTreeSet<Surface> = command.surfaces.iter().copied().collect();
    let mut wrong = Vec::new();
    if asked.models.roles.named(&command.name.key()).is_some() {
        wrong.push(Rejection::of("name", RejectionCode::RoleNameTaken));
    }
    if command.kind == UserKind::Standard {
        wrong.push(Rejection::of("kind", RejectionCode::Invalid));
    } else if !surfaces.iter().all(|surface| surface.is_for(command.kind)) {
        wrong.push(Rejection::of("surfaces", RejectionCode::SurfaceNotForKind));
    }
    refuse_any(wrong)?;
    let defined = RoleDefined {
        role: asked.models.roles.next_id(),
        kind: command.kind,
        surfaces: surfaces.into_iter().collect(),
        name: Personal::Known(command.name.clone()),
    };
    Ok(vec![defined.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::Surface::{Charts, Dashboards, Lists, Reports, Views};
    use rollbook_schema::value::UserKind::{Agent, Client, Standard};

    use crate::tests::*;

    #[test]
    fn rol_01_surfaces_are_kept_in_order_each_once() {
        Directory::empty().when(
            role("Sales", Agent, &[Reports, Lists, Reports]),
            expect!["RoleDefined role=1 kind=AGENT surfaces=[LISTS,REPORTS] +Person"],
        );
    }

    #[test]
    fn rol_03_roles_are_for_agents_or_for_clients() {
        Directory::empty()
            .when(
                role("Reader", Client, &[Lists]),
                expect!["RoleDefined role=1 kind=CLIENT surfaces=[LISTS] +Person"],
            )
            .when(role("System", Standard, &[]), expect!["refused: INVALID@kind"]);
    }

    #[test]
    fn rol_04_client_roles_give_no_reports_or_dashboards() {
        Directory::empty()
            .when(role("A", Client, &[Lists, Reports]), expect!["refused: SURFACE_NOT_FOR_KIND@surfaces"])
            .when(role("A", Client, &[Dashboards]), expect!["refused: SURFACE_NOT_FOR_KIND@surfaces"])
            .when(
                role("A", Client, &[Lists, Views, Charts]),
                expect!["RoleDefined role=1 kind=CLIENT surfaces=[LISTS,VIEWS,CHARTS] +Person"],
            );
    }

    #[test]
    fn rol_17_numbers_follow_creation_and_are_never_used_again() {
        Directory::empty()
            .given(agent_role("A"))
            .given(agent_role("B"))
            .given(delete_role(2))
            .when(agent_role("B"), expect!["RoleDefined role=3 kind=AGENT surfaces=[LISTS] +Person"])
            .when(agent_role("C"), expect!["RoleDefined role=4 kind=AGENT surfaces=[LISTS] +Person"]);
    }

    #[test]
    fn names_are_unique_without_case_across_kinds() {
        Directory::empty()
            .given(agent_role("Sales"))
            .when(agent_role("SALES"), expect!["refused: ROLE_NAME_TAKEN@name"])
            .when(
                role("sales", Client, &[Reports]),
                expect!["refused: ROLE_NAME_TAKEN@name, SURFACE_NOT_FOR_KIND@surfaces"],
            );
    }
}
