//! Notices about approvals, for programs that approve things.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::NotifySignOffInput;
use crate::graphql::output::{OF_USER, UserPayload};

#[derive(Default)]
pub(super) struct SignOffMutations;

#[Object]
impl SignOffMutations {
    /// Mails an agent that an approval is asked for, or was decided. Refused with
    /// `SIGN_OFF_NOTIFICATIONS_DISABLED` where the agent switched such notices off: then nothing goes.
    async fn notify_sign_off(&self, ctx: &Context<'_>, input: NotifySignOffInput) -> Result<UserPayload> {
        UserPayload::of(ctx, ask(ctx, input).await?, OF_USER)
    }
}
