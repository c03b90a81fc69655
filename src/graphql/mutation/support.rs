//! The provider's support, and notices of it.

use async_graphql::{Context, Object, Result};
use rollbook_schema::RejectionCode;

use crate::directory::Directory;
use crate::graphql::asking::{Terms, understood};
use crate::graphql::input::{DismissNoticeInput, EndSupportInput, StartSupportInput};
use crate::graphql::output::{DismissNoticePayload, Receipt, StartProxyPayload, SupportPayload};
use crate::graphql::rights::caller;

#[derive(Default)]
pub(super) struct SupportMutations;

#[Object]
impl SupportMutations {
    /// For the provider's support: acts as an administrator of the tenant, in a session of its own. Every
    /// change made in it names both; the administrator sees a notice, the reason, and all that is done.
    async fn start_support(
        &self,
        ctx: &Context<'_>,
        mut input: StartSupportInput,
    ) -> Result<StartProxyPayload> {
        let directory = ctx.data::<Directory>()?;
        let answer = match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
            Ok((asking, (user, acknowledged))) => directory.start_support(asking, user, acknowledged).await,
            Err(refused) => Err(refused),
        };
        StartProxyPayload::of(ctx, answer)
    }

    /// Switches back from a support login: the session that the request comes in ends. Go on with the
    /// provider's token.
    async fn end_support(&self, ctx: &Context<'_>, input: Option<EndSupportInput>) -> Result<SupportPayload> {
        let answer = match understood(ctx, input.unwrap_or_default().terms(), |_| Some(())) {
            Ok((asking, ())) => ctx.data::<Directory>()?.end_support(asking).await,
            Err(refused) => Err(refused),
        };
        let (receipt, _) = Receipt::of(answer, &[])?;
        Ok(SupportPayload { receipt })
    }

    /// Shows you a notice no longer. What it tells of stays in your history.
    async fn dismiss_notice(
        &self,
        ctx: &Context<'_>,
        mut input: DismissNoticeInput,
    ) -> Result<DismissNoticePayload> {
        let terms: Terms = input.terms();
        let answer = match caller(ctx).user() {
            None => Err(RejectionCode::Unauthenticated.into()),
            Some(user) => match understood(ctx, terms, |flaws| input.parse(user, flaws)) {
                Ok((asking, command)) => ctx.data::<Directory>()?.ask(asking, command).await,
                Err(refused) => Err(refused),
            },
        };
        let (receipt, _) = Receipt::of(answer, &[("notice", "noticeId")])?;
        Ok(DismissNoticePayload { receipt })
    }
}
