//! Passwords and sessions.

use async_graphql::{Context, Object, Result};

use crate::access::Caller;
use crate::directory::{Asking, Directory, OpenedSession};
use crate::graphql::asking::{asking, context, understood};
use crate::graphql::input::{Flaws, NewPassword, SetPasswordInput, SignInInput, SignOutInput};
use crate::graphql::output::{OF_USER, Receipt, SignInPayload, SignOutPayload, User, UserPayload, Wanted};
use crate::writer::Answer;

#[derive(Default)]
pub(super) struct SessionMutations;

#[Object]
impl SessionMutations {
    /// Signs in by username or email. Every failure looks the same.
    async fn sign_in(&self, ctx: &Context<'_>, input: SignInInput) -> Result<SignInPayload> {
        let directory = ctx.data::<Directory>()?;
        let asking = Asking { context: context(ctx), ..Asking::by(Caller::Anonymous) };
        let opened = match directory.sign_in(&asking, input.into()).await {
            Ok(opened) => opened,
            Err(error) => {
                let (receipt, _) = Receipt::of(Err(error), &[])?;
                return Ok(SignInPayload { receipt, ..SignInPayload::default() });
            }
        };
        let OpenedSession { token, user, expires_at, must_change_password, security_question, outcome } =
            opened;
        let (receipt, _) = Receipt::of(Ok(outcome), &[])?;
        let wanted = Wanted::at([ctx.look_ahead().field("user")]);
        let caller = directory.caller(&token).unwrap_or(Caller::Anonymous);
        let user = User::find(&directory.views(), user, &caller, &wanted);
        let token = Some(token.reveal().to_owned());
        let (expires_at, must_change_password) = (Some(expires_at.into()), Some(must_change_password));
        let security_question = security_question.map(|question| question.as_str().to_owned());
        Ok(SignInPayload { token, expires_at, must_change_password, security_question, user, receipt })
    }

    /// Ends the session that the request comes in.
    async fn sign_out(&self, ctx: &Context<'_>, input: Option<SignOutInput>) -> Result<SignOutPayload> {
        let mut flaws = Flaws::default();
        let asking = asking(ctx, input.unwrap_or_default().terms(), &mut flaws);
        let answer = match (asking, flaws.of(Some(()))) {
            (Err(code), _) => Err(code.into()),
            (_, Err(rejections)) => Err(rejections.into()),
            (Ok(asking), Ok(())) => ctx.data::<Directory>()?.sign_out(asking).await,
        };
        let (receipt, _) = Receipt::of(answer, &[])?;
        Ok(SignOutPayload { receipt })
    }

    /// Sets a password. For the own account the current one is needed.
    async fn set_password(&self, ctx: &Context<'_>, input: SetPasswordInput) -> Result<UserPayload> {
        let answer = set_password(ctx, input).await?;
        UserPayload::of(ctx, answer, OF_USER)
    }
}

async fn set_password(ctx: &Context<'_>, mut input: SetPasswordInput) -> Result<Answer> {
    Ok(match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
        Ok((asking, NewPassword { user, password, proofs })) => {
            ctx.data::<Directory>()?.set_password(asking, user, password, proofs).await
        }
        Err(refused) => Err(refused),
    })
}
