//! Retention rules, their runs, and whom they would touch.

use async_graphql::{Enum, ID, SimpleObject};
use rollbook_projections::retention::{EndedRun, RetentionRule as Rule};
use rollbook_projections::view;
use rollbook_schema::id::RetentionRuleId;
use rollbook_schema::value::RetentionLimit;

use super::payload::Receipt;
use crate::directory::RetentionPlan;
use crate::graphql::id;
use crate::graphql::input::{RetentionKind, RetentionState};
use crate::graphql::retention::of_rule;
use crate::graphql::scalar::DateTime;

/// A rule that ends what is known of people after a time.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RetentionRule {
    pub id: ID,
    pub kind: RetentionKind,
    /// After how many months; null for `SIGN_IN_CONTEXT_AFTER`.
    pub months: Option<u32>,
    /// After how many days; null for `DELETED_FOR`.
    pub days: Option<u32>,
    pub state: RetentionState,
    /// Who made it: somebody else switches it on.
    pub defined_by_id: ID,
    /// The run under way: the event that it began with.
    pub running_id: Option<ID>,
    pub last_run: Option<RetentionRun>,
}

/// A run of a rule that is over. Runs that found nobody are not recorded.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RetentionRun {
    /// The event that it began with.
    pub id: ID,
    pub ended_at: DateTime,
    /// People who were erased, or whose sign-ins were made unreadable.
    pub applied: u64,
    /// People whose time was over, and who were kept.
    pub kept: u64,
}

/// Why somebody is kept whose time is over.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "view::Kept")]
pub(in crate::graphql) enum KeptBy {
    /// A legal hold.
    LegalHold,
    /// Restricted processing: they may need it.
    ProcessingRestricted,
    /// They asked for their file and do not have it yet.
    AccessRequestWaits,
}

/// Whom a rule would touch now: at most 10,000 people, those longest due.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RetentionDryRun {
    pub kind: RetentionKind,
    pub touched: Vec<RetentionDue>,
    /// People whose time is over, and who are kept.
    pub kept: Vec<RetentionKept>,
    /// Nobody beyond those was left out.
    pub complete: bool,
}

/// Somebody whose time is over.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RetentionDue {
    pub user_id: ID,
    /// Since when.
    pub due_at: DateTime,
    /// How many records of sign-ins and sign-outs would become unreadable; null where the whole person is erased.
    pub records: Option<u64>,
}

/// Somebody who is kept.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RetentionKept {
    pub user_id: ID,
    /// Since when their time is over.
    pub due_at: DateTime,
    /// How many records of sign-ins and sign-outs are kept; null where the whole person is.
    pub records: Option<u64>,
    pub because: KeptBy,
}

/// A retention rule that was changed.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RetentionRulePayload {
    /// The rule after the change; null once deleted.
    pub rule: Option<RetentionRule>,
    #[graphql(flatten)]
    pub receipt: Receipt,
}

/// The kind of a limit, and its months or its days.
fn kind(limit: RetentionLimit) -> (RetentionKind, Option<u32>, Option<u32>) {
    match limit {
        RetentionLimit::DeletedFor(months) => (RetentionKind::DeletedFor, Some(months.months()), None),
        RetentionLimit::SignInContextAfter(days) => {
            (RetentionKind::SignInContextAfter, None, Some(days.days()))
        }
    }
}

impl RetentionRule {
    pub(in crate::graphql) fn of(id: RetentionRuleId, rule: &Rule) -> Self {
        let (kind, months, days) = kind(rule.limit);
        RetentionRule {
            id: of_rule(id),
            kind,
            months,
            days,
            state: rule.state.into(),
            defined_by_id: id::of_user(rule.defined_by),
            running_id: rule.run.map(|under_way| id::of_event(under_way.run)),
            last_run: rule.last_run.map(Into::into),
        }
    }
}

impl From<EndedRun> for RetentionRun {
    fn from(run: EndedRun) -> Self {
        let EndedRun { run, ended_at, applied, kept } = run;
        RetentionRun { id: id::of_event(run), ended_at: ended_at.into(), applied, kept }
    }
}

impl From<RetentionPlan> for RetentionDryRun {
    fn from(plan: RetentionPlan) -> Self {
        let touched = plan.touched.into_iter().map(|due| RetentionDue {
            user_id: id::of_user(due.user),
            due_at: due.due_at.into(),
            records: due.records,
        });
        let kept = plan.kept.into_iter().filter_map(|due| {
            let because = due.kept?.into();
            let (user_id, due_at) = (id::of_user(due.user), due.due_at.into());
            Some(RetentionKept { user_id, due_at, records: due.records, because })
        });
        let (kind, complete) = (kind(plan.limit).0, plan.complete);
        RetentionDryRun { kind, touched: touched.collect(), kept: kept.collect(), complete }
    }
}
