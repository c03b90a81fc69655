//! Commands about retention in few words.

use rollbook_schema::command::{
    ApplyRetention, DefineRetentionRule, DeleteRetentionRule, EndRetentionRun, StartRetentionRun,
    SwitchRetentionRule,
};
use rollbook_schema::event::DestroyedKey;
use rollbook_schema::id::RetentionRuleId;
use rollbook_schema::value::{RetentionDays, RetentionLimit, RetentionMonths, RetentionState};
use rollbook_schema::{Group, KeyOwner, Position, UserId};

pub(crate) fn rule(months: i64) -> DefineRetentionRule {
    let months = RetentionMonths::parse(months).expect("a number of months");
    DefineRetentionRule { limit: RetentionLimit::DeletedFor(months) }
}

pub(crate) fn sign_in_rule(days: i64) -> DefineRetentionRule {
    let days = RetentionDays::parse(days).expect("a number of days");
    DefineRetentionRule { limit: RetentionLimit::SignInContextAfter(days) }
}

pub(crate) fn switch_on(rule: u64) -> SwitchRetentionRule {
    SwitchRetentionRule { rule: RetentionRuleId(rule), to: RetentionState::On }
}

pub(crate) fn switch_off(rule: u64) -> SwitchRetentionRule {
    SwitchRetentionRule { rule: RetentionRuleId(rule), to: RetentionState::Off }
}

pub(crate) fn delete_retention_rule(rule: u64) -> DeleteRetentionRule {
    DeleteRetentionRule { rule: RetentionRuleId(rule) }
}

pub(crate) fn start_run(rule: u64) -> StartRetentionRun {
    StartRetentionRun { rule: RetentionRuleId(rule) }
}

/// The person's own keys, each with a fingerprint of its own.
pub(crate) fn keys_of(user: u64) -> Vec<DestroyedKey> {
    let owner = KeyOwner::Subject(UserId(user));
    Group::ALL.map(|group| DestroyedKey { owner, group, fingerprint: [group as u8; 16] }).to_vec()
}

/// By the first rule.
pub(crate) fn apply(user: u64, run: u64) -> ApplyRetention {
    ApplyRetention { user: UserId(user), rule: RetentionRuleId(1), run: Position(run), keys: keys_of(user) }
}

/// Of the first rule, with nobody kept.
pub(crate) fn end_run(run: u64) -> EndRetentionRun {
    EndRetentionRun { rule: RetentionRuleId(1), run: Position(run), kept: 0 }
}
