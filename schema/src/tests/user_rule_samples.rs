//! Samples of what happens to business rules on users, and of their runs.

use crate::event::{
    Change, Event, UserCreatedByRule, UserRuleChanged, UserRuleDefined, UserRuleDeleted, UserRuleDisabled,
    UserRuleEnabled, UserRuleFailed, UserRuleFinished, UserRuleQueued, UserRuleStarted, UserRulesReordered,
};
use crate::id::{BusinessUnitId, RoleId, TeamId, UserId, UserRuleId};
use crate::personal::Personal;
use crate::value::{
    AccessProfile, NewSuperior, RecordUpdate, RuleAction, RuleFault, RuleName, RuleTest, RuleTrigger,
    RuleUrl, UserKind, UserRuleName, UserRuleTexts,
};

fn texts(name: &str, url: Option<&str>) -> UserRuleTexts {
    let url = url.map(|url| RuleUrl::parse(url).unwrap());
    UserRuleTexts { name: UserRuleName::parse(name).unwrap(), url }
}

/// Every event of this file at least once, in the order of the types.
pub fn all() -> Vec<Event> {
    [definitions(), changes(), runs()].concat()
}

fn definitions() -> Vec<Event> {
    let condition = vec![
        RuleTest::Kind(UserKind::Agent),
        RuleTest::AccessProfile(AccessProfile::Standard),
        RuleTest::Role(RoleId(2)),
        RuleTest::Team(TeamId(3)),
        RuleTest::BusinessUnit(BusinessUnitId(300)),
        RuleTest::ReportsTo(UserId(9)),
    ];
    let updates = vec![
        RecordUpdate::ReassignReports(NewSuperior::Superior),
        RecordUpdate::ReassignReports(NewSuperior::User(UserId(300))),
        RecordUpdate::ReassignReports(NewSuperior::Nobody),
        RecordUpdate::RemoveGrantsBy,
        RecordUpdate::RemoveGrantsTo,
        RecordUpdate::LeaveTeams,
        RecordUpdate::LeaveBusinessUnits,
        RecordUpdate::EndSessions,
    ];
    vec![
        UserRuleDefined {
            rule: UserRuleId(1),
            trigger: RuleTrigger::PreDelete,
            order: 1,
            condition,
            action: RuleAction::UpdateRecord(updates),
            texts: Personal::Known(texts("Hand over", None)),
        }
        .into(),
        UserRuleDefined {
            rule: UserRuleId(300),
            trigger: RuleTrigger::PostDelete,
            order: 2,
            condition: Vec::new(),
            action: RuleAction::Invoke,
            texts: Personal::Known(texts("Clean up", Some("https://hooks.example.org/users?deleted=1"))),
        }
        .into(),
    ]
}

fn changes() -> Vec<Event> {
    let rule = UserRuleId(1);
    let (old, new) = (texts("Hand over", None), texts("Tell", Some("http://localhost:9000")));
    vec![
        UserRuleChanged {
            rule,
            condition: Some(Change { from: vec![RuleTest::Kind(UserKind::Agent)], to: Vec::new() }),
            action: Some(Change {
                from: RuleAction::UpdateRecord(vec![RecordUpdate::LeaveTeams]),
                to: RuleAction::Invoke,
            }),
            texts: Personal::Known(Change { from: old, to: new }),
        }
        .into(),
        UserRuleChanged { rule, condition: None, action: None, texts: Personal::Absent }.into(),
        UserRuleEnabled { rule }.into(),
        UserRuleDisabled { rule }.into(),
        UserRuleDeleted { rule }.into(),
        UserRulesReordered {
            trigger: RuleTrigger::PostDelete,
            from: vec![UserRuleId(300), rule],
            to: vec![rule, UserRuleId(300)],
        }
        .into(),
    ]
}

fn runs() -> Vec<Event> {
    let (rule, user) = (UserRuleId(300), UserId(8));
    let faults = [
        RuleFault::SuperiorGone,
        RuleFault::SuperiorBelow,
        RuleFault::TooManyChanges,
        RuleFault::NotAllowed,
        RuleFault::Unreachable,
        RuleFault::Refused,
        RuleFault::RuleGone,
    ];
    let failed = |fault| UserRuleFailed { rule, user, attempt: 2, fault, gives_up: false }.into();
    let mut events: Vec<Event> = vec![
        UserRuleQueued { rule, user }.into(),
        UserRuleStarted { rule, user }.into(),
        UserRuleFinished { rule, user, attempt: 1, changes: 300 }.into(),
    ];
    events.extend(faults.map(failed));
    let fault = RuleFault::Unreachable;
    events.push(UserRuleFailed { rule, user, attempt: 12, fault, gives_up: true }.into());
    let rule = Personal::Known(RuleName::parse("nightly hires").unwrap());
    events.push(UserCreatedByRule { user, rule }.into());
    events
}
