//! How somebody wants things shown.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::ChangePreferencesInput;
use crate::graphql::output::{OF_USER, UserPayload};

#[derive(Default)]
pub(super) struct PreferencesMutations;

#[Object]
impl PreferencesMutations {
    /// Changes preferences; those that are left out stay. Everybody may change their own.
    async fn change_preferences(
        &self,
        ctx: &Context<'_>,
        input: ChangePreferencesInput,
    ) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }
}
