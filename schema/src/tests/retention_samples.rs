//! Samples of retention rules and their runs.

use crate::event::{
    Event, RetentionApplied, RetentionRuleDefined, RetentionRuleDeleted, RetentionRuleSwitched,
    RetentionRunEnded, RetentionRunStarted,
};
use crate::id::{Position, RetentionRuleId, UserId};
use crate::value::{RetentionLimit, RetentionMonths, RetentionState};

/// Every event of retention at least once, in the order of the types.
pub fn all() -> Vec<Event> {
    let (rule, run) = (RetentionRuleId(2), Position(300));
    let limit = RetentionLimit::DeletedFor(RetentionMonths::parse(24).unwrap());
    vec![
        RetentionRuleDefined { rule, limit }.into(),
        RetentionRuleSwitched { rule, to: RetentionState::On }.into(),
        RetentionRuleSwitched { rule, to: RetentionState::Off }.into(),
        RetentionRuleDeleted { rule }.into(),
        RetentionRunStarted { rule }.into(),
        RetentionApplied { user: UserId(8), rule, run }.into(),
        RetentionRunEnded { rule, run, applied: 7, kept: 2 }.into(),
    ]
}

#[test]
fn months_have_bounds() {
    for (months, is_one) in [(0, false), (1, true), (1_200, true), (1_201, false), (-1, false)] {
        assert_eq!(RetentionMonths::parse(months).is_ok(), is_one, "{months}");
    }
}
