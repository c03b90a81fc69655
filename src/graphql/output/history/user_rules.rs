//! What events about rules on users changed.

use rollbook_schema::{Event, value};

use super::changes::List;
use super::word;
use crate::graphql::id;
use crate::graphql::output::{RuleFault, RuleTrigger, action_text, condition_text};

pub(super) fn list(list: &mut List<'_>, event: &Event) {
    match event {
        Event::UserRuleDefined(e) => {
            let texts = e.texts.known();
            list.clear("name", None, texts.map(|texts| texts.name.as_str()));
            list.clear("trigger", None, Some(word(RuleTrigger::from(e.trigger))));
            list.clear("order", None, Some(e.order));
            list.clear("condition", None, condition(&e.condition));
            list.clear("action", None, Some(action_text(&e.action)));
            list.clear("url", None, texts.and_then(|texts| texts.url.as_ref()).map(value::RuleUrl::as_str));
        }
        Event::UserRuleChanged(e) => {
            if let Some(texts) = e.texts.known() {
                let (from, to) = (&texts.from, &texts.to);
                if from.name != to.name {
                    list.clear("name", Some(from.name.as_str()), Some(to.name.as_str()));
                }
                if from.url != to.url {
                    let url =
                        |texts: &value::UserRuleTexts| texts.url.clone().map(|url| url.as_str().to_owned());
                    list.clear("url", url(from), url(to));
                }
            }
            if let Some(change) = &e.condition {
                list.clear("condition", condition(&change.from), condition(&change.to));
            }
            if let Some(change) = &e.action {
                list.clear("action", Some(action_text(&change.from)), Some(action_text(&change.to)));
            }
        }
        Event::UserRuleEnabled(_) => list.clear("enabled", Some(false), Some(true)),
        Event::UserRuleDisabled(_) => list.clear("enabled", Some(true), Some(false)),
        Event::UserRuleDeleted(_) => list.clear("deleted", Some(false), Some(true)),
        Event::UserRulesReordered(e) => {
            let named = |rules: &[rollbook_schema::UserRuleId]| {
                rules.iter().map(|rule| id::of_user_rule(*rule).0).collect::<Vec<_>>().join(", ")
            };
            list.clear("order", Some(named(&e.from)), Some(named(&e.to)));
        }
        Event::UserRuleQueued(e) => list.clear("rule", None, Some(id::of_user_rule(e.rule).0)),
        Event::UserRuleStarted(e) => list.clear("rule", None, Some(id::of_user_rule(e.rule).0)),
        Event::UserRuleFinished(e) => {
            list.clear("rule", None, Some(id::of_user_rule(e.rule).0));
            list.clear("attempt", None, Some(e.attempt));
            list.clear("changes", None, Some(e.changes));
        }
        Event::UserRuleFailed(e) => {
            list.clear("rule", None, Some(id::of_user_rule(e.rule).0));
            list.clear("attempt", None, Some(e.attempt));
            list.clear("fault", None, Some(word(RuleFault::from(e.fault))));
        }
        Event::UserCreatedByRule(e) => {
            list.clear("automation", None, e.rule.known().map(value::RuleName::as_str));
        }
        _ => {}
    }
}

/// Null for none.
fn condition(condition: &[value::RuleTest]) -> Option<String> {
    (!condition.is_empty()).then(|| condition_text(condition))
}
