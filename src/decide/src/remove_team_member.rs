//! Takes a user out of a team, but not out of the last one (TEA-03).

use rollbook_schema::RejectionCode;
use rollbook_schema::command::RemoveTeamMember;
use rollbook_schema::event::TeamMemberRemoved;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RemoveTeamMember) -> Outcome {
    let RemoveTeamMember { user, team } = *command;
    asked.user(user)?;
    let teams = asked.models.teams.of(user);
    if !teams.contains(&team) {
        return Ok(Vec::new());
    }
    if teams.len() == 1 {
        return Err(RejectionCode::LastTeam.into());
    }
    Ok(vec![TeamMemberRemoved { user, team }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn tea_03_the_last_team_stays() {
        Directory::small()
            .given(team("World", None))
            .given(team("East", Some(1)))
            .given(join(8, 1))
            .when(leave(8, 1), expect!["refused: LAST_TEAM"])
            .given(join(8, 2))
            .when(leave(8, 1), expect!["TeamMemberRemoved user=8 team=1"])
            .when(leave(8, 1), expect!["nothing"])
            .when(leave(8, 2), expect!["refused: LAST_TEAM"]);
    }
}
