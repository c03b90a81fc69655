//! Security questions, and mail that goes again.

use async_graphql::{Context, Object, Result};

use crate::directory::Directory;
use crate::graphql::asking::understood;
use crate::graphql::input::{
    NewSecurityQuestion, RemoveSecurityQuestionInput, ResendMailInput, SetSecurityQuestionInput,
};
use crate::graphql::output::{OF_USER, UserPayload};

#[derive(Default)]
pub(super) struct SecurityQuestionMutations;

#[Object]
impl SecurityQuestionMutations {
    /// Chooses what you are asked besides the password, where the tenant asks such questions.
    async fn set_security_question(
        &self,
        ctx: &Context<'_>,
        mut input: SetSecurityQuestionInput,
    ) -> Result<UserPayload> {
        let directory = ctx.data::<Directory>()?;
        let answer = match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
            Ok((asking, NewSecurityQuestion { question, answer, current })) => {
                directory.set_security_question(asking, question, answer, Some(current)).await
            }
            Err(refused) => Err(refused),
        };
        UserPayload::of(ctx, answer, OF_USER)
    }

    /// Takes a security question away: your own, or that of somebody who forgot the answer.
    async fn remove_security_question(
        &self,
        ctx: &Context<'_>,
        mut input: RemoveSecurityQuestionInput,
    ) -> Result<UserPayload> {
        let directory = ctx.data::<Directory>()?;
        let answer = match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
            Ok((asking, (user, current))) => directory.remove_security_question(asking, user, current).await,
            Err(refused) => Err(refused),
        };
        UserPayload::of(ctx, answer, OF_USER)
    }

    /// Sends a mail again, to the address of now. A mail with a password goes once: reset it instead.
    async fn resend_mail(&self, ctx: &Context<'_>, mut input: ResendMailInput) -> Result<UserPayload> {
        let directory = ctx.data::<Directory>()?;
        let answer = match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
            Ok((asking, (user, mail))) => directory.resend_mail(asking, user, mail).await,
            Err(refused) => Err(refused),
        };
        UserPayload::of(ctx, answer, OF_USER)
    }
}
