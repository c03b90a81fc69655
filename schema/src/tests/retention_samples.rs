//! Samples of retention rules and their runs.

use crate::event::{
    DestroyedKey, Event, RetentionApplied, RetentionRuleDefined, RetentionRuleDeleted, RetentionRuleSwitched,
    RetentionRunEnded, RetentionRunStarted, SignInContextShredded, SignInRetentionDefined,
};
use crate::id::{CredentialNumber, Position, RetentionRuleId, UserId};
use crate::personal::{Group, KeyOwner};
use crate::value::{ErasureLimit, RetentionDays, RetentionMonths, RetentionState};

/// Every event of retention at least once, in the order of the types.
pub fn all() -> Vec<Event> {
    let (rule, run) = (RetentionRuleId(2), Position(300));
    let limit = ErasureLimit::DeletedFor(RetentionMonths::parse(24).unwrap());
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

/// Events of the retention of sign-ins.
pub fn of_sign_ins() -> Vec<Event> {
    let destroyed = |number| DestroyedKey {
        owner: KeyOwner::Credential(CredentialNumber(number)),
        group: Group::Context,
        fingerprint: [8; 16],
    };
    let after = RetentionDays::parse(90).unwrap();
    let destroyed = vec![destroyed(12), destroyed(300)];
    vec![
        SignInRetentionDefined { rule: RetentionRuleId(3), after }.into(),
        SignInContextShredded { user: UserId(8), destroyed, records: 7 }.into(),
    ]
}

#[test]
fn months_have_bounds() {
    for (months, is_one) in [(0, false), (1, true), (1_200, true), (1_201, false), (-1, false)] {
        assert_eq!(RetentionMonths::parse(months).is_ok(), is_one, "{months}");
    }
}

#[test]
fn days_have_bounds() {
    for (days, is_one) in [(0, false), (1, true), (3_650, true), (3_651, false), (-1, false)] {
        assert_eq!(RetentionDays::parse(days).is_ok(), is_one, "{days}");
    }
}
