//! Privacy, for compliance officers: what people are owed, by when, who decides, and what was done.
//!
//! [`requests`] lists masking requests, [`enter`] makes one with its [`preview`], [`request`] is one that a second
//! person decides; [`erasures`] shows how far each is carried out and its receipt; [`answers`] gives people what is
//! known of them; [`holds`] keeps and restricts; [`retention`] ends by rule; [`register`] says what exists where.

mod answer;
mod answers;
mod enter;
mod erasures;
mod holds;
mod preview;
mod register;
mod request;
mod requests;
mod retention;

use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use crate::access::Capability;
use crate::console::Console;
use crate::console::page::{Page, Place};
use crate::console::parts::{Tab, badge, done, tabs};
use crate::console::refused::Refused;
use crate::console::small_form;
use crate::console::visit::{Visit, encoded};
use crate::console::words::{Text, frame, privacy as words};
use crate::graphql;

pub(super) fn routes() -> Router<Console> {
    let start = Router::new().route("/privacy", get(start));
    let screens = [
        requests::routes(),
        enter::routes(),
        request::routes(),
        erasures::routes(),
        answers::routes(),
        answer::routes(),
        holds::routes(),
        retention::routes(),
        register::routes(),
    ];
    screens.into_iter().fold(start, Router::merge)
}

/// Each tab with what it takes to open it.
const TABS: [(Tab, Capability); 6] = [
    (Tab { to: "/requests", text: words::REQUESTS }, Capability::MaskPeople),
    (Tab { to: "/erasures", text: words::ERASURES }, Capability::MaskPeople),
    (Tab { to: "/answers", text: words::ANSWERS }, Capability::AnswerAccessRequests),
    (Tab { to: "/holds", text: words::HOLDS }, Capability::MaskPeople),
    (Tab { to: "/retention", text: words::RETENTION }, Capability::SeeRetention),
    (Tab { to: "/register", text: words::REGISTER }, Capability::SeeRegister),
];

/// The first tab that the reader may open.
async fn start(visit: Visit) -> Result<Response, Refused> {
    visit.person().ok_or(Refused::SignIn)?;
    let open = TABS.iter().find(|(_, needs)| visit.holds(*needs));
    let (tab, _) = open.ok_or(Refused::Forbidden)?;
    Ok(Redirect::to(&format!("/privacy{}", tab.to)).into_response())
}

/// A page under a tab.
async fn shown(visit: &Visit, here: &str, told: Option<Text>, body: &Markup) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let open: Vec<Tab> = TABS.iter().filter(|(_, needs)| visit.holds(*needs)).map(|(tab, _)| *tab).collect();
    let title = frame::PRIVACY.to(tongue);
    let body = html! {
        div.head { h1 { (title) } }
        (tabs(visit, frame::PRIVACY, "/privacy", &open, here))
        (done(visit, told))
        div.stack { (body) }
    };
    Page::titled(title).at(Place::Privacy).show(visit, &body).await
}

/// A page of its own, below one of the tabs.
async fn shown_alone(
    visit: &Visit,
    up: (&str, Text),
    title: &str,
    told: Option<Text>,
    body: &Markup,
) -> Result<Response, Refused> {
    let (path, text) = up;
    let body = html! {
        (small_form::up(visit, path, text))
        div.head { h1 { bdi { (title) } } }
        (done(visit, told))
        div.stack.reading { (body) }
    };
    Page::titled(title).at(Place::Privacy).show(visit, &body).await
}

/// Whoever may see what is shown here, or the page that says no.
fn demand(visit: &Visit, needs: Capability) -> Result<(), Refused> {
    visit.person().ok_or(Refused::SignIn)?;
    if visit.holds(needs) { Ok(()) } else { Err(Refused::Forbidden) }
}

/// A user by name, with a way to what privacy knows of them.
fn person(visit: &Visit, id: &str) -> Markup {
    let name = graphql::called(visit.directory(), &visit.caller(), id);
    html! { a href=(format!("/people/{id}/privacy")) { bdi { (name) } } " " span.code.soft { (id) } }
}

/// A user by name alone.
fn name_of(visit: &Visit, id: &str) -> String {
    graphql::called(visit.directory(), &visit.caller(), id)
}

/// A moment.
fn moment(visit: &Visit, at: &str) -> Markup {
    html! { time datetime=(at) { (visit.moment(at)) } }
}

/// By when, and how that stands.
fn due(visit: &Visit, at: &str, is_overdue: bool, is_extended: bool) -> Markup {
    let tongue = visit.tongue();
    html! {
        (moment(visit, at))
        @if is_overdue { " " (badge("bad", words::OVERDUE.to(tongue))) }
        @if is_extended { " " (badge("quiet", words::EXTENDED.to(tongue))) }
    }
}

/// One row of facts.
fn fact(label: Text, visit: &Visit, value: &Markup) -> Markup {
    html! { div { dt { (label.to(visit.tongue())) } dd { (value) } } }
}

/// A list by its states: links, since the choice is part of the address.
fn views(visit: &Visit, path: &str, all: &[(&str, Text)], here: &str) -> Markup {
    let tongue = visit.tongue();
    html! {
        nav.views aria-label=(words::VIEWS.to(tongue)) {
            @for (name, text) in all {
                @let to = if name.is_empty() { path.to_owned() } else { format!("{path}?view={name}") };
                a href=(to) aria-current=[(*name == here).then_some("page")] { (text.to(tongue)) }
            }
        }
    }
}

/// What a page says was done, by the word in its address.
fn told(word: &str) -> Option<Text> {
    Some(match word {
        "entered" => words::DONE_ENTERED,
        "approved" => words::DONE_APPROVED,
        "declined" => words::DONE_DECLINED,
        "withdrawn" => words::DONE_WITHDRAWN,
        "extended" => words::DONE_EXTENDED,
        "opened" => words::DONE_OPENED,
        "fulfilled" => words::DONE_FULFILLED,
        "refused" => words::DONE_REFUSED,
        "saved" => words::DONE_SAVED,
        _ => return None,
    })
}

/// The id of the event before: what is listed after it begins with the one that is meant.
fn before(id: &str) -> Result<String, Refused> {
    let position = id.strip_prefix("event_").and_then(|number| number.parse::<u64>().ok());
    let before = position.and_then(|position| position.checked_sub(1)).ok_or(Refused::NotFound)?;
    Ok(format!("event_{before}"))
}

/// Where and why something was asked: of an event.
#[derive(Deserialize)]
struct Context {
    reason: Option<String>,
}
