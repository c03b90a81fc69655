//! Ends a user's access; its seat becomes free (STA-01, STA-08). Where the tenant keeps a team for whoever is
//! disabled, the user moves there (STA-11), unless the command names a team to keep: nothing is forced.
//! Enabling moves nobody back, since nobody can know that the old teams are still right.

use rollbook_schema::command::DisableUser;
use rollbook_schema::event::{TeamMemberAdded, TeamMemberRemoved, UserDisabled};
use rollbook_schema::{Event, Rejection, RejectionCode, TeamId};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DisableUser) -> Outcome {
    let user = asked.user(command.user)?;
    asked.spares_own_account(command.user)?;
    if !user.is_enabled() {
        return Ok(Vec::new());
    }
    asked.leaves_an_administrator(user)?;
    let joined = asked.moment.settings.deactivated_team.filter(|_| command.keep_team.is_none());
    let left = left_teams(asked, command, joined)?;
    let mut events: Vec<Event> = vec![UserDisabled { user: command.user, seat_released: user.seat() }.into()];
    // Joined first: whoever is in a team is always in one.
    events.extend(
        joined
            .filter(|team| !asked.models.teams.of(command.user).contains(team))
            .map(|team| Event::from(TeamMemberAdded { user: command.user, team })),
    );
    events.extend(left.map(|team| Event::from(TeamMemberRemoved { user: command.user, team })));
    Ok(events)
}

/// All teams but one are left, here or before (STA-10).
fn left_teams<'a>(
    asked: &Asked<'a>,
    command: &DisableUser,
    joined: Option<TeamId>,
) -> Result<impl Iterator<Item = TeamId> + use<'a>, Rejection> {
    let teams = asked.models.teams.of(command.user);
    let kept = command.keep_team.or(joined);
    match kept {
        Some(kept) if joined.is_none() && !teams.contains(&kept) => {
            Err(Rejection::of("keepTeam", RejectionCode::NotInTeam))
        }
        None if teams.len() > 1 => Err(Rejection::of("keepTeam", RejectionCode::TeamsLeft)),
        _ => Ok(teams.iter().copied().filter(move |team| kept.is_some_and(|kept| kept != *team))),
    }
}

#[cfg(test)]
mod cases {
    use rollbook_schema::TeamId;
    use rollbook_schema::value::{Setting, SettingValue};

    use crate::tests::*;

    /// Users 8 and 9; the team 1, with 2, 3 below it; whoever is disabled moves to 3.
    fn with_team_for_deactivated() -> Directory {
        let mut directory = Directory::small();
        directory.given(team("World", None)).given(team("East", Some(1))).given(team("Gone", Some(1)));
        directory.given(choose(Setting::DeactivatedTeam, SettingValue::Team(TeamId(3))));
        directory
    }

    #[test]
    fn sta_11_who_is_disabled_moves_to_the_team_for_it_and_enabling_moves_nobody_back() {
        with_team_for_deactivated()
            .given(join(8, 1))
            .given(join(8, 2))
            .when(
                disable(8),
                expect![[r#"
                UserDisabled user=8
                TeamMemberAdded user=8 team=3
                TeamMemberRemoved user=8 team=1
                TeamMemberRemoved user=8 team=2"#]],
            )
            .when(enable(8), expect!["UserEnabled user=8"]);
    }

    #[test]
    fn sta_11_also_from_no_team_and_from_that_one() {
        with_team_for_deactivated().given(join(9, 1)).given(join(9, 3)).when(
            disable(9),
            expect![[r#"
                UserDisabled user=9
                TeamMemberRemoved user=9 team=1"#]],
        );
        with_team_for_deactivated().when(
            disable(8),
            expect![[r#"
                UserDisabled user=8
                TeamMemberAdded user=8 team=3"#]],
        );
    }

    #[test]
    fn sta_11_it_is_not_forced_where_a_team_to_keep_is_named() {
        with_team_for_deactivated()
            .given(join(8, 1))
            .given(join(8, 2))
            .when(disable_keeping(8, 3), expect!["refused: NOT_IN_TEAM@keepTeam"])
            .when(
                disable_keeping(8, 2),
                expect![[r#"
                UserDisabled user=8
                TeamMemberRemoved user=8 team=1"#]],
            );
    }

    #[test]
    fn sta_01_sta_12_a_user_is_disabled_once() {
        Directory::small()
            .when(disable(8), expect!["UserDisabled user=8"])
            .when(disable(8), expect!["nothing"]);
    }

    #[test]
    fn sta_02_sessions_end() {
        let mut directory = Directory::empty();
        directory.given(with_password("ann")).given(sign_in(8, 1, 1)).given(disable(8));
        directory.when(sign_out(8, 1), expect!["nothing"]);
    }

    #[test]
    fn sta_03_nobody_disables_the_own_account() {
        Directory::small().by(8).when(disable(8), expect!["refused: OWN_ACCOUNT"]);
    }

    #[test]
    fn sta_03_not_even_on_behalf_of_oneself_or_by_another() {
        Directory::small().by(9).on_behalf_of(8).when(disable(8), expect!["refused: OWN_ACCOUNT"]);
        Directory::small().by(8).on_behalf_of(9).when(disable(8), expect!["refused: OWN_ACCOUNT"]);
    }

    #[test]
    fn sta_08_lic_11_the_seat_becomes_free_at_once() {
        let mut directory = Directory::small();
        directory.given(size(ReadWrite, 1)).given(assign(8, 1)).given(agent("bob"));
        directory.when(
            grant(10, ReadWrite),
            expect![[r#"
            refused: NO_LICENCE_AVAILABLE@license (ReadWrite: 1 of 1 used)
            record: AttemptDenied code=NO_LICENCE_AVAILABLE command=GrantLicense on={user:10}"#]],
        );
        directory.when(disable(8), expect!["UserDisabled user=8 seatReleased=READ_WRITE"]);
        assert_eq!(directory.used(), (0, 0));
        directory
            .when(grant(10, ReadWrite), expect!["LicenseGranted user=10 cause=REQUEST license=READ_WRITE"]);
    }

    #[test]
    fn sta_08_license_and_roles_stay() {
        let mut directory = Directory::small();
        directory.given(assign(8, 1)).given(disable(8));
        assert_eq!(directory.user(8).roles().len(), 1);
        assert!(directory.user(8).license.is_some());
    }

    #[test]
    fn sta_10_all_teams_but_one_are_left_before() {
        let mut directory = Directory::small();
        directory.given(team("World", None)).given(team("East", Some(1))).given(team("West", Some(1)));
        directory.given(join(8, 1)).given(join(8, 2));
        directory
            .when(disable(8), expect!["refused: TEAMS_LEFT@keepTeam"])
            .when(disable_keeping(8, 3), expect!["refused: NOT_IN_TEAM@keepTeam"])
            .given(leave(8, 1))
            .when(disable(8), expect!["UserDisabled user=8"]);
    }

    #[test]
    fn sta_10_or_the_team_to_keep_is_named() {
        let mut directory = Directory::small();
        directory.given(team("World", None)).given(team("East", Some(1))).given(team("West", Some(1)));
        directory.given(join(8, 1)).given(join(8, 2)).given(join(8, 3));
        directory.when(
            disable_keeping(8, 2),
            expect![[r#"
                UserDisabled user=8
                TeamMemberRemoved user=8 team=1
                TeamMemberRemoved user=8 team=3"#]],
        );
    }

    #[test]
    fn sta_18_the_last_enabled_administrator_stays() {
        Directory::empty()
            .given(administrator("ann"))
            .given(administrator("bob"))
            .when(disable(8), expect!["UserDisabled user=8"])
            .when(disable(9), expect!["refused: LAST_ADMINISTRATOR"]);
    }

    #[test]
    fn a_deleted_user_is_not_found() {
        Directory::small().given(delete(8)).when(disable(8), expect!["refused: NOT_FOUND@id"]);
    }
}
