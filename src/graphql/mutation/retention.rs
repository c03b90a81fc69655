//! Retention rules.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::{DefineRetentionRuleInput, DeleteRetentionRuleInput, SwitchRetentionRuleInput};
use crate::graphql::output::RetentionRulePayload;
use crate::graphql::retention::payload;

#[derive(Default)]
pub(super) struct RetentionMutations;

#[Object]
impl RetentionMutations {
    /// Makes a rule that ends what is known of people after a time: all of it, or where they signed in from. It is off: look at `retentionDryRun`, and have a
    /// second person switch it on.
    async fn define_retention_rule(
        &self,
        ctx: &Context<'_>,
        input: DefineRetentionRuleInput,
    ) -> Result<RetentionRulePayload> {
        payload(ctx, ask(ctx, input).await?, None)
    }

    /// Switches a retention rule on, as a second person: automation carries it out from then on, at once and every
    /// hour. Or off, which anybody may who defines them.
    async fn switch_retention_rule(
        &self,
        ctx: &Context<'_>,
        input: SwitchRetentionRuleInput,
    ) -> Result<RetentionRulePayload> {
        let rule = input.rule();
        payload(ctx, ask(ctx, input).await?, rule)
    }

    /// Takes a retention rule away.
    async fn delete_retention_rule(
        &self,
        ctx: &Context<'_>,
        input: DeleteRetentionRuleInput,
    ) -> Result<RetentionRulePayload> {
        let rule = input.rule();
        payload(ctx, ask(ctx, input).await?, rule)
    }
}
