//! Acting as somebody else.

use async_graphql::{Context, Object, Result};

use crate::access::Caller;
use crate::directory::{Directory, OpenedProxy};
use crate::graphql::asking::{ask, asking};
use crate::graphql::id;
use crate::graphql::input::{ChangeProxyGrantInput, EndProxyInput, Flaws, StartProxyInput};
use crate::graphql::output::{
    EndProxyPayload, OF_USER, Receipt, StartProxyPayload, User, UserPayload, Wanted,
};
use crate::graphql::rights::caller;
use crate::writer::CommandError;

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
    async fn start_proxy(&self, ctx: &Context<'_>, input: StartProxyInput) -> Result<StartProxyPayload> {
        let directory = ctx.data::<Directory>()?;
        let OpenedProxy { token, session, expires_at, outcome } = match start(ctx, input).await {
            Ok(opened) => opened,
            Err(error) => {
                let (receipt, _) = Receipt::of(Err(error), OF_USER)?;
                return Ok(StartProxyPayload { receipt, ..StartProxyPayload::default() });
            }
        };
        let (receipt, _) = Receipt::of(Ok(outcome), &[])?;
        let wanted = Wanted::at([ctx.look_ahead().field("user")]);
        let proxied = directory.caller(&token).unwrap_or(Caller::Anonymous);
        let views = directory.views();
        let user = proxied.user().and_then(|user| User::find(&views, user, &proxied, &wanted));
        Ok(StartProxyPayload {
            token: Some(token.reveal().to_owned()),
            session: Some(id::of_proxy_session(session)),
            expires_at: Some(expires_at.into()),
            user,
            receipt,
        })
    }

    /// Switches back: the session that the request comes in ends. Go on with your own token.
    async fn end_proxy(&self, ctx: &Context<'_>, input: Option<EndProxyInput>) -> Result<EndProxyPayload> {
        let directory = ctx.data::<Directory>()?;
        let mut flaws = Flaws::default();
        let asking = asking(ctx, input.unwrap_or_default().terms(), &mut flaws);
        let answer = match (asking, flaws.of(Some(()))) {
            (Err(code), _) => Err(code.into()),
            (_, Err(rejections)) => Err(rejections.into()),
            (Ok(asking), Ok(())) => directory.end_proxy(asking).await,
        };
        let (receipt, outcome) = Receipt::of(answer, &[])?;
        let real = outcome.and_then(|_| directory.behind(&caller(ctx)));
        let wanted = Wanted::at([ctx.look_ahead().field("user")]);
        let views = directory.views();
        let user = real.and_then(|real| User::find(&views, real.user()?, &real, &wanted));
        Ok(EndProxyPayload { user, receipt })
    }
}

async fn start(ctx: &Context<'_>, mut input: StartProxyInput) -> Result<OpenedProxy, CommandError> {
    let terms = input.terms();
    let mut flaws = Flaws::default();
    let asking = asking(ctx, terms, &mut flaws)?;
    let parsed = input.parse(&mut flaws);
    let (user, acknowledged, answer) = flaws.of(parsed)?;
    let Ok(directory) = ctx.data::<Directory>() else {
        return Err(CommandError::Stopped(crate::writer::Stop::Closed));
    };
    directory.start_proxy(asking, user, acknowledged, answer).await
}
