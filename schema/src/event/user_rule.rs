//! Business rules on users: what they are, and how each of their runs went.
//!
//! What a rule changes is recorded between its start and its end, by user 3, caused by the start, under the
//! correlation id of the deletion (BRL-08).

use serde::{Deserialize, Serialize};

use super::Change;
use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{UserId, UserRuleId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::{RuleAction, RuleFault, RuleName, RuleTest, RuleTrigger, UserRuleTexts};

/// A rule is there, and in force. Numbers follow the order of definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRuleDefined {
    /// The new id.
    pub rule: UserRuleId,
    /// When it runs.
    pub trigger: RuleTrigger,
    /// Its place among the rules of the trigger, from 1: those from there on come after it.
    pub order: u32,
    /// All must hold of the user.
    pub condition: Vec<RuleTest>,
    /// What it does.
    pub action: RuleAction,
    /// Its name, and whom it calls. Free text, so sealed: under the tenant's own id.
    #[serde(skip)]
    pub texts: Personal<UserRuleTexts>,
}
payload!(UserRuleDefined, |_e| Subject::UserRule(_e.rule),
    texts: Person @ KeyOwner::Subject(UserId::TENANT));

/// A rule has another name, condition or action: what stays is not named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRuleChanged {
    /// Which.
    pub rule: UserRuleId,
    /// All that must hold of the user.
    pub condition: Option<Change<Vec<RuleTest>>>,
    /// What it does.
    pub action: Option<Change<RuleAction>>,
    /// Its name, and whom it calls.
    #[serde(skip)]
    pub texts: Personal<Change<UserRuleTexts>>,
}
payload!(UserRuleChanged, |_e| Subject::UserRule(_e.rule),
    texts: Person @ KeyOwner::Subject(UserId::TENANT));

/// A rule is in force again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRuleEnabled {
    /// Which.
    pub rule: UserRuleId,
}
payload!(UserRuleEnabled, |e| Subject::UserRule(e.rule));

/// A rule is out of force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRuleDisabled {
    /// Which.
    pub rule: UserRuleId,
}
payload!(UserRuleDisabled, |e| Subject::UserRule(e.rule));

/// A rule is gone. What it left to be called is given up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRuleDeleted {
    /// Which.
    pub rule: UserRuleId,
}
payload!(UserRuleDeleted, |e| Subject::UserRule(e.rule));

/// The rules of a trigger run in another order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRulesReordered {
    /// Of which trigger.
    pub trigger: RuleTrigger,
    /// The order before.
    pub from: Vec<UserRuleId>,
    /// The order after.
    pub to: Vec<UserRuleId>,
}
payload!(UserRulesReordered, |_e| Subject::Tenant);

/// With a deletion, a rule is due that runs after it (BRL-06).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRuleQueued {
    /// Which.
    pub rule: UserRuleId,
    /// Who was deleted.
    pub user: UserId,
}
payload!(UserRuleQueued, |e| Subject::User(e.user));

/// A rule begins to run before a deletion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRuleStarted {
    /// Which.
    pub rule: UserRuleId,
    /// Who is to be deleted.
    pub user: UserId,
}
payload!(UserRuleStarted, |e| Subject::User(e.user));

/// A rule did what it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRuleFinished {
    /// Which.
    pub rule: UserRuleId,
    /// For whom.
    pub user: UserId,
    /// At which attempt, from 1.
    pub attempt: u32,
    /// How many changes it made: the events since it started.
    pub changes: u32,
}
payload!(UserRuleFinished, |e| Subject::User(e.user));

/// A rule could not do what it does. Before a deletion, that is then not carried out (BRL-05); after one, it
/// stands (BRL-06).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRuleFailed {
    /// Which.
    pub rule: UserRuleId,
    /// For whom.
    pub user: UserId,
    /// Which attempt it was, from 1.
    pub attempt: u32,
    /// Why.
    pub fault: RuleFault,
    /// It is not tried again.
    pub gives_up: bool,
}
payload!(UserRuleFailed, |e| Subject::User(e.user));

/// An automation rule made the user whose creation stands before this (BRL-07). A rule of another program, known
/// by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserCreatedByRule {
    /// Who was made.
    pub user: UserId,
    /// By which rule. Free text, so sealed: under the tenant's own id.
    #[serde(skip)]
    pub rule: Personal<RuleName>,
}
payload!(UserCreatedByRule, |_e| Subject::User(_e.user),
    rule: Person @ KeyOwner::Subject(UserId::TENANT));
