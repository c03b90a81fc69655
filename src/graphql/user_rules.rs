//! Reading rules on users and their runs.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use rollbook_projections::view;
use rollbook_schema::value;
use rollbook_schema::{Position, Subject, UserRuleId};

use super::id;
use super::output::{Receipt, Renamed, RuleRun, RuleTrigger, RunState, UserRule};
use super::reading;
use super::rights::{caller, demand};
use super::scalar;
use crate::access::{Capability, holds};
use crate::directory::Directory;
use crate::writer::Answer;

/// Runs in one answer, at most.
const RUNS_MAX: usize = 100;
/// The names that inputs about a rule give to fields of their commands.
const OF_RULE: Renamed = &[("id", "ruleId"), ("rules", "ruleIds"), ("url", "action"), ("user", "userId")];

/// What became of a rule.
#[derive(SimpleObject, Default)]
pub(super) struct UserRulePayload {
    /// The rule after the change.
    rule: Option<UserRule>,
    #[graphql(flatten)]
    receipt: Receipt,
}

/// What became of the order of rules.
#[derive(SimpleObject, Default)]
pub(super) struct UserRulesPayload {
    /// The rules of the trigger, in the order in which they run.
    rules: Option<Vec<UserRule>>,
    #[graphql(flatten)]
    receipt: Receipt,
}

/// What became of a call.
#[derive(SimpleObject, Default)]
pub(super) struct RuleRunPayload {
    /// The run that began.
    run: Option<RuleRun>,
    #[graphql(flatten)]
    receipt: Receipt,
}

/// Which runs.
#[derive(InputObject, Default)]
pub(super) struct RuleRunFilter {
    rule_id: Option<ID>,
    /// For whom.
    user_id: Option<ID>,
    state: Option<RunState>,
    /// Of the deletion that they belong to.
    correlation_id: Option<ID>,
}

/// What is read of rules.
#[derive(Default)]
pub struct UserRuleQueries;

#[Object]
impl UserRuleQueries {
    /// Rules on users, in the order in which they run: those before a deletion, and then those after it.
    async fn user_rules(
        &self,
        ctx: &Context<'_>,
        trigger: Option<RuleTrigger>,
        at_least: Option<scalar::Position>,
    ) -> Result<Vec<UserRule>> {
        demand(ctx, Capability::SeeUserRules)?;
        reading::at_least(ctx, at_least).await?;
        let views = ctx.data::<Directory>()?.views();
        let of = |trigger| views.user_rules.in_order(trigger).map(UserRule::of);
        let triggers = [value::RuleTrigger::PreDelete, value::RuleTrigger::PostDelete];
        let wanted = triggers.into_iter().filter(|it| trigger.is_none_or(|trigger| trigger == (*it).into()));
        Ok(wanted.flat_map(of).collect())
    }

    /// How rules ran, in the order in which they began, at most 100: those after the one named.
    async fn rule_runs(
        &self,
        ctx: &Context<'_>,
        filter: Option<RuleRunFilter>,
        after: Option<ID>,
        first: Option<i32>,
        at_least: Option<scalar::Position>,
    ) -> Result<Vec<RuleRun>> {
        demand(ctx, Capability::SeeUserRules)?;
        reading::at_least(ctx, at_least).await?;
        let filter = filter.unwrap_or_default();
        let views = ctx.data::<Directory>()?.views();
        let after = after.as_ref().and_then(id::event).unwrap_or(Position::START);
        let limit = first.map_or(RUNS_MAX, |first| usize::try_from(first).unwrap_or(0)).min(RUNS_MAX);
        let wanted = views.user_rules.runs_after(after).filter(|run| filter.passes(run));
        Ok(wanted.take(limit).map(RuleRun::of).collect())
    }
}

/// One rule, deleted ones included; `None` for readers who may not see it.
pub(super) fn rule(ctx: &Context<'_>, rule: UserRuleId) -> Result<Option<UserRule>> {
    let sees = holds(&caller(ctx), Capability::SeeUserRules);
    let views = ctx.data::<Directory>()?.views();
    Ok(views.user_rules.get(rule).filter(|_| sees).map(UserRule::of))
}

impl RuleRunFilter {
    fn passes(&self, run: &view::RuleRun) -> bool {
        let is = |wanted: &Option<ID>, id: &dyn Fn() -> ID| wanted.as_ref().is_none_or(|it| *it == id());
        is(&self.rule_id, &|| id::of_user_rule(run.rule))
            && is(&self.user_id, &|| id::of_user(run.user))
            && is(&self.correlation_id, &|| ID(run.correlation_id.to_string()))
            && self.state.is_none_or(|state| state == run.state.into())
    }
}

/// What became of the rule that a command was about, or made.
pub(super) fn payload(ctx: &Context<'_>, answer: Answer) -> Result<UserRulePayload> {
    let (receipt, outcome) = Receipt::of(answer, OF_RULE)?;
    let rule = match outcome.map(|outcome| outcome.subject) {
        Some(Subject::UserRule(id)) => ctx.data::<Directory>()?.views().user_rules.get(id).map(UserRule::of),
        _ => None,
    };
    Ok(UserRulePayload { rule, receipt })
}

/// What became of the rules of a trigger.
pub(super) fn reordered(ctx: &Context<'_>, answer: Answer, of: RuleTrigger) -> Result<UserRulesPayload> {
    let (receipt, outcome) = Receipt::of(answer, OF_RULE)?;
    let views = ctx.data::<Directory>()?.views();
    let rules = outcome.map(|_| views.user_rules.in_order(of.into()).map(UserRule::of).collect());
    Ok(UserRulesPayload { rules, receipt })
}

/// What became of a call that was asked for.
pub(super) fn queued(ctx: &Context<'_>, answer: Answer) -> Result<RuleRunPayload> {
    let (receipt, outcome) = Receipt::of(answer, OF_RULE)?;
    let views = ctx.data::<Directory>()?.views();
    let run = outcome.and_then(|outcome| views.user_rules.run(outcome.position).map(RuleRun::of));
    Ok(RuleRunPayload { run, receipt })
}
