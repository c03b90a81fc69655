//! Retention rules.

use async_graphql::{Enum, ID, InputObject};
use rollbook_schema::command::{DefineRetentionRule, DeleteRetentionRule, SwitchRetentionRule};
use rollbook_schema::id::RetentionRuleId;
use rollbook_schema::value::{self, RetentionLimit, RetentionMonths};
use rollbook_schema::{Command, RejectionCode};

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, Terms};
use crate::graphql::retention::parse_rule;

/// What a retention rule ends.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum RetentionKind {
    /// Who was deleted so many months ago is erased.
    DeletedFor,
}

/// Whether a retention rule is carried out.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::RetentionState")]
pub(in crate::graphql) enum RetentionState {
    /// It only says whom it would touch.
    Off,
    /// Automation carries it out.
    On,
}

/// A retention rule. It is off until a second person switches it on; the reason is needed.
#[derive(InputObject)]
pub(in crate::graphql) struct DefineRetentionRuleInput {
    kind: RetentionKind,
    /// After how many months: 1 to 1,200.
    months: i32,
    #[graphql(flatten)]
    terms: AskTerms,
}

/// Which retention rule is carried out from now on, or not any more; the reason is needed.
#[derive(InputObject)]
pub(in crate::graphql) struct SwitchRetentionRuleInput {
    rule_id: ID,
    state: RetentionState,
    #[graphql(flatten)]
    terms: AskTerms,
}

/// Which retention rule is no more; the reason is needed.
#[derive(InputObject)]
pub(in crate::graphql) struct DeleteRetentionRuleInput {
    rule_id: ID,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for DefineRetentionRuleInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let months = flaws.take("months", RetentionMonths::parse(i64::from(self.months)))?;
        let RetentionKind::DeletedFor = self.kind;
        Some(DefineRetentionRule { limit: RetentionLimit::DeletedFor(months) }.into())
    }
}

impl SwitchRetentionRuleInput {
    /// Which it names, if any.
    pub(in crate::graphql) fn rule(&self) -> Option<RetentionRuleId> {
        parse_rule(&self.rule_id)
    }
}

impl DeleteRetentionRuleInput {
    /// Which it names, if any.
    pub(in crate::graphql) fn rule(&self) -> Option<RetentionRuleId> {
        parse_rule(&self.rule_id)
    }
}

impl Asks for SwitchRetentionRuleInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        Some(SwitchRetentionRule { rule: named(&self.rule_id, flaws)?, to: self.state.into() }.into())
    }
}

impl Asks for DeleteRetentionRuleInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        Some(DeleteRetentionRule { rule: named(&self.rule_id, flaws)? }.into())
    }
}

fn named(id: &ID, flaws: &mut Flaws) -> Option<RetentionRuleId> {
    let rule = parse_rule(id);
    if rule.is_none() {
        flaws.refuse("ruleId", RejectionCode::NotFound);
    }
    rule
}
