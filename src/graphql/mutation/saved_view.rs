//! Saved views of the lists of users.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::{ChangeSavedViewInput, RemoveSavedViewInput, SaveViewInput};
use crate::graphql::rights::caller;
use crate::graphql::saved_views::{About, SavedViewPayload, about, payload};

#[derive(Default)]
pub(super) struct SavedViewMutations;

#[Object]
impl SavedViewMutations {
    /// Saves a view of a list of users, for yourself or for everybody.
    async fn save_view(&self, ctx: &Context<'_>, mut input: SaveViewInput) -> Result<SavedViewPayload> {
        input.asker = caller(ctx).user();
        let made = input.owner().map(About::Newest);
        payload(ctx, ask(ctx, input).await?, made)
    }

    /// Gives a view another name, or lets it show something else.
    async fn change_saved_view(
        &self,
        ctx: &Context<'_>,
        input: ChangeSavedViewInput,
    ) -> Result<SavedViewPayload> {
        let changed = about(&input.view_id);
        payload(ctx, ask(ctx, input).await?, changed)
    }

    /// Removes a view. What it showed stays as it is.
    async fn remove_saved_view(
        &self,
        ctx: &Context<'_>,
        input: RemoveSavedViewInput,
    ) -> Result<SavedViewPayload> {
        payload(ctx, ask(ctx, input).await?, None)
    }
}
