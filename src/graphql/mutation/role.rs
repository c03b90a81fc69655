//! Roles and who has them.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::{AssignRoleInput, DefineRoleInput, DeleteRoleInput, UnassignRoleInput};
use crate::graphql::output::{OF_USER, RolePayload, UserPayload};

const OF_ROLE: &[(&str, &str)] = &[("id", "roleId")];

#[derive(Default)]
pub(super) struct RoleMutations;

#[Object]
impl RoleMutations {
    /// Makes a role.
    async fn define_role(&self, ctx: &Context<'_>, input: DefineRoleInput) -> Result<RolePayload> {
        RolePayload::of(ctx, ask(ctx, input).await?, OF_ROLE)
    }

    /// Removes a role that nobody holds.
    async fn delete_role(&self, ctx: &Context<'_>, input: DeleteRoleInput) -> Result<RolePayload> {
        RolePayload::of(ctx, ask(ctx, input).await?, OF_ROLE)
    }

    /// Gives a user a role. An agent takes a seat with the first one.
    async fn assign_role(&self, ctx: &Context<'_>, input: AssignRoleInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }

    /// Takes a role from a user.
    async fn unassign_role(&self, ctx: &Context<'_>, input: UnassignRoleInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }
}
