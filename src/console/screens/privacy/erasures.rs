//! Maskings and erasures, step by step, what is left to be done by hand, and the receipt: to print, and signed, to
//! keep.

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::requests::mode;
use super::{before, fact, moment, name_of, person, shown, shown_alone, views};
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::document;
use crate::console::form::Fields;
use crate::console::parts::badge;
use crate::console::refused::Refused;
use crate::console::visit::Visit;
use crate::console::words::{Text, privacy as words, privacy_words};

/// Erasures of a page.
const ERASURES: usize = 50;

document!(
    /// A page of erasures, or one.
    ERASURES_OF,
    include_str!("erasures.graphql")
);

#[derive(Deserialize)]
struct Found {
    erasures: Vec<Erasure>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Erasure {
    pub id: String,
    position: u64,
    user_id: String,
    mode: String,
    state: String,
    request_id: Option<String>,
    receipt: Option<String>,
    steps: Vec<Step>,
    remaining: Vec<Remnant>,
}

#[derive(Deserialize)]
struct Step {
    name: String,
    at: Option<String>,
}

#[derive(Deserialize)]
struct Remnant {
    what: String,
    until: Option<String>,
    events: Vec<String>,
}

const VIEWS: [(&str, Text); 3] =
    [("", words::ALL_STATES), ("incomplete", words::INCOMPLETE), ("complete", words::COMPLETE)];

pub(super) fn routes() -> Router<Console> {
    Router::new()
        .route("/privacy/erasures", get(list))
        .route("/privacy/erasures/{id}", get(receipt))
        .route("/privacy/erasures/{id}/note", get(note))
}

async fn list(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    super::demand(&visit, Capability::MaskPeople)?;
    let query = Fields::of_query(query.as_deref());
    let view = query.text("view");
    let state = match view {
        "incomplete" => Some("INCOMPLETE"),
        "complete" => Some("COMPLETE"),
        _ => None,
    };
    let variables = json!({ "state": state, "after": query.given("after"), "first": ERASURES });
    let all = visit.read::<Found>(&ERASURES_OF, variables).await?.erasures;
    let tongue = visit.tongue();
    let further = all.last().filter(|_| all.len() == ERASURES).map(|erasure| &erasure.id);
    let body = html! {
        div.controls { (views(&visit, "/privacy/erasures", &VIEWS, view)) }
        @if all.is_empty() { div.empty { p { strong { (words::NO_ERASURES.to(tongue)) } } } }
        @else { (table(&visit, &all)) }
        @if let Some(after) = further {
            nav.pages { a.button.small href=(format!("/privacy/erasures?view={view}&after={after}")) { (words::FURTHER.to(tongue)) } }
        }
    };
    shown(&visit, "/erasures", None, &body).await
}

pub(super) fn table(visit: &Visit, all: &[Erasure]) -> Markup {
    let tongue = visit.tongue();
    let heads = [words::PERSON, words::MODE, words::ORDERED, words::STEPS, words::STATE, words::RECEIPT];
    html! {
        div.list { div.table-frame { table {
            thead { tr { @for head in heads { th scope="col" { (head.to(tongue)) } } } }
            tbody { @for erasure in all {
                @let taken = erasure.steps.iter().filter(|step| step.at.is_some()).count();
                tr {
                    td data-column="name" data-label=(words::PERSON.to(tongue)) { span { (person(visit, &erasure.user_id)) } }
                    td data-label=(words::MODE.to(tongue)) { (mode(tongue, &erasure.mode)) }
                    td data-label=(words::ORDERED.to(tongue)) { @if let Some(at) = ordered_at(erasure) { (moment(visit, at)) } }
                    td data-label=(words::STEPS.to(tongue)) { (taken) " / " (erasure.steps.len()) }
                    td data-label=(words::STATE.to(tongue)) { span { (state(visit, erasure)) } }
                    td data-label=(words::RECEIPT.to(tongue)) {
                        a href=(format!("/privacy/erasures/{}", erasure.id)) { (words::OPEN.to(tongue)) }
                    }
                }
            } }
        } } }
    }
}

fn ordered_at(erasure: &Erasure) -> Option<&str> {
    erasure.steps.first().and_then(|step| step.at.as_deref())
}

fn state(visit: &Visit, erasure: &Erasure) -> Markup {
    let tongue = visit.tongue();
    match erasure.state.as_str() {
        "COMPLETE" => badge("good", words::COMPLETE.to(tongue)),
        _ => badge("warn", words::INCOMPLETE.to(tongue)),
    }
}

/// Every erasure of one person.
pub(super) async fn of_person(visit: &Visit, user: &str) -> Result<Vec<Erasure>, Refused> {
    let variables = json!({ "user": user, "first": ERASURES });
    Ok(visit.read::<Found>(&ERASURES_OF, variables).await?.erasures)
}

async fn one(visit: &Visit, id: &str) -> Result<Erasure, Refused> {
    super::demand(visit, Capability::MaskPeople)?;
    let found: Found = visit.read(&ERASURES_OF, json!({ "after": before(id)?, "first": 1 })).await?;
    found.erasures.into_iter().find(|erasure| erasure.id == id).ok_or(Refused::NotFound)
}

async fn receipt(visit: Visit, Path(id): Path<String>) -> Result<Response, Refused> {
    let erasure = one(&visit, &id).await?;
    let tongue = visit.tongue();
    let title = match erasure.mode.as_str() {
        "ERASURE" => words::RECEIPT_ERASURE,
        _ => words::RECEIPT_MASKING,
    };
    let body = html! {
        article.stack.receipt {
            section.card { (head(&visit, &erasure)) }
            section.card { h2 { (words::STEPS.to(tongue)) } (steps(&visit, &erasure)) }
            section.card { h2 { (words::BY_HAND.to(tongue)) } (by_hand(&visit, &erasure)) }
            section.card.note { h2 { (words::SIGNED_NOTE.to(tongue)) } (signed(&visit, &erasure)) }
            p.small.soft.printed { (words::PRINTED_BY.with(tongue, &[
                ("name", &visit.person().map_or(String::new(), |person| name_of(&visit, &format!("user_{}", person.id)))),
                ("time", &visit.moment(&visit.directory().now().to_string())),
            ])) }
        }
    };
    shown_alone(&visit, ("/privacy/erasures", words::ERASURES), title.to(tongue), None, &body).await
}

fn head(visit: &Visit, erasure: &Erasure) -> Markup {
    let tongue = visit.tongue();
    html! {
        p.badges.first { (state(visit, erasure)) }
        dl.rows {
            (fact(words::PERSON, visit, &person(visit, &erasure.user_id)))
            (fact(words::MODE, visit, &html! { (mode(tongue, &erasure.mode)) }))
            @if let Some(at) = ordered_at(erasure) { (fact(words::ORDERED, visit, &moment(visit, at))) }
            (fact(words::ORDER, visit, &html! { a href=(format!("/events/{}", erasure.position)) { (visit.number(erasure.position)) } }))
            @if let Some(request) = &erasure.request_id {
                (fact(words::REQUEST, visit, &html! { a href=(format!("/privacy/requests/{request}")) { (request) } }))
            }
        }
        div.buttons.after {
            button type="button" data-print hidden { (words::PRINT.to(tongue)) }
            @if erasure.receipt.is_some() {
                a.button.primary href=(format!("/privacy/erasures/{}/note", erasure.id)) { (words::DOWNLOAD_NOTE.to(tongue)) }
            }
        }
    }
}

fn steps(visit: &Visit, erasure: &Erasure) -> Markup {
    let tongue = visit.tongue();
    html! {
        ol.steps { @for step in &erasure.steps {
            li data-taken[step.at.is_some()] {
                span { (privacy_words::step(&step.name).to(tongue)) }
                span.small.soft { @match &step.at {
                    Some(at) => (moment(visit, at)),
                    None => (words::NOT_YET.to(tongue)),
                } }
            }
        } }
    }
}

/// MSK-13: what this program cannot reach is said, and by when it must be gone.
fn by_hand(visit: &Visit, erasure: &Erasure) -> Markup {
    let tongue = visit.tongue();
    html! {
        @if erasure.remaining.is_empty() { p.soft { (words::NOTHING_BY_HAND.to(tongue)) } }
        ul.remaining { @for remnant in &erasure.remaining {
            li {
                span.box aria-hidden="true" {}
                div {
                    p { (privacy_words::remnant(&remnant.what).to(tongue)) }
                    @if let Some(until) = &remnant.until {
                        p { strong { (words::UNTIL.with(tongue, &[("time", &visit.moment(until))])) } }
                    }
                    @if !remnant.events.is_empty() {
                        p.small { @for event in &remnant.events {
                            a href=(format!("/events/{}", event.trim_start_matches("event_"))) { (event) } " "
                        } }
                    }
                }
            }
        } }
    }
}

fn signed(visit: &Visit, erasure: &Erasure) -> Markup {
    let tongue = visit.tongue();
    html! {
        @match &erasure.receipt {
            Some(note) => { p.soft { (words::SIGNED_NOTE_LEAD.to(tongue)) } pre.code tabindex="0" { (note) } },
            None => p.soft { (words::NO_NOTE.to(tongue)) },
        }
    }
}

/// The signed note, as verifiers take it (C2SP).
async fn note(visit: Visit, Path(id): Path<String>) -> Result<Response, Refused> {
    let note = one(&visit, &id).await?.receipt.ok_or(Refused::NotFound)?;
    let name = format!("attachment; filename=\"erasure-{}.receipt\"", id.trim_start_matches("event_"));
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, note).into_response())
}
