//! Forgetting.

use async_graphql::{Context, Object, Result};

use crate::directory::Directory;
use crate::graphql::asking::understood;
use crate::graphql::input::MaskPiiInput;
use crate::graphql::output::{OF_USER, UserPayload};
use crate::writer::Answer;

#[derive(Default)]
pub(super) struct PrivacyMutations;

#[Object]
impl PrivacyMutations {
    /// Masks a user's username and email in all of history, for good. Answers when the key of the clear
    /// values is destroyed.
    async fn mask_pii(&self, ctx: &Context<'_>, input: MaskPiiInput) -> Result<UserPayload> {
        let answer = mask(ctx, input).await?;
        UserPayload::of(ctx, answer, OF_USER)
    }
}

async fn mask(ctx: &Context<'_>, mut input: MaskPiiInput) -> Result<Answer> {
    Ok(match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
        Ok((asking, request)) => ctx.data::<Directory>()?.mask(asking, request).await,
        Err(refused) => Err(refused),
    })
}
