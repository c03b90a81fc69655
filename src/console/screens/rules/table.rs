//! The rules of one trigger, in the order in which they run.

use maud::{Markup, html};

use super::{Found, PATH, Rule};
use crate::console::parts::badge;
use crate::console::small_form::asks;
use crate::console::timeline;
use crate::console::visit::Visit;
use crate::console::words::{Text, rules as words};

/// A section; who may define rules gets its buttons.
pub(super) fn of(visit: &Visit, found: &Found, section: (&str, Text, Text), may: bool) -> Markup {
    let (trigger, title, lead) = section;
    let tongue = visit.tongue();
    let rules: Vec<&Rule> = found.user_rules.iter().filter(|rule| rule.trigger == trigger).collect();
    html! {
        section.card {
            h2 { (title.to(tongue)) }
            p.soft { (lead.to(tongue)) }
            @if rules.is_empty() { p { (words::NONE.to(tongue)) } }
            @else { div.table-frame { table {
                thead { tr {
                    th scope="col" { (words::RULE.to(tongue)) }
                    th scope="col" { (words::STATE.to(tongue)) }
                    @if may { th scope="col" { (words::CHANGE.to(tongue)) } }
                } }
                tbody { @for (place, rule) in rules.iter().enumerate() { tr data-inactive[!rule.enabled] {
                    td data-column="name" { div { strong { bdi { (rule.title()) } } div.soft.small { (does(visit, rule)) } } }
                    td data-label=(words::STATE.to(tongue)) { span {
                        @if rule.enabled { (badge("good", words::ON.to(tongue))) } @else { (badge("quiet", words::OFF.to(tongue))) }
                    } }
                    @if may { td data-label=(words::CHANGE.to(tongue)) { div.buttons { (buttons(visit, &rules, place)) } } }
                } } }
            } } }
        }
    }
}

fn does(visit: &Visit, rule: &Rule) -> Markup {
    let tongue = visit.tongue();
    let changes =
        rule.updates.iter().flatten().map(|update| {
            words::change(&update.change).map_or(update.change.as_str(), |text| text.to(tongue))
        });
    let kinds = rule.condition.iter().filter_map(|test| test.kind.as_deref());
    let kinds: Vec<&str> = kinds.map(|kind| timeline::value(tongue, kind)).collect();
    html! {
        @if let Some(url) = &rule.url { bdi { (words::CALLS.with(tongue, &[("url", url)])) } }
        @else { (changes.collect::<Vec<_>>().join("; ")) }
        @if !kinds.is_empty() { " · " (words::ONLY.with(tongue, &[("whom", &kinds.join(", "))])) }
        @else if !rule.condition.is_empty() { " · " (words::FOR_SOME.to(tongue)) }
    }
}

fn buttons(visit: &Visit, rules: &[&Rule], place: usize) -> Markup {
    let (tongue, rule) = (visit.tongue(), rules[place]);
    let named = |deed: Text| words::OF.with(tongue, &[("deed", deed.to(tongue)), ("name", rule.title())]);
    let of_rule = |deed: &str, text: Text| {
        asks(
            visit,
            PATH,
            deed,
            &html! {
                input type="hidden" name="rule" value=(rule.id);
                button.small type="submit" aria-label=(named(text)) { (text.to(tongue)) }
            },
        )
    };
    let moved = |other: usize, text: Text| {
        let mut order: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
        order.swap(place, other);
        asks(
            visit,
            PATH,
            "reorder",
            &html! {
                input type="hidden" name="trigger" value=(rule.trigger);
                input type="hidden" name="order" value=(order.join(" "));
                button.small type="submit" aria-label=(named(text)) { (text.to(tongue)) }
            },
        )
    };
    html! {
        @if place > 0 { (moved(place - 1, words::EARLIER)) }
        @if place + 1 < rules.len() { (moved(place + 1, words::LATER)) }
        @if rule.enabled { (of_rule("disable", words::SWITCH_OFF)) } @else { (of_rule("enable", words::SWITCH_ON)) }
        (of_rule("delete", words::DELETE))
    }
}
