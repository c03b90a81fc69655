//! Rules on users.

use async_graphql::{Context, Object, Result};

use crate::graphql::asking::ask;
use crate::graphql::input::{
    ChangeUserRuleInput, DefineUserRuleInput, DeleteUserRuleInput, DisableUserRuleInput, EnableUserRuleInput,
    ReorderUserRulesInput, RetryUserRuleInput,
};
use crate::graphql::user_rules::{
    RuleRunPayload, UserRulePayload, UserRulesPayload, payload, queued, reordered,
};

#[derive(Default)]
pub(super) struct UserRuleMutations;

#[Object]
impl UserRuleMutations {
    /// Makes a rule that runs before or after a user is deleted, in force at once.
    async fn define_user_rule(
        &self,
        ctx: &Context<'_>,
        input: DefineUserRuleInput,
    ) -> Result<UserRulePayload> {
        payload(ctx, ask(ctx, input).await?)
    }

    /// Changes what a rule is called, for whom it runs, or what it does. A call that waits goes to the new
    /// address.
    async fn change_user_rule(
        &self,
        ctx: &Context<'_>,
        input: ChangeUserRuleInput,
    ) -> Result<UserRulePayload> {
        payload(ctx, ask(ctx, input).await?)
    }

    /// Puts a rule into force again.
    async fn enable_user_rule(
        &self,
        ctx: &Context<'_>,
        input: EnableUserRuleInput,
    ) -> Result<UserRulePayload> {
        payload(ctx, ask(ctx, input).await?)
    }

    /// Puts a rule out of force. A call that waits is made all the same.
    async fn disable_user_rule(
        &self,
        ctx: &Context<'_>,
        input: DisableUserRuleInput,
    ) -> Result<UserRulePayload> {
        payload(ctx, ask(ctx, input).await?)
    }

    /// Removes a rule. Calls of it that wait are given up.
    async fn delete_user_rule(
        &self,
        ctx: &Context<'_>,
        input: DeleteUserRuleInput,
    ) -> Result<UserRulePayload> {
        payload(ctx, ask(ctx, input).await?)
    }

    /// Calls a rule again that was given up after a deletion: at once, and then as often as the first time. It is a
    /// run of its own, so the other program sees another `Idempotency-Key`.
    async fn retry_user_rule(&self, ctx: &Context<'_>, input: RetryUserRuleInput) -> Result<RuleRunPayload> {
        queued(ctx, ask(ctx, input).await?)
    }

    /// Says in which order the rules of a trigger run. Before a deletion, those that call run first, and
    /// then those that change records.
    async fn reorder_user_rules(
        &self,
        ctx: &Context<'_>,
        input: ReorderUserRulesInput,
    ) -> Result<UserRulesPayload> {
        let trigger = input.trigger();
        reordered(ctx, ask(ctx, input).await?, trigger)
    }
}
