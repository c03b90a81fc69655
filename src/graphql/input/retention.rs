//! Retention rules.

use async_graphql::{Enum, ID, InputObject};
use rollbook_schema::command::{DefineRetentionRule, DeleteRetentionRule, SwitchRetentionRule};
use rollbook_schema::id::RetentionRuleId;
use rollbook_schema::value::{self, RetentionDays, RetentionLimit, RetentionMonths};
use rollbook_schema::{Command, RejectionCode};

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, Terms};
use crate::graphql::retention::parse_rule;

/// What a retention rule ends.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum RetentionKind {
    /// Who was deleted so many months ago is erased.
    DeletedFor,
    /// Where somebody signed in or out from (address, program) is unreadable for good so many days later, and up to 30
    /// days more: sign-ins of one person share a key for 30 days, which goes when the youngest of them is old enough. What
    /// was recorded by a version without such keys goes with the erasure of the person only.
    SignInContextAfter,
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
    /// For `DELETED_FOR`: after how many months, 1 to 1,200.
    months: Option<i32>,
    /// For `SIGN_IN_CONTEXT_AFTER`: after how many days, 1 to 3,650.
    days: Option<i32>,
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
        let DefineRetentionRuleInput { kind, months, days, .. } = self;
        let limit = match kind {
            RetentionKind::DeletedFor => {
                let months = only(("months", months), ("days", days), flaws)?;
                RetentionLimit::DeletedFor(flaws.take("months", RetentionMonths::parse(months))?)
            }
            RetentionKind::SignInContextAfter => {
                let days = only(("days", days), ("months", months), flaws)?;
                RetentionLimit::SignInContextAfter(flaws.take("days", RetentionDays::parse(days))?)
            }
        };
        Some(DefineRetentionRule { limit }.into())
    }
}

/// The one span of time that a kind has, and not the other.
fn only(
    (wanted, span): (&'static str, Option<i32>),
    (unwanted, other): (&'static str, Option<i32>),
    flaws: &mut Flaws,
) -> Option<i64> {
    if other.is_some() {
        flaws.refuse(unwanted, RejectionCode::Invalid);
    }
    if span.is_none() {
        flaws.refuse(wanted, RejectionCode::Required);
    }
    span.filter(|_| other.is_none()).map(i64::from)
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
