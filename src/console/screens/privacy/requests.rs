//! Masking requests by the time that is left for them.

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{due, moment, name_of, shown, told, views};
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::document;
use crate::console::form::Fields;
use crate::console::parts::{badge, icon};
use crate::console::refused::Refused;
use crate::console::visit::Visit;
use crate::console::words::{Text, Tongue, privacy as words, privacy_words};

/// Requests of a page: as many as the schema gives.
const REQUESTS: usize = 100;

document!(
    /// A page of requests.
    REQUESTS_OF,
    include_str!("requests.graphql")
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    masking_requests: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: String,
    user_id: String,
    mode: String,
    legal_basis: String,
    state: String,
    requested_by_id: String,
    requested_at: String,
    due_at: String,
    extended: bool,
    overdue: bool,
    held: bool,
}

const VIEWS: [(&str, Text); 5] = [
    ("", words::WAITING),
    ("overdue", words::OVERDUE),
    ("done", words::CARRIED_OUT),
    ("declined", words::DECLINED),
    ("all", words::ALL_STATES),
];

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/privacy/requests", get(show))
}

fn filter(view: &str) -> Value {
    match view {
        "overdue" => json!({ "overdue": true }),
        "done" => json!({ "state": "DONE" }),
        "declined" => json!({ "state": "DECLINED" }),
        "all" => json!({}),
        _ => json!({ "state": "WAITING" }),
    }
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    super::demand(&visit, Capability::MaskPeople)?;
    let query = Fields::of_query(query.as_deref());
    let view = query.text("view");
    let variables = json!({ "filter": filter(view), "after": query.given("after") });
    let mut rows = visit.read::<Found>(&REQUESTS_OF, variables).await?.masking_requests;
    let further = rows.last().filter(|_| rows.len() == REQUESTS).map(|row| row.id.clone());
    // What is due first comes first. A time tells its order as text.
    rows.sort_by(|a, b| a.due_at.cmp(&b.due_at));
    let tongue = visit.tongue();
    let body = html! {
        div.controls {
            (views(&visit, "/privacy/requests", &VIEWS, view))
            a.button.primary.end href="/privacy/requests/new" { (icon("plus")) (words::ENTER.to(tongue)) }
        }
        @if rows.is_empty() {
            div.empty { p { strong { (words::NO_REQUESTS.to(tongue)) } } p.soft { (words::NO_REQUESTS_LEAD.to(tongue)) } }
        } @else { (table(&visit, &rows)) }
        @if let Some(after) = further {
            nav.pages { a.button.small href=(format!("/privacy/requests?view={view}&after={after}")) { (words::FURTHER.to(tongue)) } }
        }
    };
    shown(&visit, "/requests", told(query.text("done")), &body).await
}

fn table(visit: &Visit, rows: &[Row]) -> Markup {
    let tongue = visit.tongue();
    let heads = [words::PERSON, words::DUE, words::MODE, words::LEGAL_BASIS, words::ENTERED, words::STATE];
    html! {
        div.list { div.table-frame { table {
            thead { tr { @for head in heads { th scope="col" { (head.to(tongue)) } } } }
            tbody { @for row in rows { tr {
                td data-column="name" data-label=(words::PERSON.to(tongue)) {
                    a.who href=(format!("/privacy/requests/{}", row.id)) { bdi { (name_of(visit, &row.user_id)) } }
                    " " span.code { (row.user_id) }
                }
                td data-label=(words::DUE.to(tongue)) { span { (due(visit, &row.due_at, row.overdue, row.extended)) } }
                td data-label=(words::MODE.to(tongue)) { (mode(tongue, &row.mode)) }
                td data-label=(words::LEGAL_BASIS.to(tongue)) { (privacy_words::basis(&row.legal_basis).to(tongue)) }
                td data-label=(words::ENTERED.to(tongue)) {
                    span { (moment(visit, &row.requested_at)) " " span.soft { bdi { (name_of(visit, &row.requested_by_id)) } } }
                }
                td data-label=(words::STATE.to(tongue)) { span {
                    (state(tongue, &row.state))
                    @if row.held { " " (badge("warn", words::HELD.to(tongue))) }
                } }
            } } }
        } } }
    }
}

pub(super) fn mode(tongue: Tongue, mode: &str) -> &'static str {
    privacy_words::mode(mode).to(tongue)
}

pub(super) fn state(tongue: Tongue, state: &str) -> Markup {
    let (kind, text) = match state {
        "WAITING" => ("warn", words::WAITING),
        "DONE" => ("good", words::CARRIED_OUT),
        "DECLINED" => ("quiet", words::DECLINED),
        _ => ("quiet", words::WITHDRAWN),
    };
    badge(kind, text.to(tongue))
}
