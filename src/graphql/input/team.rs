//! Teams and who is in them.

use async_graphql::{ID, InputObject};
use rollbook_schema::Command;
use rollbook_schema::command::{
    AddTeamMember, CreateTeam, DeleteTeam, MoveTeam, RemoveTeamMember, RenameTeam,
};
use rollbook_schema::value::TeamName;

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, ChangeTerms, Terms};

/// A new team.
#[derive(InputObject)]
pub(in crate::graphql) struct CreateTeamInput {
    /// Unique, compared without case; at most 100 characters.
    name: String,
    /// The team that it is a part of; at the top, if it is not given.
    parent_id: Option<ID>,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for CreateTeamInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let name = flaws.take("name", TeamName::parse(&self.name));
        let parent = self.parent_id.map(|parent| flaws.team("parentId", &parent));
        Some(CreateTeam { name: name?, parent: parent.flatten() }.into())
    }
}

/// A team's new name.
#[derive(InputObject)]
pub(in crate::graphql) struct RenameTeamInput {
    team_id: ID,
    /// Unique, compared without case; at most 100 characters.
    name: String,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for RenameTeamInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let team = flaws.team("teamId", &self.team_id);
        let name = flaws.take("name", TeamName::parse(&self.name));
        Some(RenameTeam { team: team?, name: name? }.into())
    }
}

/// Where a team shall lie, with all below it.
#[derive(InputObject)]
pub(in crate::graphql) struct MoveTeamInput {
    team_id: ID,
    /// The team that it shall be a part of; at the top, if it is not given.
    parent_id: Option<ID>,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for MoveTeamInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let team = flaws.team("teamId", &self.team_id);
        let parent = self.parent_id.map(|parent| flaws.team("parentId", &parent));
        Some(MoveTeam { team: team?, parent: parent.flatten() }.into())
    }
}

/// A team with nobody in it and no team below it.
#[derive(InputObject)]
pub(in crate::graphql) struct DeleteTeamInput {
    team_id: ID,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for DeleteTeamInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        Some(DeleteTeam { team: flaws.team("teamId", &self.team_id)? }.into())
    }
}

/// Who joins which team.
#[derive(InputObject)]
pub(in crate::graphql) struct AddTeamMemberInput {
    user_id: ID,
    team_id: ID,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for AddTeamMemberInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let team = flaws.team("teamId", &self.team_id);
        Some(AddTeamMember { user: user?, team: team? }.into())
    }
}

/// Who leaves which team.
#[derive(InputObject)]
pub(in crate::graphql) struct RemoveTeamMemberInput {
    user_id: ID,
    team_id: ID,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for RemoveTeamMemberInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let team = flaws.team("teamId", &self.team_id);
        Some(RemoveTeamMember { user: user?, team: team? }.into())
    }
}
