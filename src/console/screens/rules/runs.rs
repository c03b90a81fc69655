//! Calls that wait, and those that were given up, to be made again.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{AFTER, Found, PATH, Run};
use crate::console::small_form::asks;
use crate::console::visit::Visit;
use crate::console::words::rules as words;

/// What did not get through; nothing where all did.
pub(super) fn open(visit: &Visit, found: &Found, may: bool) -> Markup {
    let tongue = visit.tongue();
    let name = |run: &Run| {
        let rule = found.user_rules.iter().find(|rule| rule.id == run.rule_id);
        rule.map_or(run.rule_id.as_str(), |rule| rule.title()).to_owned()
    };
    let failed = given_up(found);
    html! {
        @if !failed.is_empty() || !found.waiting.is_empty() { section.card {
            h2 { (words::OPEN_CALLS.to(tongue)) }
            div.table-frame { table {
                thead { tr {
                    th scope="col" { (words::RULE.to(tongue)) }
                    th scope="col" { (words::USER.to(tongue)) }
                    th scope="col" { (words::STATE.to(tongue)) }
                } }
                tbody {
                    @for run in &found.waiting { tr {
                        (whom(run, &name(run)))
                        td data-label=(words::STATE.to(tongue)) {
                            span { (words::WAITING.with(tongue, &[("next", &visit.number(run.attempts + 1))])) }
                        }
                    } }
                    @for run in failed { tr {
                        (whom(run, &name(run)))
                        td data-label=(words::STATE.to(tongue)) { span {
                            (words::FAILED.with(tongue, &[("count", &visit.number(run.attempts))])) " "
                            @if may { (asks(visit, PATH, "retry", &html! {
                                input type="hidden" name="rule" value=(run.rule_id);
                                input type="hidden" name="user" value=(run.user_id);
                                button.small type="submit" { (words::RETRY.to(tongue)) }
                            })) }
                        } }
                    } }
                }
            } }
        } }
    }
}

fn whom(run: &Run, name: &str) -> Markup {
    html! {
        td data-column="name" { a href=(format!("/events/{}", run.id.trim_start_matches("event_"))) { bdi { (name) } } }
        td { a href=(format!("/people/{}", run.user_id)) { (run.user_id) } }
    }
}

/// The last run of each rule for each user after a deletion, unless it goes on.
fn given_up(found: &Found) -> Vec<&Run> {
    let is_after =
        |run: &&Run| found.user_rules.iter().any(|rule| rule.id == run.rule_id && rule.trigger == AFTER);
    let key = |run: &Run| (run.rule_id.clone(), run.user_id.clone());
    let mut last: BTreeMap<_, &Run> =
        found.failed.iter().filter(is_after).map(|run| (key(run), run)).collect();
    found.waiting.iter().for_each(|run| _ = last.remove(&key(run)));
    last.into_values().collect()
}
