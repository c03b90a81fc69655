//! A proof of the views on request.

use async_graphql::{Context, InputObject, Object, Result};

use crate::directory::Directory;
use crate::graphql::output::ProveIntegrityPayload;
use crate::graphql::reading;
use crate::graphql::rights::caller;
use crate::graphql::scalar::Position;

#[derive(Default)]
pub(super) struct IntegrityMutations;

/// A comparison of the views with the log.
#[derive(InputObject)]
struct ProveIntegrityInput {
    /// Waits until the log has this position.
    at_least: Option<Position>,
}

#[Object]
impl IntegrityMutations {
    /// Folds the log again from its beginning, beside the views that are served, and compares them. Changes
    /// nothing. Answers when it is done, which takes about as long as a start of the server; whoever asks while
    /// one is under way is given that one.
    async fn prove_integrity(
        &self,
        ctx: &Context<'_>,
        input: Option<ProveIntegrityInput>,
    ) -> Result<ProveIntegrityPayload> {
        reading::at_least(ctx, input.and_then(|input| input.at_least)).await?;
        let proved = ctx.data::<Directory>()?.prove_views(&caller(ctx)).await;
        Ok(ProveIntegrityPayload::of(proved))
    }
}
