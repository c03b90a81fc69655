//! Puts a user into a team; a user may be in several (TEA-03).

use rollbook_schema::command::AddTeamMember;
use rollbook_schema::event::TeamMemberAdded;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &AddTeamMember) -> Outcome {
    let AddTeamMember { user, team } = *command;
    asked.user(user)?;
    asked.models.teams.get(team).ok_or(Rejection::of("team", RejectionCode::NotFound))?;
    if asked.models.teams.of(user).contains(&team) {
        return Ok(Vec::new());
    }
    Ok(vec![TeamMemberAdded { user, team }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn tea_03_a_user_may_be_in_several_teams() {
        Directory::small()
            .given(team("World", None))
            .given(team("East", Some(1)))
            .when(join(8, 1), expect!["TeamMemberAdded user=8 team=1"])
            .when(join(8, 2), expect!["TeamMemberAdded user=8 team=2"])
            .when(join(8, 2), expect!["nothing"]);
    }

    #[test]
    fn team_and_user_must_be_there() {
        Directory::small()
            .given(team("World", None))
            .when(join(8, 2), expect!["refused: NOT_FOUND@team"])
            .given(delete(8))
            .when(join(8, 1), expect!["refused: NOT_FOUND@id"])
            .when(join(3, 1), expect!["refused: RESERVED_USER"]);
    }
}
