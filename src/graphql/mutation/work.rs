//! How somebody stands among the others, and how much work they get.

use async_graphql::{Context, Object, Result};

use crate::directory::Directory;
use crate::graphql::asking::ask;
use crate::graphql::input::{ChangeChatLimitInput, ChangeDefaultChatLimitInput, ChangeReportingLineInput};
use crate::graphql::output::{DefaultChatLimitPayload, OF_USER, Receipt, UserPayload};

#[derive(Default)]
pub(super) struct WorkMutations;

#[Object]
impl WorkMutations {
    /// Says whom a user reports to: anybody who does not report to the user already.
    async fn change_reporting_line(
        &self,
        ctx: &Context<'_>,
        input: ChangeReportingLineInput,
    ) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }

    /// Says how many chats an agent has at once.
    async fn change_chat_limit(&self, ctx: &Context<'_>, input: ChangeChatLimitInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }

    /// Changes how many chats every agent has at once who has no limit alone.
    async fn change_default_chat_limit(
        &self,
        ctx: &Context<'_>,
        input: ChangeDefaultChatLimitInput,
    ) -> Result<DefaultChatLimitPayload> {
        let (receipt, outcome) = Receipt::of(ask(ctx, input).await?, &[])?;
        let limit = ctx.data::<Directory>()?.views().chat_limits.default_limit();
        Ok(DefaultChatLimitPayload { default_max_chats: outcome.map(|_| limit.chats()), receipt })
    }
}
