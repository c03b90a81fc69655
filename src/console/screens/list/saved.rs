//! Views that were saved (LST-04): somebody's own, and the company's; saving what is shown, and removing a view.

use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Found;
use super::wish::{Kind, Wish};
use crate::access::Capability;
use crate::console::ask::Flaw;
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::parts::{Choice, Field, icon};
use crate::console::refused::Refused;
use crate::console::small_form::{asked, asks, what};
use crate::console::visit::{Visit, encoded};
use crate::console::words::{Text, list as words};

/// A view as the document gives it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Saved {
    id: String,
    name: Option<String>,
    owner_id: Option<String>,
    terms: Vec<Term>,
}

#[derive(Deserialize)]
struct Term {
    name: String,
    value: String,
}

impl Saved {
    fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// What a list of the kind shows by it.
    fn wish(&self, kind: Kind) -> Wish {
        let pairs: Vec<String> =
            self.terms.iter().map(|term| format!("{}={}", term.name, encoded(&term.value))).collect();
        Wish::of(kind, &Fields::of_query(Some(&pairs.join("&"))))
    }
}

/// What of a list can be saved: neither the page nor who is selected.
fn lasting(wish: &Wish) -> Wish {
    Wish { selected: Vec::new(), ..wish.at_start() }
}

pub(super) fn show(visit: &Visit, wish: &Wish, found: &Found, given: &Fields, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let here = lasting(wish).address();
    let all: Vec<(&Saved, String)> =
        found.views.iter().map(|view| (view, view.wish(wish.kind).address())).collect();
    let current = all.iter().find(|(_, there)| *there == here).map(|(view, _)| view.called());
    let group = |is_own: bool, title: Text| {
        let of = || all.iter().filter(|(view, _)| view.owner_id.is_some() == is_own);
        html! {
            @if of().next().is_some() {
                p.by { (title.to(tongue)) }
                ul { @for (view, there) in of() { li.saved {
                    a href=(there) aria-current=[(*there == here).then_some("true")] { bdi { (view.called()) } }
                    @if is_own || visit.holds(Capability::ChangeSettings) { (remove(visit, wish, view)) }
                } } }
            }
        }
    };
    html! {
        details.menu.filter.views-kept data-menu data-follows="saved" open[flaws.iter().any(is_about)] {
            summary.button { bdi { (current.unwrap_or(words::SAVED_VIEWS.to(tongue))) } (icon("down")) }
            div.sheet {
                (group(true, words::OWN_VIEWS))
                (group(false, words::COMPANY_VIEWS))
                (save(visit, wish, given, flaws))
            }
        }
    }
}

fn save(visit: &Visit, wish: &Wish, given: &Fields, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let options = vec![
        ("OWN".to_owned(), words::FOR_ME.to(tongue).to_owned()),
        ("COMPANY".to_owned(), words::FOR_EVERYBODY.to(tongue).to_owned()),
    ];
    let name = if flaws.is_empty() { "" } else { given.text("name") };
    asks(
        visit,
        &path(wish.kind),
        "save",
        &html! {
            (kept(&lasting(wish)))
            div.fields {
                (Field { required: true, ..Field::text("name", words::SAVE_AS.to(tongue), name) }.show(visit, flaws))
                @if visit.holds(Capability::ChangeSettings) {
                    (Choice { name: "audience", label: words::FOR_WHOM.to(tongue), value: given.text("audience"),
                        required: true, options }.show(visit, flaws))
                }
                button type="submit" { (words::SAVE_VIEW.to(tongue)) }
            }
        },
    )
}

fn remove(visit: &Visit, wish: &Wish, view: &Saved) -> Markup {
    let label = words::REMOVE_VIEW.with(visit.tongue(), &[("name", view.called())]);
    asks(
        visit,
        &path(wish.kind),
        "remove",
        &html! {
            (kept(&lasting(wish)))
            input type="hidden" name="of" value=(view.id);
            button.link type="submit" aria-label=(label) title=(label) { span aria-hidden="true" { "×" } }
        },
    )
}

fn kept(wish: &Wish) -> Markup {
    html! { @for (name, value) in wish.pairs() { input type="hidden" name=(name) value=(value); } }
}

fn path(kind: Kind) -> String {
    format!("{}/views", kind.path())
}

fn is_about(flaw: &Flaw) -> bool {
    flaw.field().is_some_and(|field| matches!(field, "name" | "audience"))
}

/// Saves or removes a view, and goes back to the list; on refusal the list is shown again.
pub(super) async fn change(kind: Kind, visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let wish = lasting(&Wish::of(kind, &fields));
    let (change, input, word) = match what(&fields) {
        "save" => (&changes::SAVE_VIEW, saved(&wish, &fields), "saved"),
        "remove" => (&changes::REMOVE_SAVED_VIEW, json!({ "viewId": fields.text("of") }), "removed"),
        _ => return Err(Refused::Malformed),
    };
    let there = wish.address();
    let joint = if there.contains('?') { '&' } else { '?' };
    match asked(&visit, change, input, &format!("{there}{joint}done={word}")).await? {
        Ok(response) => Ok(response),
        Err(flaws) => super::page(kind, visit, &fields, &flaws).await,
    }
}

fn saved(wish: &Wish, fields: &Fields) -> Value {
    let terms: Vec<Value> =
        wish.pairs().into_iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let audience = if fields.text("audience") == "COMPANY" { "COMPANY" } else { "OWN" };
    json!({ "kind": wish.kind.name(), "audience": audience, "name": fields.text("name"), "terms": terms })
}
