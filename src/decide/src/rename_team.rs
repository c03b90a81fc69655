//! Gives a team another name.

use rollbook_schema::command::RenameTeam;
use rollbook_schema::event::{Change, TeamRenamed};
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RenameTeam) -> Outcome {
    let team = asked.team(command.team)?;
    let holder = asked.models.teams.named(&command.name.key());
    if holder.is_some_and(|holder| holder != command.team) {
        return Err(Rejection::of("name", RejectionCode::TeamNameTaken).into());
    }
    if team.name() == Some(&command.name) {
        return Ok(Vec::new());
    }
    // A name that was erased is named by the new one alone.
    let from = team.name().unwrap_or(&command.name).clone();
    let name = Personal::Known(Change { from, to: command.name.clone() });
    Ok(vec![TeamRenamed { team: command.team, name }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_team_is_renamed_once() {
        Directory::empty()
            .given(team("World", None))
            .when(rename_team(1, "Globe"), expect!["TeamRenamed team=1 +Person"])
            .when(rename_team(1, "Globe"), expect!["nothing"])
            .when(rename_team(1, "GLOBE"), expect!["TeamRenamed team=1 +Person"]);
    }

    #[test]
    fn the_name_of_another_team_is_taken_and_the_old_one_is_free() {
        Directory::empty()
            .given(team("World", None))
            .given(team("East", None))
            .when(rename_team(2, "world"), expect!["refused: TEAM_NAME_TAKEN@name"])
            .given(rename_team(1, "Globe"))
            .when(rename_team(2, "world"), expect!["TeamRenamed team=2 +Person"]);
    }

    #[test]
    fn a_team_that_is_not_there_is_not_found() {
        Directory::empty().when(rename_team(1, "World"), expect!["refused: NOT_FOUND@id"]);
    }
}
