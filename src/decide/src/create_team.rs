//! Makes a team, below another or at the top (TEA-01, TEA-06).

use rollbook_schema::command::CreateTeam;
use rollbook_schema::event::TeamCreated;
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &CreateTeam) -> Outcome {
    let teams = &asked.models.teams;
    let mut wrong = Vec::new();
    if teams.named(&command.name.key()).is_some() {
        wrong.push(Rejection::of("name", RejectionCode::TeamNameTaken));
    }
    if command.parent.is_some_and(|parent| teams.get(parent).is_none()) {
        wrong.push(Rejection::of("parent", RejectionCode::NotFound));
    }
    refuse_any(wrong)?;
    let (team, parent) = (teams.next_id(), command.parent);
    Ok(vec![TeamCreated { team, parent, name: Personal::Known(command.name.clone()) }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn tea_06_a_team_lies_below_another_or_at_the_top() {
        Directory::empty()
            .when(team("World", None), expect!["TeamCreated team=1 +Person"])
            .when(team("East", Some(1)), expect!["TeamCreated parent=1 team=2 +Person"]);
    }

    #[test]
    fn names_of_teams_are_unique_without_case() {
        Directory::empty()
            .given(team("World", None))
            .when(team("WORLD", None), expect!["refused: TEAM_NAME_TAKEN@name"]);
    }

    #[test]
    fn the_name_of_a_deleted_team_is_free_and_its_id_is_not() {
        Directory::empty()
            .given(team("World", None))
            .given(delete_team(1))
            .when(team("World", Some(1)), expect!["refused: NOT_FOUND@parent"])
            .when(team("World", None), expect!["TeamCreated team=2 +Person"]);
    }
}
