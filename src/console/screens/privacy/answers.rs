//! People who want to see what is known of them, by the time that is left to answer.

use axum::Router;
use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::account::window;
use super::{due, moment, name_of, shown, told, views};
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::parts::{Field, badge, refusals, token};
use crate::console::refused::Refused;
use crate::console::timeline::{self, Turns};
use crate::console::visit::Visit;
use crate::console::words::{Text, Tongue, privacy as words};

document!(
    /// A page of access requests.
    ANSWERS,
    include_str!("answers.graphql")
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    access_requests: Page,
}

/// A page of them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page {
    page_info: Turns,
    pub nodes: Vec<Row>,
}

/// One of them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row {
    pub id: String,
    pub user_id: String,
    pub state: String,
    pub opened_by_id: String,
    pub opened_at: String,
    pub due_at: String,
    pub extended: bool,
    pub overdue: bool,
    pub answered_by_id: Option<String>,
    pub answered_at: Option<String>,
}

const VIEWS: [(&str, Text); 4] = [
    ("", words::WAITING),
    ("overdue", words::OVERDUE),
    ("answered", words::ANSWERED),
    ("all", words::ALL_STATES),
];

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/privacy/answers", get(show).post(open))
}

/// Every request of one person, as far as a page goes.
pub(super) async fn of_person(visit: &Visit, user: &str) -> Result<Vec<Row>, Refused> {
    let mut variables = window(&Fields::default());
    variables["filter"] = json!({ "userId": user });
    Ok(visit.read::<Found>(&ANSWERS, variables).await?.access_requests.nodes)
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(visit: &Visit, query: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    super::demand(visit, Capability::AnswerAccessRequests)?;
    let view = query.text("view");
    let mut variables = window(query);
    variables["filter"] = match view {
        "overdue" => json!({ "overdue": true }),
        "answered" => json!({ "state": "FULFILLED" }),
        "all" => Value::Null,
        _ => json!({ "state": "WAITING" }),
    };
    let found = visit.read::<Found>(&ANSWERS, variables).await?.access_requests;
    let tongue = visit.tongue();
    let once = visit.directory().identities().command(visit.directory().now()).to_string();
    let body = html! {
        div.controls { (views(visit, "/privacy/answers", &VIEWS, view)) }
        @if found.nodes.is_empty() {
            div.empty { p { strong { (words::NO_ANSWERS.to(tongue)) } } }
        } @else { (table(visit, &found.nodes)) }
        (timeline::turns(visit, &found.page_info, &format!("/privacy/answers?view={view}")))
        section.card.reading {
            h2 { (words::OPEN_ANSWER.to(tongue)) }
            p.soft { (words::OPEN_ANSWER_LEAD.to(tongue)) }
            (refusals(visit, flaws, &["userId", "ticket"]))
            form.fields.two method="post" action="/privacy/answers" {
                (token(visit))
                input type="hidden" name="once" value=(query.given("once").unwrap_or(&once));
                (Field { required: true, hint: Some(words::PRIMARY_ID_HINT.to(tongue)),
                    ..Field::text("userId", words::PRIMARY_ID.to(tongue), query.text("userId")) }.show(visit, flaws))
                (Field { required: true, hint: Some(words::TICKET_HINT.to(tongue)),
                    ..Field::text("ticket", words::TICKET.to(tongue), query.text("ticket")) }.show(visit, flaws))
                div.buttons.whole { button.primary type="submit" { (words::OPEN_ANSWER.to(tongue)) } }
            }
        }
    };
    shown(visit, "/answers", told(query.text("done")), &body).await
}

pub(super) fn table(visit: &Visit, rows: &[Row]) -> Markup {
    let tongue = visit.tongue();
    let heads = [words::PERSON, words::DUE, words::OPENED, words::STATE];
    html! {
        div.list { div.table-frame { table {
            thead { tr { @for head in heads { th scope="col" { (head.to(tongue)) } } } }
            tbody { @for row in rows { tr {
                td data-column="name" data-label=(words::PERSON.to(tongue)) {
                    a.who href=(format!("/privacy/answers/{}", row.id)) { bdi { (name_of(visit, &row.user_id)) } }
                    " " span.code { (row.user_id) }
                }
                td data-label=(words::DUE.to(tongue)) { span { (due(visit, &row.due_at, row.overdue, row.extended)) } }
                td data-label=(words::OPENED.to(tongue)) {
                    span { (moment(visit, &row.opened_at)) " " span.soft { bdi { (name_of(visit, &row.opened_by_id)) } } }
                }
                td data-label=(words::STATE.to(tongue)) { (state(tongue, &row.state)) }
            } } }
        } } }
    }
}

pub(super) fn state(tongue: Tongue, state: &str) -> Markup {
    let (kind, text) = match state {
        "WAITING" => ("warn", words::WAITING),
        "FULFILLED" => ("good", words::FULFILLED),
        _ => ("quiet", words::REFUSED),
    };
    badge(kind, text.to(tongue))
}

async fn open(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let input = json!({
        "userId": fields.text("userId").trim(), "ticket": fields.text("ticket"), "idempotencyKey": fields.given("once"),
    });
    match visit.change(&changes::OPEN_ACCESS_REQUEST, input).await? {
        Ok(done) => {
            let id = done["accessRequest"]["id"].as_str().ok_or(Refused::Unavailable)?;
            Ok(Redirect::to(&format!("/privacy/answers/{id}?done=opened")).into_response())
        }
        Err(flaws) => page(&visit, &fields, &flaws).await,
    }
}
