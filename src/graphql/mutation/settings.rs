//! What the tenant chooses.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::ChangeSettingsInput;
use crate::graphql::output::SettingsPayload;

#[derive(Default)]
pub(super) struct SettingsMutations;

#[Object]
impl SettingsMutations {
    /// Chooses settings for everybody; those that are left out stay.
    async fn change_settings(
        &self,
        ctx: &Context<'_>,
        input: ChangeSettingsInput,
    ) -> Result<SettingsPayload> {
        SettingsPayload::of(ctx, ask(ctx, input).await?)
    }
}
