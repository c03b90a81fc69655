//! The life of a user.

use async_graphql::{Context, Object, Result};

use crate::directory::Directory;
use crate::graphql::asking::{ask, understood};
use crate::graphql::input::{
    AssignAccessProfileInput, ChangeProfileInput, CreateUserInput, DeleteUserInput, DisableUserInput,
    EnableUserInput, LockAccountInput, NewUser, UnlockAccountInput,
};
use crate::graphql::output::{DeleteUserPayload, OF_USER, Team, UserPayload};
use crate::graphql::references;
use crate::graphql::rights::caller;
use crate::writer::Answer;

/// Enabling asks for no license, so a missing seat is of the whole.
const OF_ENABLING: &[(&str, &str)] = &[("id", "userId"), ("license", "")];

#[derive(Default)]
pub(super) struct UserMutations;

#[Object]
impl UserMutations {
    /// Makes an agent or a client, whole or not at all.
    async fn create_user(&self, ctx: &Context<'_>, input: CreateUserInput) -> Result<UserPayload> {
        let answer = create(ctx, input).await?;
        UserPayload::of(ctx, answer, &[])
    }

    /// Changes fields of a profile; fields that are left out stay.
    async fn change_profile(&self, ctx: &Context<'_>, input: ChangeProfileInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }

    /// Gives a user administrative capabilities, or takes them (`STANDARD`).
    async fn assign_access_profile(
        &self,
        ctx: &Context<'_>,
        input: AssignAccessProfileInput,
    ) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }

    /// Ends a user's access and frees the seat; everything else stays, but that of several teams one is
    /// kept.
    async fn disable_user(&self, ctx: &Context<'_>, input: DisableUserInput) -> Result<UserPayload> {
        let user = input.user();
        let mut payload = UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)?;
        if let Some(user) = user {
            let teams = Team::all_of(user, &ctx.data::<Directory>()?.views(), &caller(ctx));
            payload.receipt.name_teams(&teams);
        }
        Ok(payload)
    }

    /// Gives a disabled user access again, and the seat.
    async fn enable_user(&self, ctx: &Context<'_>, input: EnableUserInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_ENABLING)
    }

    /// Takes a user out of the directory for good; history stays. Refused with `REFERENCED` and the whole list,
    /// while anything names the user. Consider disabling instead.
    async fn delete_user(&self, ctx: &Context<'_>, input: DeleteUserInput) -> Result<DeleteUserPayload> {
        let user = input.user();
        let UserPayload { user: deleted, receipt } = UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)?;
        let references = references::blocking(ctx, user, &receipt)?;
        Ok(DeleteUserPayload { user: deleted, references, receipt })
    }

    /// Refuses sign-in until the account is unlocked.
    async fn lock_account(&self, ctx: &Context<'_>, input: LockAccountInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }

    /// Permits sign-in again.
    async fn unlock_account(&self, ctx: &Context<'_>, input: UnlockAccountInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }
}

async fn create(ctx: &Context<'_>, mut input: CreateUserInput) -> Result<Answer> {
    let directory = ctx.data::<Directory>()?;
    Ok(match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
        Ok((asking, NewUser { command, password })) => directory.create_user(asking, command, password).await,
        Err(refused) => Err(refused),
    })
}
