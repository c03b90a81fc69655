//! Reading retention rules.

use async_graphql::{Context, ID, Object, Result};
use rollbook_schema::id::RetentionRuleId;

use super::output::{Receipt, Renamed, RetentionDryRun, RetentionRule, RetentionRulePayload};
use super::rights::demand;
use crate::access::Capability;
use crate::directory::Directory;
use crate::writer::Answer;

/// The names that inputs give to fields of their rules.
const OF_RULE: Renamed = &[("rule", "ruleId")];

/// What is read of retention.
#[derive(Default)]
pub struct RetentionQueries;

#[Object]
impl RetentionQueries {
    /// Rules that end what is known of people after a time.
    async fn retention_rules(&self, ctx: &Context<'_>) -> Result<Vec<RetentionRule>> {
        demand(ctx, Capability::SeeRetention)?;
        let views = ctx.data::<Directory>()?.views();
        Ok(views.retention.rules().map(|(id, rule)| RetentionRule::of(id, rule)).collect())
    }

    /// Whom a rule would touch now, whether it is on or off, and who is kept and why. Changes nothing; null for no rule.
    async fn retention_dry_run(&self, ctx: &Context<'_>, rule_id: ID) -> Result<Option<RetentionDryRun>> {
        demand(ctx, Capability::SeeRetention)?;
        let plan = parse_rule(&rule_id).map(|rule| ctx.data::<Directory>().map(|it| it.retention_plan(rule)));
        Ok(plan.transpose()?.flatten().map(Into::into))
    }
}

/// What became of a rule: the one named, or the newest.
pub(super) fn payload(
    ctx: &Context<'_>,
    answer: Answer,
    named: Option<RetentionRuleId>,
) -> Result<RetentionRulePayload> {
    let (receipt, outcome) = Receipt::of(answer, OF_RULE)?;
    let views = ctx.data::<Directory>()?.views();
    let rule = outcome.and_then(|_| match named {
        Some(named) => views.retention.rule(named).map(|rule| (named, rule)),
        None => views.retention.rules().last(),
    });
    Ok(RetentionRulePayload { rule: rule.map(|(id, rule)| RetentionRule::of(id, rule)), receipt })
}

pub(super) fn of_rule(rule: RetentionRuleId) -> ID {
    ID(format!("retention_rule_{rule}"))
}

/// Only the form that is handed out.
pub(super) fn parse_rule(id: &ID) -> Option<RetentionRuleId> {
    let rule = RetentionRuleId(id.strip_prefix("retention_rule_")?.parse().ok()?);
    (of_rule(rule) == *id).then_some(rule)
}
