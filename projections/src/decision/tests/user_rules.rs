//! One of each event about business rules on users.

use super::*;

pub(super) fn one_of_each(user: UserId) -> Vec<Event> {
    let rule = UserRuleId(4);
    let trigger = RuleTrigger::PostDelete;
    vec![
        UserRuleChanged { rule, condition: None, action: None, texts: Personal::Erased }.into(),
        UserRuleEnabled { rule }.into(),
        UserRuleDisabled { rule }.into(),
        UserRuleFinished { rule, user, attempt: 1, changes: 0 }.into(),
        UserRuleFailed { rule, user, attempt: 1, fault: RuleFault::Refused, gives_up: true }.into(),
        UserRuleStarted { rule, user }.into(),
        UserRuleQueued { rule, user }.into(),
        UserCreatedByRule { user, rule: Personal::Erased }.into(),
        UserRuleDeleted { rule }.into(),
        UserRulesReordered { trigger, from: Vec::new(), to: vec![rule] }.into(),
        UserRuleDefined {
            rule,
            trigger,
            order: 9,
            condition: Vec::new(),
            action: RuleAction::Invoke,
            texts: Personal::Erased,
        }
        .into(),
    ]
}
