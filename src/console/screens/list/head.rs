//! Above the table: seats at the left (LIC-02), the title, views (LST-04), search, and the filters as one line.

use maud::{Markup, html};

use super::wish::{Kind, View, Wish};
use super::{Found, Pool, saved};
use crate::access::Capability;
use crate::console::ask::Flaw;
use crate::console::form::Fields;
use crate::console::parts::icon;
use crate::console::visit::Visit;
use crate::console::words::{Text, frame, list as words};

pub(super) fn title(kind: Kind) -> Text {
    match kind {
        Kind::Agents => frame::AGENTS,
        Kind::Clients => frame::CLIENTS,
    }
}

pub(super) fn show(visit: &Visit, wish: &Wish, found: &Found, given: &Fields, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    html! {
        div.head {
            div.heading {
                h1 { (title(wish.kind).to(tongue)) }
                @if !found.licenses.is_empty() { (seats(visit, &found.licenses)) }
            }
            @if visit.holds(Capability::ManageUsers) {
                a.button.primary href=(format!("{}/new", wish.kind.path())) {
                    (icon("plus")) (words::CREATE.to(tongue))
                }
            }
        }
        div.controls {
            (views(visit, wish))
            (saved::show(visit, wish, found, given, flaws))
            @if visit.holds(Capability::FindPeople) { (search(visit, wish)) }
            (filters(visit, wish, found))
        }
        (line(visit, wish, found))
    }
}

/// How many seats there are and how many are free: at the top left (LST-10).
fn seats(visit: &Visit, pools: &[Pool]) -> Markup {
    let tongue = visit.tongue();
    html! {
        ul.seats aria-label=(words::SEATS.to(tongue)) data-live="seats" data-head=(visit.directory().reached()) {
            @for pool in pools {
                @let name = if pool.of == "READ_ONLY" { words::READ_ONLY } else { words::READ_WRITE };
                @let (free, owned) = (visit.number(pool.available), visit.number(pool.owned));
                li data-over[pool.over] {
                    span.label { (name.to(tongue)) }
                    " "
                    strong { (words::SEATS_FREE.with(tongue, &[("free", &free), ("owned", &owned)])) }
                }
            }
        }
        @if pools.iter().any(|pool| pool.over) {
            p.small.over { (words::SEATS_OVER.to(tongue)) }
        }
        @let full = pools.iter().all(|pool| pool.available == 0);
        @if let Some(contact) = pools.iter().find_map(|pool| pool.contact.as_deref()).filter(|_| full) {
            p.small.soft { (words::SEATS_CONTACT.with(tongue, &[("contact", contact)])) }
        }
    }
}

fn views(visit: &Visit, wish: &Wish) -> Markup {
    html! {
        nav.views aria-label=(words::VIEWS.to(visit.tongue())) data-follows="views" {
            @for (view, _, text) in View::ALL {
                @let there = Wish { view, ..wish.at_start() };
                a href=(there.address()) aria-current=[(view == wish.view).then_some("page")] {
                    (text.to(visit.tongue()))
                }
            }
        }
    }
}

/// What an address has besides what a form changes, so that the form keeps it.
fn kept(wish: &Wish, changed: &[&str]) -> Markup {
    html! {
        @for (name, value) in wish.at_start().pairs().into_iter().filter(|(name, _)| !changed.contains(name)) {
            input type="hidden" name=(name) value=(value);
        }
    }
}

fn search(visit: &Visit, wish: &Wish) -> Markup {
    let label = words::SEARCH.to(visit.tongue());
    html! {
        form.search method="get" action=(wish.kind.path()) role="search" data-search {
            (kept(wish, &["q"]))
            (icon("search"))
            input type="search" name="q" value=(wish.text) placeholder=(label) aria-label=(label)
                autocomplete="off" spellcheck="false" dir="auto";
            button.unseen type="submit" { (label) }
        }
    }
}

/// Value and text of what a filter can be.
fn options(visit: &Visit, wish: &Wish, found: &Found, filter: &str) -> Vec<(String, String)> {
    let tongue = visit.tongue();
    let fixed = |pairs: &[(&str, Text)]| -> Vec<(String, String)> {
        pairs.iter().map(|(value, text)| ((*value).to_owned(), text.to(tongue).to_owned())).collect()
    };
    let named = |all: &[super::Named]| -> Vec<(String, String)> {
        all.iter().map(|one| (one.id.clone(), one.name.clone().unwrap_or_else(|| one.id.clone()))).collect()
    };
    match filter {
        "role" => {
            let own = found.roles.iter().filter(|role| role.kind == wish.kind.name());
            own.map(|role| (role.id.clone(), role.name.clone().unwrap_or_else(|| role.id.clone()))).collect()
        }
        "unit" => named(&found.units),
        "team" => named(&found.teams),
        "license" if wish.kind == Kind::Agents => fixed(&[
            ("READ_WRITE", words::READ_WRITE),
            ("READ_ONLY", words::READ_ONLY),
            ("NONE", words::NO_LICENSE),
        ]),
        "segment" => fixed(&[
            ("REGISTERED", words::REGISTERED),
            ("VERIFIED", words::VERIFIED),
            ("EVERYONE", words::EVERYONE),
        ]),
        _ => Vec::new(),
    }
}

const FILTERS: [(&str, Text); 5] = [
    ("role", words::ROLE),
    ("unit", words::UNIT),
    ("team", words::TEAM),
    ("license", words::LICENSE),
    ("segment", words::SEGMENT),
];

fn filters(visit: &Visit, wish: &Wish, found: &Found) -> Markup {
    let tongue = visit.tongue();
    html! {
        details.menu.filter data-menu data-follows="filter" {
            summary.button { (words::FILTER.to(tongue)) (icon("down")) }
            form.sheet.fields method="get" action=(wish.kind.path()) {
                (kept(wish, &FILTERS.map(|(name, _)| name)))
                @for (name, text) in FILTERS {
                    @let options = options(visit, wish, found, name);
                    @if !options.is_empty() {
                        div.field {
                            label for=(format!("filter-{name}")) { (text.to(tongue)) }
                            select id=(format!("filter-{name}")) name=(name) {
                                option value="" { (words::ANY.to(tongue)) }
                                @for (value, text) in &options {
                                    option value=(value) selected[value == wish.filter_value(name)] { (text) }
                                }
                            }
                        }
                    }
                }
                button.primary type="submit" { (words::APPLY.to(tongue)) }
            }
        }
    }
}

/// The filters in one line; each can be taken out again.
fn line(visit: &Visit, wish: &Wish, found: &Found) -> Markup {
    let tongue = visit.tongue();
    let mut chips: Vec<(String, Wish)> = Vec::new();
    if !wish.text.is_empty() {
        let without = Wish { text: String::new(), ..wish.at_start() };
        chips.push((words::NAMED.with(tongue, &[("text", &wish.text)]), without));
    }
    for (name, text) in FILTERS {
        let value = wish.filter_value(name);
        if value.is_empty() {
            continue;
        }
        let options = options(visit, wish, found, name);
        let shown = options.iter().find(|(known, _)| known == value).map_or(value, |(_, shown)| shown);
        let mut without = wish.at_start();
        without.filters.retain(|(known, _)| *known != name);
        chips.push((format!("{}: {shown}", text.to(tongue)), without));
    }
    let none = Wish { text: String::new(), filters: Vec::new(), ..wish.at_start() };
    html! {
        @if !chips.is_empty() {
            ul.chips aria-label=(words::FILTER.to(tongue)) {
                @for (text, without) in &chips {
                    li { a href=(without.address())
                        aria-label=(words::REMOVE_FILTER.with(tongue, &[("filter", text)])) {
                        (text) span aria-hidden="true" { "×" }
                    } }
                }
                @if chips.len() > 1 { li { a.clear href=(none.address()) { (words::CLEAR.to(tongue)) } } }
            }
        }
    }
}
