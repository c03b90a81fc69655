//! Passwords that must be changed, and sessions that must end.

use async_graphql::{Context, Object, Result};
use rollbook_schema::UserId;

use crate::access::Caller;
use crate::directory::{Asking, Directory, PasswordWay, ResetDone};
use crate::graphql::asking::{ask, asking};
use crate::graphql::input::{
    CancelPasswordChangeInput, EndSessionInput, EndSessionsInput, Flaws, ForcePasswordChangeInput,
    ResetPasswordInput,
};
use crate::graphql::output::{OF_USER, Receipt, ResetPasswordPayload, User, UserPayload, Wanted};
use crate::graphql::rights::caller;
use crate::writer::CommandError;

#[derive(Default)]
pub(super) struct PasswordMutations;

#[Object]
impl PasswordMutations {
    /// Demands a new password at the next sign-in: until it is set, nothing else can be done.
    async fn force_password_change(
        &self,
        ctx: &Context<'_>,
        input: ForcePasswordChangeInput,
    ) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }

    /// Demands it no more. A temporary password must be changed all the same.
    async fn cancel_password_change(
        &self,
        ctx: &Context<'_>,
        input: CancelPasswordChangeInput,
    ) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }

    /// Puts a temporary password in the place of a user's own. It opens the account once, expires, and must
    /// be changed at once. It goes to the user's address by mail; where mail cannot go, it is shown this once,
    /// to be handed over by a secure channel.
    async fn reset_password(
        &self,
        ctx: &Context<'_>,
        mut input: ResetPasswordInput,
    ) -> Result<ResetPasswordPayload> {
        let terms = input.terms();
        let mut flaws = Flaws::default();
        let asking = asking(ctx, terms, &mut flaws);
        let user = input.user(&mut flaws);
        let done = match (asking, flaws.of(user)) {
            (Err(code), _) => Err(code.into()),
            (_, Err(rejections)) => Err(rejections.into()),
            (Ok(asking), Ok(user)) => reset(ctx, asking, user).await?,
        };
        let ResetDone { temporary, way, expires_at, outcome } = match done {
            Ok(done) => done,
            Err(error) => {
                let (receipt, _) = Receipt::of(Err(error), OF_USER)?;
                return Ok(ResetPasswordPayload { receipt, ..ResetPasswordPayload::default() });
            }
        };
        let (receipt, _) = Receipt::of(Ok(outcome), OF_USER)?;
        let wanted = Wanted::at([ctx.look_ahead().field("user")]);
        let views = ctx.data::<Directory>()?.views();
        let user = outcome.user().and_then(|user| User::find(&views, user, &caller(ctx), &wanted));
        let expires_at = way.map(|_| expires_at.into());
        let mailed = way.map(|way| way == PasswordWay::Mail);
        let temporary_password = temporary.map(|password| password.to_string());
        Ok(ResetPasswordPayload { user, mailed, temporary_password, expires_at, receipt })
    }

    /// Ends one session. One that ended already stays ended.
    async fn end_session(&self, ctx: &Context<'_>, input: EndSessionInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }

    /// Ends all sessions of a user: role changes that wait for the next sign-in act at once.
    async fn end_sessions(&self, ctx: &Context<'_>, input: EndSessionsInput) -> Result<UserPayload> {
        let current = match caller(ctx) {
            Caller::Person(person) => Some(person.session),
            Caller::Anonymous | Caller::Operator | Caller::Provider | Caller::System => None,
        };
        UserPayload::of(ctx, ask(ctx, input.asked_in(current)).await?, OF_USER)
    }
}

async fn reset(
    ctx: &Context<'_>,
    asking: Asking,
    user: UserId,
) -> Result<std::result::Result<ResetDone, CommandError>> {
    Ok(ctx.data::<Directory>()?.reset_password(asking, user).await)
}
