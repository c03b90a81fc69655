//! Pictures.

use async_graphql::{Context, Object, Result};

use crate::directory::Directory;
use crate::graphql::asking::{Asks as _, asking};
use crate::graphql::input::{Flaws, Picture, RemoveAvatarInput, SetAvatarInput};
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
    let terms = input.terms();
    let mut flaws = Flaws::default();
    let asking = match asking(ctx, terms, &mut flaws) {
        Ok(asking) => asking,
        Err(code) => return Ok(Err(code.into())),
    };
    let parsed = input.parse(&mut flaws);
    Ok(match flaws.of(parsed) {
        Ok(Picture { user, bytes }) => ctx.data::<Directory>()?.set_avatar(asking, user, bytes).await,
        Err(rejections) => Err(rejections.into()),
    })
}

async fn remove(ctx: &Context<'_>, mut input: RemoveAvatarInput) -> Result<Answer> {
    let terms = input.terms();
    let mut flaws = Flaws::default();
    let asking = match asking(ctx, terms, &mut flaws) {
        Ok(asking) => asking,
        Err(code) => return Ok(Err(code.into())),
    };
    let user = input.command(&mut flaws).and_then(|command| match command.subject() {
        Some(rollbook_schema::Subject::User(user)) => Some(user),
        _ => None,
    });
    Ok(match flaws.of(user) {
        Ok(user) => ctx.data::<Directory>()?.remove_avatar(asking, user).await,
        Err(rejections) => Err(rejections.into()),
    })
}
