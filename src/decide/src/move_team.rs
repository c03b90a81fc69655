//! Puts a team, and all below it, elsewhere in the tree, which has no cycles (TEA-06).

use rollbook_schema::command::MoveTeam;
use rollbook_schema::event::TeamMoved;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &MoveTeam) -> Outcome {
    let team = asked.team(command.team)?;
    if let Some(parent) = command.parent {
        asked.models.teams.get(parent).ok_or(Rejection::of("parent", RejectionCode::NotFound))?;
        if asked.models.teams.lies_within(parent, command.team) {
            return Err(Rejection::of("parent", RejectionCode::TeamCycle).into());
        }
    }
    if team.parent == command.parent {
        return Ok(Vec::new());
    }
    Ok(vec![TeamMoved { team: command.team, from: team.parent, to: command.parent }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn tea_06_a_team_is_moved_with_all_below_it() {
        let mut directory = Directory::small();
        directory.given(team("World", None)).given(team("East", Some(1))).given(team("Far East", Some(2)));
        directory.given(team("Moon", None)).given(join(8, 4)).given(join(9, 3));
        assert!(!directory.reaches(8, 9));
        directory.when(move_team(2, Some(4)), expect!["TeamMoved from=1 team=2 to=4"]);
        assert!(directory.reaches(8, 9));
        directory.when(move_team(2, None), expect!["TeamMoved from=4 team=2"]);
        assert!(!directory.reaches(8, 9));
    }

    #[test]
    fn tea_06_a_team_never_lies_below_itself() {
        Directory::empty()
            .given(team("World", None))
            .given(team("East", Some(1)))
            .given(team("Far East", Some(2)))
            .when(move_team(1, Some(1)), expect!["refused: TEAM_CYCLE@parent"])
            .when(move_team(1, Some(3)), expect!["refused: TEAM_CYCLE@parent"])
            .when(move_team(3, Some(1)), expect!["TeamMoved from=2 team=3 to=1"]);
    }

    #[test]
    fn a_team_that_lies_there_already_is_not_moved() {
        Directory::empty()
            .given(team("World", None))
            .when(move_team(1, None), expect!["nothing"])
            .when(move_team(1, Some(9)), expect!["refused: NOT_FOUND@parent"]);
    }
}
