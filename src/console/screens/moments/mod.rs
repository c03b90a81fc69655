//! The time machine: the directory as it was. [`moment`] is the list and the seats at one moment, [`person`] is
//! somebody then, [`changes`] sets two moments side by side, [`review`] says who held which right and who had given
//! it, [`evidence`] is what an auditor takes along.

mod changes;
mod evidence;
mod moment;
mod person;
mod review;

use axum::Router;
use axum::response::Response;
use maud::{Markup, html};
use rollbook_schema::Position;
use serde_json::{Value, json};

use super::history::wish::moment as time;
use crate::access::Capability;
use crate::console::Console;
use crate::console::page::{Page, Place};
use crate::console::parts::{Tab, done, tabs};
use crate::console::refused::Refused;
use crate::console::timeline::Turns;
use crate::console::visit::{Visit, encoded};
use crate::console::words::{Text, frame, history, moments as words};
use crate::directory::AsOf;

pub(super) fn routes() -> Router<Console> {
    let screens =
        [moment::routes(), person::routes(), changes::routes(), review::routes(), evidence::routes()];
    screens.into_iter().fold(Router::new(), Router::merge)
}

const TABS: [(Tab, Capability); 4] = [
    (Tab { to: "", text: words::MOMENT }, Capability::SeeUsers),
    (Tab { to: "/changes", text: words::TWO_MOMENTS }, Capability::SeeUsers),
    (Tab { to: "/review", text: words::REVIEW }, Capability::SeeUsers),
    (Tab { to: "/evidence", text: words::EVIDENCE }, Capability::SeeEvidence),
];

async fn shown(visit: &Visit, here: &str, told: Option<Text>, body: &Markup) -> Result<Response, Refused> {
    let open: Vec<Tab> = TABS.iter().filter(|(_, needs)| visit.holds(*needs)).map(|(tab, _)| *tab).collect();
    let title = frame::MOMENTS.to(visit.tongue());
    let body = html! {
        div.head { h1 { (title) } }
        (tabs(visit, frame::MOMENTS, "/moments", &open, here))
        (done(visit, told))
        div.stack { (body) }
    };
    Page::titled(title).at(Place::Moments).show(visit, &body).await
}

/// Whoever may see history and users.
fn demand(visit: &Visit) -> Result<(), Refused> {
    visit.person().ok_or(Refused::SignIn)?;
    let sees = visit.holds(Capability::SeeHistory) && visit.holds(Capability::SeeUsers);
    if sees { Ok(()) } else { Err(Refused::Forbidden) }
}

/// A moment that was asked for: its position, or that what was typed names none.
struct Asked {
    text: String,
    position: Option<Position>,
}

impl Asked {
    /// Of what was typed: a position, or a time. Nothing is the moment that is given.
    fn of(visit: &Visit, text: &str, otherwise: Position) -> Asked {
        let text = text.trim();
        if text.is_empty() {
            return Asked { text: otherwise.to_string(), position: Some(otherwise) };
        }
        let as_of = AsOf::parse(text).or_else(|| AsOf::parse(&time(text)?));
        let position = as_of.and_then(|as_of| visit.directory().position_of(as_of).ok());
        Asked { text: text.to_owned(), position }
    }
}

/// As the schema takes it.
fn as_of(position: Position) -> Value {
    json!({ "position": position.0 })
}

/// Where to type a moment. With script there is a slider beside it.
fn moment_field(visit: &Visit, name: &str, label: Text, asked: &Asked) -> Markup {
    let tongue = visit.tongue();
    let (hint, flaw) = (format!("{name}-hint"), format!("{name}-flaw"));
    let wrong = asked.position.is_none();
    html! {
        div.field data-wrong[wrong] {
            label for=(name) { (label.to(tongue)) }
            input id=(name) name=(name) type="text" inputmode="text" autocomplete="off" spellcheck="false"
                value=(asked.text) data-slider=(visit.directory().reached()) data-label=(words::SLIDER.to(tongue))
                aria-describedby=(if wrong { &flaw } else { &hint });
            @if wrong { p.flaw id=(flaw) { (words::NO_MOMENT.to(tongue)) } }
            @else { p.hint id=(hint) { (words::MOMENT_HINT.with(tongue, &[("head", &visit.number(visit.directory().reached().0))])) } }
        }
    }
}

/// Pages of what is listed.
fn turns(visit: &Visit, info: &Turns, path: &str) -> Markup {
    let tongue = visit.tongue();
    let link = |name: &str, cursor: &Option<String>, text: Text| {
        let cursor = encoded(cursor.as_deref().unwrap_or_default());
        html! { a.button.small href=(format!("{path}&{name}={cursor}")) { (text.to(tongue)) } }
    };
    html! {
        @if info.has_next_page || info.has_previous_page {
            nav.pages aria-label=(history::TITLE.to(tongue)) {
                @if info.has_previous_page { (link("before", &info.start_cursor, words::PREVIOUS)) }
                @if info.has_next_page { (link("after", &info.end_cursor, words::NEXT)) }
            }
        }
    }
}

/// Names in one cell.
fn joined(all: &[Name]) -> String {
    all.iter().filter_map(|one| one.name.as_deref()).collect::<Vec<_>>().join(", ")
}

#[derive(serde::Deserialize)]
struct Name {
    name: Option<String>,
}
