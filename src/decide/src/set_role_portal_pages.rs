//! Says which portal pages the holders of a client role reach (ROL-05).

use std::collections::BTreeSet;

use rollbook_schema::command::SetRolePortalPages;
use rollbook_schema::event::{Change, RolePortalPagesSet};
use rollbook_schema::value::{PortalPage, UserKind};
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

/// Most pages of one role.
const PORTAL_PAGES_MAX: usize = 200;

pub(crate) fn decide(asked: &Asked<'_>, command: &SetRolePortalPages) -> Outcome {
    let role = asked.role(command.role)?;
    if role.kind != UserKind::Client {
        return Err(Rejection::of("pages", RejectionCode::ClientsOnly).into());
    }
    let to: BTreeSet<&str> = command.pages.iter().map(PortalPage::as_str).collect();
    if to.len() > PORTAL_PAGES_MAX {
        return Err(Rejection::of("pages", RejectionCode::TooMany).into());
    }
    let mut to: Vec<PortalPage> = command.pages.clone();
    to.sort_unstable_by(|one, other| one.as_str().cmp(other.as_str()));
    to.dedup();
    let from = asked.models.portal_pages.of(command.role).to_vec();
    if from == to {
        return Ok(Vec::new());
    }
    Ok(vec![RolePortalPagesSet { role: command.role, pages: Personal::Known(Change { from, to }) }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn rol_05_a_client_role_carries_pages_and_an_agent_role_none() {
        Directory::empty()
            .given(client_role("Portal"))
            .given(agent_role("Support"))
            .when(pages(1, &["/welcome", "/tickets"]), expect!["RolePortalPagesSet role=1 +Person"])
            .when(pages(1, &["/tickets", "/welcome", "/tickets"]), expect!["nothing"])
            .when(pages(1, &[]), expect!["RolePortalPagesSet role=1 +Person"])
            .when(pages(2, &["/tickets"]), expect!["refused: CLIENTS_ONLY@pages"])
            .when(pages(3, &["/tickets"]), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn rol_05_pages_are_bounded() {
        let many: Vec<String> = (0..=200).map(|page| format!("/{page}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        Directory::empty()
            .given(client_role("Portal"))
            .when(pages(1, &many), expect!["refused: TOO_MANY@pages"])
            .given(pages(1, &many[1..]));
    }
}
