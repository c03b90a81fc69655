//! Removes a team with nobody in it and no team below it, which neither a proxy grant nor a setting names.

use rollbook_schema::RejectionCode;
use rollbook_schema::command::DeleteTeam;
use rollbook_schema::event::TeamDeleted;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &DeleteTeam) -> Outcome {
    let team = asked.team(command.team)?;
    let is_named = asked.models.proxy_grants.name_team(command.team)
        || asked.moment.settings.deactivated_team == Some(command.team);
    if is_named || team.subteams > 0 || asked.models.teams.members(command.team) > 0 {
        return Err(RejectionCode::TeamInUse.into());
    }
    Ok(vec![TeamDeleted { team: command.team }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_team_goes_when_nobody_is_in_it() {
        Directory::small()
            .given(team("World", None))
            .given(join(8, 1))
            .given(disable(8))
            .when(delete_team(1), expect!["refused: TEAM_IN_USE"])
            .given(delete(8))
            .when(delete_team(1), expect!["TeamDeleted team=1"])
            .when(delete_team(1), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn a_team_goes_when_no_team_lies_below_it() {
        Directory::empty()
            .given(team("World", None))
            .given(team("East", Some(1)))
            .when(delete_team(1), expect!["refused: TEAM_IN_USE"])
            .given(delete_team(2))
            .when(delete_team(1), expect!["TeamDeleted team=1"]);
    }

    #[test]
    fn a_team_goes_when_no_proxy_grant_names_it() {
        Directory::small()
            .given(team("World", None))
            .given(select(8, &[9], &[1]))
            .when(delete_team(1), expect!["refused: TEAM_IN_USE"])
            .given(select(8, &[9], &[]))
            .when(delete_team(1), expect!["TeamDeleted team=1"]);
    }
}
