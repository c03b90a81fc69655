//! Business rules name users: in their conditions, and as whom others report to from then on (REF-07).

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::value::{NewSuperior, RecordUpdate, RuleAction, RuleTest};
use rollbook_schema::{Event, UserId, UserRuleId};
use serde::{Deserialize, Serialize};

use super::{NamedBy, Reference, ReferenceSource, Referrer, Wanted};

/// Where in a rule a user is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RulePart {
    /// Of whom it must hold.
    Condition,
    /// What it does.
    Action,
}

/// Rules that were not deleted, in force or not, by whom they name.
#[derive(Clone, Debug, Default, Hash, Serialize, Deserialize)]
pub(super) struct UserRuleReferences {
    rules: BTreeMap<UserRuleId, BTreeSet<(RulePart, UserId)>>,
    named: BTreeSet<(UserId, UserRuleId, RulePart)>,
}

impl ReferenceSource for UserRuleReferences {
    fn fold(&mut self, event: &Event) {
        match event {
            Event::UserRuleDefined(e) => {
                self.replace(e.rule, RulePart::Condition, in_condition(&e.condition));
                self.replace(e.rule, RulePart::Action, in_action(&e.action));
            }
            Event::UserRuleChanged(e) => {
                if let Some(condition) = &e.condition {
                    self.replace(e.rule, RulePart::Condition, in_condition(&condition.to));
                }
                if let Some(action) = &e.action {
                    self.replace(e.rule, RulePart::Action, in_action(&action.to));
                }
            }
            Event::UserRuleDeleted(e) => {
                for (part, user) in self.rules.remove(&e.rule).unwrap_or_default() {
                    self.named.remove(&(user, e.rule, part));
                }
            }
            _ => {}
        }
    }

    fn find(&self, wanted: &Wanted, found: &mut Vec<Reference>) {
        let user = wanted.user();
        let all = (user, UserRuleId(0), RulePart::Condition)..=(user, UserRuleId(u64::MAX), RulePart::Action);
        found.extend(self.named.range(all).map(|(_, rule, part)| Reference {
            by: Referrer::UserRule { rule: *rule, part: *part },
            named_by: NamedBy::UserId,
            recycled: false,
        }));
    }
}

impl UserRuleReferences {
    fn replace(&mut self, rule: UserRuleId, part: RulePart, users: impl Iterator<Item = UserId>) {
        let of_rule = self.rules.entry(rule).or_default();
        let before: Vec<UserId> =
            of_rule.iter().filter(|(of, _)| *of == part).map(|(_, user)| *user).collect();
        for user in before {
            of_rule.remove(&(part, user));
            self.named.remove(&(user, rule, part));
        }
        for user in users {
            of_rule.insert((part, user));
            self.named.insert((user, rule, part));
        }
    }
}

fn in_condition(condition: &[RuleTest]) -> impl Iterator<Item = UserId> {
    condition.iter().filter_map(|test| match test {
        RuleTest::ReportsTo(user) => Some(*user),
        _ => None,
    })
}

fn in_action(action: &RuleAction) -> impl Iterator<Item = UserId> {
    let updates = match action {
        RuleAction::UpdateRecord(updates) => updates.as_slice(),
        RuleAction::Invoke => &[],
    };
    updates.iter().filter_map(|update| match update {
        RecordUpdate::ReassignReports(NewSuperior::User(user)) => Some(*user),
        _ => None,
    })
}
