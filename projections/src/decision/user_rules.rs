//! Business rules on users: which there are, in which order they run, and which calls are under way.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use rollbook_schema::value::{RuleAction, RuleTest, RuleTrigger, UserRuleTexts};
use rollbook_schema::{Event, UserId, UserRuleId};
use serde::{Deserialize, Serialize};

/// One rule.
#[derive(Clone, Debug, Hash, Serialize, Deserialize)]
pub struct UserRule {
    /// When it runs.
    pub trigger: RuleTrigger,
    /// All must hold of the user.
    pub condition: Vec<RuleTest>,
    /// What it does.
    pub action: RuleAction,
    /// Is it in force?
    pub enabled: bool,
    /// `None` for texts that were erased.
    pub texts: Option<UserRuleTexts>,
}

/// All rules that were not deleted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct UserRules {
    rules: BTreeMap<UserRuleId, UserRule>,
    order: BTreeMap<RuleTrigger, Vec<UserRuleId>>,
    /// Runs that were queued or started, and have no last word yet.
    open: BTreeSet<(UserId, UserRuleId)>,
    /// Runs after a deletion that were given up.
    given_up: BTreeSet<(UserId, UserRuleId)>,
    last: UserRuleId,
}

impl UserRules {
    /// A rule.
    #[must_use]
    pub fn get(&self, id: UserRuleId) -> Option<&UserRule> {
        self.rules.get(&id)
    }

    /// The rule with a name, given by its `key()`. Looks through all: there are few.
    #[must_use]
    pub fn named(&self, key: &str) -> Option<UserRuleId> {
        let has_name = |rule: &UserRule| rule.texts.as_ref().is_some_and(|texts| texts.name.key() == key);
        self.rules.iter().find(|(_, rule)| has_name(rule)).map(|(id, _)| *id)
    }

    /// The rules of a trigger, in the order in which they run.
    #[must_use]
    pub fn in_order(&self, trigger: RuleTrigger) -> &[UserRuleId] {
        self.order.get(&trigger).map(Vec::as_slice).unwrap_or_default()
    }

    /// Does the run of a rule for a user wait for its last word?
    #[must_use]
    pub fn is_open(&self, user: UserId, rule: UserRuleId) -> bool {
        self.open.contains(&(user, rule))
    }

    /// Was the last run of a rule after a deletion given up?
    #[must_use]
    pub fn is_given_up(&self, user: UserId, rule: UserRuleId) -> bool {
        self.given_up.contains(&(user, rule))
    }

    /// The id that the next rule will get.
    #[must_use]
    pub fn next_id(&self) -> UserRuleId {
        UserRuleId(self.last.0 + 1)
    }

    pub(super) fn fold(&mut self, event: &Event) {
        match event {
            Event::UserRuleDefined(e) => {
                self.last = self.last.max(e.rule);
                let rule = UserRule {
                    trigger: e.trigger,
                    condition: e.condition.clone(),
                    action: e.action.clone(),
                    enabled: true,
                    texts: e.texts.known().cloned(),
                };
                self.rules.insert(e.rule, rule);
                let order = self.order.entry(e.trigger).or_default();
                let place = usize::try_from(e.order).unwrap_or(usize::MAX).saturating_sub(1);
                order.insert(place.min(order.len()), e.rule);
            }
            Event::UserRuleChanged(e) => self.change(e.rule, |rule| {
                if let Some(condition) = &e.condition {
                    rule.condition.clone_from(&condition.to);
                }
                if let Some(action) = &e.action {
                    rule.action.clone_from(&action.to);
                }
                if e.texts != rollbook_schema::Personal::Absent {
                    rule.texts = e.texts.known().map(|texts| texts.to.clone());
                }
            }),
            Event::UserRuleEnabled(e) => self.change(e.rule, |rule| rule.enabled = true),
            Event::UserRuleDisabled(e) => self.change(e.rule, |rule| rule.enabled = false),
            Event::UserRuleDeleted(e) => {
                if let Some(rule) = self.rules.remove(&e.rule) {
                    self.order.entry(rule.trigger).or_default().retain(|other| *other != e.rule);
                }
            }
            Event::UserRulesReordered(e) => _ = self.order.insert(e.trigger, e.to.clone()),
            event => self.fold_run(event),
        }
    }

    fn fold_run(&mut self, event: &Event) {
        match event {
            Event::UserRuleQueued(e) => {
                self.given_up.remove(&(e.user, e.rule));
                self.open.insert((e.user, e.rule));
            }
            Event::UserRuleStarted(e) => _ = self.open.insert((e.user, e.rule)),
            Event::UserRuleFinished(e) => _ = self.open.remove(&(e.user, e.rule)),
            Event::UserRuleFailed(e) if e.gives_up => {
                self.open.remove(&(e.user, e.rule));
                if self.get(e.rule).is_some_and(|rule| rule.trigger == RuleTrigger::PostDelete) {
                    self.given_up.insert((e.user, e.rule));
                }
            }
            _ => {}
        }
    }

    fn change(&mut self, id: UserRuleId, change: impl FnOnce(&mut UserRule)) {
        if let Some(rule) = self.rules.get_mut(&id) {
            change(rule);
        }
    }
}

/// What was given up counts only where something was: the digests of logs from before hold.
impl Hash for UserRules {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.rules, &self.order, &self.open, self.last).hash(state);
        if !self.given_up.is_empty() {
            self.given_up.hash(state);
        }
    }
}
