//! Acting as somebody else.

use async_graphql::{Context, Object, Result};

use crate::directory::Directory;
use crate::graphql::asking::{ask, understood};
use crate::graphql::input::{ChangeProxyGrantInput, EndProxyInput, StartProxyInput};
use crate::graphql::output::{
    EndProxyPayload, OF_USER, Receipt, StartProxyPayload, User, UserPayload, Wanted,
};
use crate::graphql::rights::caller;

#[derive(Default)]
pub(super) struct ProxyMutations;

#[Object]
impl ProxyMutations {
    /// Says as whom somebody may act who has the right to.
    async fn change_proxy_grant(
        &self,
        ctx: &Context<'_>,
        input: ChangeProxyGrantInput,
    ) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }

    /// Acts as a user, with the user's rights, in a session of its own. Every change made in it names both,
    /// and the user sees it in their history. Your own session and its token stay as they are.
    async fn start_proxy(&self, ctx: &Context<'_>, mut input: StartProxyInput) -> Result<StartProxyPayload> {
        let directory = ctx.data::<Directory>()?;
        let answer = match understood(ctx, input.terms(), |flaws| input.parse(flaws)) {
            Ok((asking, (user, acknowledged, proof))) => {
                directory.start_proxy(asking, user, acknowledged, proof).await
            }
            Err(refused) => Err(refused),
        };
        StartProxyPayload::of(ctx, answer)
    }

    /// Switches back: the session that the request comes in ends. Go on with your own token.
    async fn end_proxy(&self, ctx: &Context<'_>, input: Option<EndProxyInput>) -> Result<EndProxyPayload> {
        let directory = ctx.data::<Directory>()?;
        let answer = match understood(ctx, input.unwrap_or_default().terms(), |_| Some(())) {
            Ok((asking, ())) => directory.end_proxy(asking).await,
            Err(refused) => Err(refused),
        };
        let (receipt, outcome) = Receipt::of(answer, &[])?;
        let real = outcome.and_then(|_| directory.behind(&caller(ctx)));
        let wanted = Wanted::at([ctx.look_ahead().field("user")]);
        let views = directory.views();
        let user = real.and_then(|real| User::find(&views, real.user()?, &real, &wanted));
        Ok(EndProxyPayload { user, receipt })
    }
}
