//! Says as whom somebody may act (PXY-11…PXY-20), the whole of it at once.

use rollbook_schema::command::ChangeProxyGrant;
use rollbook_schema::event::ProxyGrantChanged;
use rollbook_schema::value::{ProxyGrant, ProxyScope};
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangeProxyGrant) -> Outcome {
    asked.user(command.user)?;
    let ProxyGrant { scope, users, teams } = command.grant.clone();
    let to = ProxyGrant { scope, ..ProxyGrant::selected(users, teams) };
    refuse_any(wrong_entries(asked, &to))?;
    let from = asked.models.proxy_grants.of(command.user);
    if from == to {
        return Ok(Vec::new());
    }
    if to.is_empty() && !command.confirmed {
        return Err(Rejection::of("confirmed", RejectionCode::ConfirmationNeeded).into());
    }
    Ok(vec![ProxyGrantChanged { user: command.user, from, to }.into()])
}

fn wrong_entries(asked: &Asked<'_>, grant: &ProxyGrant) -> Vec<Rejection> {
    let ProxyGrant { scope, users, teams } = grant;
    let names_some = !users.is_empty() || !teams.is_empty();
    let checks = [
        (*scope == ProxyScope::All && names_some, "scope", RejectionCode::Invalid),
        (users.len() + teams.len() > ProxyGrant::ENTRIES_MAX, "users", RejectionCode::Invalid),
        (
            users.iter().any(|user| asked.models.users.present(*user).is_none()),
            "users",
            RejectionCode::NotFound,
        ),
        (teams.iter().any(|team| asked.models.teams.get(*team).is_none()), "teams", RejectionCode::NotFound),
    ];
    checks
        .into_iter()
        .filter(|(wrong, ..)| *wrong)
        .map(|(_, field, code)| Rejection::of(field, code))
        .collect()
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::{ProxyGrant, ProxyScope};
    use rollbook_schema::{TeamId, UserId};

    use super::ChangeProxyGrant;
    use crate::tests::*;

    #[test]
    fn pxy_14_pxy_20_one_event_says_before_and_after() {
        Directory::small().given(team("World", None)).when(
            select(8, &[9], &[1]),
            expect!["ProxyGrantChanged user=8 from={scope:ALL,teams:[],users:[]} to={scope:SELECTED,teams:[1],users:[9]}"],
        );
    }

    #[test]
    fn pxy_18_entries_are_kept_in_order_each_once() {
        let mut directory = Directory::small();
        directory.given(agent("bob")).when(
            select(8, &[10, 9, 10], &[]),
            expect!["ProxyGrantChanged user=8 from={scope:ALL,teams:[],users:[]} to={scope:SELECTED,teams:[],users:[9,10]}"],
        );
        directory.when(select(8, &[9, 10], &[]), expect!["nothing"]);
    }

    #[test]
    fn pxy_15_removing_the_last_entry_is_confirmed_and_leaves_nobody() {
        let nobody = ChangeProxyGrant { confirmed: true, ..select(8, &[], &[]) };
        Directory::small()
            .given(select(8, &[9], &[]))
            .when(select(8, &[], &[]), expect!["refused: CONFIRMATION_NEEDED@confirmed"])
            .when(nobody, expect!["ProxyGrantChanged user=8 from={scope:SELECTED,teams:[],users:[9]} to={scope:SELECTED,teams:[],users:[]}"])
            .when(select(8, &[], &[]), expect!["nothing"]);
    }

    #[test]
    fn pxy_13_everybody_is_said_and_never_an_empty_list() {
        let all = ChangeProxyGrant { grant: ProxyGrant::default(), ..select(8, &[], &[]) };
        Directory::small()
            .given(select(8, &[9], &[]))
            .when(all, expect!["ProxyGrantChanged user=8 from={scope:SELECTED,teams:[],users:[9]} to={scope:ALL,teams:[],users:[]}"]);
    }

    #[test]
    fn entries_must_be_there() {
        let everybody_and_one = ProxyGrant { scope: ProxyScope::All, ..select(8, &[9], &[]).grant };
        Directory::small()
            .when(select(8, &[3, 99], &[7]), expect!["refused: NOT_FOUND@users, NOT_FOUND@teams"])
            .when(
                ChangeProxyGrant { grant: everybody_and_one, ..select(8, &[], &[]) },
                expect!["refused: INVALID@scope"],
            );
    }

    #[test]
    fn a_grant_names_at_most_500() {
        let teams: Vec<TeamId> = (1..=501).map(TeamId).collect();
        let grant = ProxyGrant::selected(vec![UserId(9)], teams);
        let command = ChangeProxyGrant { grant, ..select(8, &[], &[]) };
        Directory::small().when(command, expect!["refused: INVALID@users, NOT_FOUND@teams"]);
    }
}
