//! Commands about business rules on users in few words.

use rollbook_schema::command::*;
use rollbook_schema::value::*;
use rollbook_schema::{UserId, UserRuleId};

fn name(text: &str) -> UserRuleName {
    UserRuleName::parse(text).unwrap()
}

/// A rule that changes records before a deletion.
pub(crate) fn updating(text: &str, updates: &[RecordUpdate]) -> DefineUserRule {
    DefineUserRule {
        trigger: RuleTrigger::PreDelete,
        name: name(text),
        order: None,
        condition: Vec::new(),
        action: RuleAction::UpdateRecord(updates.to_vec()),
        url: None,
    }
}

/// A rule that calls somebody before a deletion.
pub(crate) fn calling_before(text: &str) -> DefineUserRule {
    let url = Some(RuleUrl::parse("https://hooks.example.org/").unwrap());
    DefineUserRule { action: RuleAction::Invoke, url, ..updating(text, &[]) }
}

/// The same after it.
pub(crate) fn calling_after(text: &str) -> DefineUserRule {
    DefineUserRule { trigger: RuleTrigger::PostDelete, ..calling_before(text) }
}

/// Nothing, until it is said what.
pub(crate) fn change_rule(rule: u64) -> ChangeUserRule {
    ChangeUserRule { rule: UserRuleId(rule), name: None, condition: None, action: None, url: None }
}

pub(crate) fn named_rule(rule: u64, text: &str) -> ChangeUserRule {
    ChangeUserRule { name: Some(name(text)), ..change_rule(rule) }
}

pub(crate) fn enable_rule(rule: u64) -> EnableUserRule {
    EnableUserRule { rule: UserRuleId(rule) }
}

pub(crate) fn disable_rule(rule: u64) -> DisableUserRule {
    DisableUserRule { rule: UserRuleId(rule) }
}

pub(crate) fn delete_rule(rule: u64) -> DeleteUserRule {
    DeleteUserRule { rule: UserRuleId(rule) }
}

pub(crate) fn reorder_after(rules: &[u64]) -> ReorderUserRules {
    let rules = rules.iter().copied().map(UserRuleId).collect();
    ReorderUserRules { trigger: RuleTrigger::PostDelete, rules }
}

pub(crate) fn reorder_before(rules: &[u64]) -> ReorderUserRules {
    ReorderUserRules { trigger: RuleTrigger::PreDelete, ..reorder_after(rules) }
}

pub(crate) fn retry_rule(user: u64, rule: u64) -> RetryUserRule {
    RetryUserRule { user: UserId(user), rule: UserRuleId(rule) }
}

pub(crate) fn ran(user: u64, rule: u64, step: RunStep) -> RecordUserRuleRun {
    RecordUserRuleRun { user: UserId(user), rule: UserRuleId(rule), step }
}
