//! Teams and who is in them.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::{
    AddTeamMemberInput, CreateTeamInput, DeleteTeamInput, MoveTeamInput, RemoveTeamMemberInput,
    RenameTeamInput,
};
use crate::graphql::output::{TeamPayload, UserPayload};

const OF_TEAM: &[(&str, &str)] = &[("id", "teamId"), ("parent", "parentId")];
const OF_MEMBER: &[(&str, &str)] = &[("id", "userId"), ("team", "teamId")];

#[derive(Default)]
pub(super) struct TeamMutations;

#[Object]
impl TeamMutations {
    /// Makes a team, below another or at the top.
    async fn create_team(&self, ctx: &Context<'_>, input: CreateTeamInput) -> Result<TeamPayload> {
        TeamPayload::of(ctx, ask(ctx, input).await?, OF_TEAM)
    }

    /// Gives a team another name.
    async fn rename_team(&self, ctx: &Context<'_>, input: RenameTeamInput) -> Result<TeamPayload> {
        TeamPayload::of(ctx, ask(ctx, input).await?, OF_TEAM)
    }

    /// Puts a team elsewhere in the tree, with all below it: the reach of those above changes at once.
    async fn move_team(&self, ctx: &Context<'_>, input: MoveTeamInput) -> Result<TeamPayload> {
        TeamPayload::of(ctx, ask(ctx, input).await?, OF_TEAM)
    }

    /// Removes a team with nobody in it and no team below it.
    async fn delete_team(&self, ctx: &Context<'_>, input: DeleteTeamInput) -> Result<TeamPayload> {
        TeamPayload::of(ctx, ask(ctx, input).await?, OF_TEAM)
    }

    /// Puts a user into a team. A user may be in several.
    async fn add_team_member(&self, ctx: &Context<'_>, input: AddTeamMemberInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_MEMBER)
    }

    /// Takes a user out of a team, but not out of the last one.
    async fn remove_team_member(
        &self,
        ctx: &Context<'_>,
        input: RemoveTeamMemberInput,
    ) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_MEMBER)
    }
}
