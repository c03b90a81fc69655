//! Business rules that run before or after a user is deleted.

use super::fields_of;
use crate::id::{UserId, UserRuleId};
use crate::value::{RuleAction, RuleFault, RuleTest, RuleTrigger, RuleUrl, UserRuleName};

fields_of! {
    /// Makes a rule, which is in force from then on (BRL-01).
    DefineUserRule {
        /// When it runs.
        trigger: RuleTrigger,
        /// Unique without case.
        name: UserRuleName,
        /// Its place among the rules of the trigger, from 1; `None`: behind all.
        order: Option<u32>,
        /// All must hold of the user; none: it runs for everybody.
        condition: Vec<RuleTest>,
        /// What it does (BRL-03).
        action: RuleAction,
        /// Whom it calls: given exactly if it does.
        url: Option<RuleUrl>,
    }
    /// Changes a rule; what is not named stays. When it runs never changes.
    ChangeUserRule {
        /// Which.
        rule: UserRuleId,
        /// New name.
        name: Option<UserRuleName>,
        /// New condition, the whole of it.
        condition: Option<Vec<RuleTest>>,
        /// What it does from now on.
        action: Option<RuleAction>,
        /// Whom it calls from now on.
        url: Option<RuleUrl>,
    }
    /// Puts a rule into force again.
    EnableUserRule {
        /// Which.
        rule: UserRuleId,
    }
    /// Puts a rule out of force.
    DisableUserRule {
        /// Which.
        rule: UserRuleId,
    }
    /// Removes a rule.
    DeleteUserRule {
        /// Which.
        rule: UserRuleId,
    }
    /// Says in which order the rules of a trigger run.
    ReorderUserRules {
        /// Of which trigger.
        trigger: RuleTrigger,
        /// All of them, each once.
        rules: Vec<UserRuleId>,
    }
    /// Calls a rule again that was given up after a deletion (BRL-06).
    RetryUserRule {
        /// For whom it ran.
        user: UserId,
        /// Which.
        rule: UserRuleId,
    }
    /// Records how a call of a rule goes (BRL-08).
    RecordUserRuleRun {
        /// For whom it runs.
        user: UserId,
        /// Which.
        rule: UserRuleId,
        /// How far it is.
        step: RunStep,
    }
}

/// How far the run of a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunStep {
    /// The call is about to be made, before the deletion.
    Start,
    /// The call was answered.
    Finish {
        /// At which attempt, from 1.
        attempt: u32,
    },
    /// It was not.
    Fail {
        /// At which attempt, from 1.
        attempt: u32,
        /// Why.
        fault: RuleFault,
        /// It is not tried again.
        gives_up: bool,
    },
}
