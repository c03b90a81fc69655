//! Where users are kept.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::ChangeSourceInput;
use crate::graphql::output::{OF_USER, UserPayload};

#[derive(Default)]
pub(super) struct SourceMutations;

#[Object]
impl SourceMutations {
    /// Says where a user is kept. Of an LDAP user only teams, the initial application and roles are changed
    /// here; anything else is refused as `MANAGED_IN_LDAP`.
    async fn change_source(&self, ctx: &Context<'_>, input: ChangeSourceInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }
}
