//! Pictures.

use async_graphql::{Context, Object, Result};

use crate::directory::Directory;
use crate::graphql::asking::{Asks as _, understood};
use crate::graphql::input::{Picture, RemoveAvatarInput, SetAvatarInput};
use crate::graphql::output::{OF_USER, UserPayload};
use crate::writer::Answer;

#[derive(Default)]
pub(super) struct AvatarMutations;

#[Object]
impl AvatarMutations {
    /// Gives a user a picture. Everybody may change their own.
    async fn set_avatar(&self, ctx: &Context<'_>, input: SetAvatarInput) -> Result<UserPayload> {
        let answer = set(ctx, input).await?;
        UserPayload::of(ctx, answer, OF_USER)
    }

    /// Takes a user's picture.
    async fn remove_avatar(&self, ctx: &Context<'_>, input: RemoveAvatarInput) -> Result<UserPayload> {
        let answer = remove(ctx, input).await?;
        UserPayload::of(ctx, answer, OF_USER)
    }
}

async fn set(ctx: &Context<'_>, mut input: SetAvatarInput) -> Result<Answer> {
    Ok(match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
        Ok((asking, Picture { user, bytes })) => {
            ctx.data::<Directory>()?.set_avatar(asking, user, bytes).await
        }
        Err(refused) => Err(refused),
    })
}

async fn remove(ctx: &Context<'_>, mut input: RemoveAvatarInput) -> Result<Answer> {
    let terms = input.terms();
    let user = |flaws: &mut _| match input.command(flaws)?.subject() {
        Some(rollbook_schema::Subject::User(user)) => Some(user),
        _ => None,
    };
    Ok(match understood(ctx, terms, user) {
        Ok((asking, user)) => ctx.data::<Directory>()?.remove_avatar(asking, user).await,
        Err(refused) => Err(refused),
    })
}
