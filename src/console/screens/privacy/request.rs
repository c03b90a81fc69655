//! One masking request: what it would reach, and the decision of a second person (MSK-04); once it is carried
//! out, the keys that are gone.

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use rollbook_schema::command::{ApproveMasking, WithdrawMasking};
use rollbook_schema::{Position, UserId};
use serde::Deserialize;
use serde_json::json;

use super::requests::{mode, state};
use super::{before, due, fact, moment, name_of, person, preview, shown_alone, told};
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Document, Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::parts::{Field, badge, icon, refusals, token};
use crate::console::refused::Refused;
use crate::console::visit::Visit;
use crate::console::words::{privacy as words, privacy_words, refusal};

document!(
    /// One request and whom it is about.
    REQUEST,
    include_str!("request.graphql")
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    masking_requests: Vec<Request>,
    node: Option<Origin>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    id: String,
    user_id: String,
    mode: String,
    username_format: String,
    email_format: String,
    legal_basis: String,
    state: String,
    requested_by_id: String,
    requested_at: String,
    due_at: String,
    extended: bool,
    overdue: bool,
    decided_by_id: Option<String>,
    decided_at: Option<String>,
    held: bool,
    receipt: Option<Receipt>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Receipt {
    position: u64,
    destroyed_keys: Vec<Key>,
    by_hand: Vec<String>,
}

#[derive(Deserialize)]
struct Key {
    group: String,
    fingerprint: String,
}

/// The event that the request began with.
#[derive(Default, Deserialize)]
struct Origin {
    context: Option<super::Context>,
    subject: Option<Subject>,
}

#[derive(Deserialize)]
struct Subject {
    user: Option<Subjected>,
}

#[derive(Deserialize)]
struct Subjected {
    username: Option<String>,
    email: Option<String>,
    active: bool,
    deleted: bool,
    masked: bool,
}

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/privacy/requests/{id}", get(show).post(decide))
}

async fn show(visit: Visit, Path(id): Path<String>, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, &id, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(visit: &Visit, id: &str, query: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    super::demand(visit, Capability::MaskPeople)?;
    let found: Found = visit.read(&REQUEST, json!({ "id": id, "before": before(id)? })).await?;
    let request = found.masking_requests.into_iter().find(|request| request.id == id);
    let request = request.ok_or(Refused::NotFound)?;
    let origin = found.node.unwrap_or_default();
    let ticket = origin.context.and_then(|context| context.reason);
    let user = origin.subject.and_then(|subject| subject.user);
    let waits = request.state == "WAITING";
    let looked = match user.as_ref().filter(|_| waits) {
        Some(user) => Some(reached(visit, &request, user).await?),
        None => None,
    };
    let tongue = visit.tongue();
    let title = words::REQUEST_ABOUT.with(tongue, &[("name", &name_of(visit, &request.user_id))]);
    let body = html! {
        (refusals(visit, flaws, &["reason"]))
        section.card { (facts(visit, &request, ticket.as_deref(), user.as_ref())) }
        @match looked {
            Some(Ok(looked)) => (preview::show(visit, &looked, &request.mode)),
            Some(Err(flaw)) => p.told { (icon("warning")) span { (refusal::say(visit, &flaw)) } },
            None => {},
        }
        @if let Some(receipt) = &request.receipt { (carried_out(visit, receipt)) }
        @if waits { (decision(visit, &request, user.as_ref(), flaws)?) }
    };
    let up = ("/privacy/requests", words::REQUESTS);
    shown_alone(visit, up, &title, told(query.text("done")), &body).await
}

/// What it would reach today: the keys are those that the person has now.
async fn reached(
    visit: &Visit,
    request: &Request,
    user: &Subjected,
) -> Result<Result<preview::Preview, Flaw>, Refused> {
    let input = json!({
        "userId": request.user_id, "username": user.username.as_ref().filter(|_| !user.masked),
        "email": user.email.as_ref().filter(|_| !user.masked), "mode": request.mode,
        "usernameFormat": request.username_format, "emailFormat": request.email_format,
    });
    preview::read(visit, input).await
}

fn facts(visit: &Visit, request: &Request, ticket: Option<&str>, user: Option<&Subjected>) -> Markup {
    let tongue = visit.tongue();
    html! {
        p.badges.first {
            (state(tongue, &request.state))
            @if request.held { (badge("warn", words::HELD.to(tongue))) }
        }
        dl.rows {
            (fact(words::PERSON, visit, &html! { (person(visit, &request.user_id)) @if let Some(user) = user { " " (standing(visit, user)) } }))
            (fact(words::MODE, visit, &html! { (mode(tongue, &request.mode)) }))
            (fact(words::LEGAL_BASIS, visit, &html! { (privacy_words::basis(&request.legal_basis).to(tongue)) }))
            (fact(words::TICKET, visit, &html! { bdi { (ticket.unwrap_or("–")) } }))
            (fact(words::ENTERED, visit, &html! { (moment(visit, &request.requested_at)) " · " bdi { (name_of(visit, &request.requested_by_id)) } }))
            (fact(words::DUE, visit, &due(visit, &request.due_at, request.overdue, request.extended)))
            @if let (Some(at), Some(by)) = (&request.decided_at, &request.decided_by_id) {
                (fact(words::DECIDED, visit, &html! { (moment(visit, at)) " · " bdi { (name_of(visit, by)) } }))
            }
            (fact(words::BEGAN_WITH, visit, &html! { a href=(format!("/events/{}", number_of(&request.id))) { (number_of(&request.id).parse().map_or_else(|_| request.id.clone(), |position| visit.number(position))) } }))
        }
    }
}

fn number_of(event: &str) -> &str {
    event.trim_start_matches("event_")
}

fn standing(visit: &Visit, user: &Subjected) -> Markup {
    let tongue = visit.tongue();
    html! {
        @if user.deleted { (badge("quiet", words::IS_DELETED.to(tongue))) }
        @else if user.active { (badge("warn", words::IS_ACTIVE.to(tongue))) }
        @else { (badge("quiet", words::IS_DISABLED.to(tongue))) }
    }
}

fn carried_out(visit: &Visit, receipt: &Receipt) -> Markup {
    let tongue = visit.tongue();
    html! {
        section.card {
            h2 { (words::KEYS_GONE.to(tongue)) }
            p.soft { (words::KEYS_GONE_LEAD.to(tongue)) }
            dl.rows { @for key in &receipt.destroyed_keys {
                div { dt { (privacy_words::group(&key.group).to(tongue)) } dd.code { (key.fingerprint) } }
            } }
            @if !receipt.by_hand.is_empty() {
                h3.after { (words::BY_HAND.to(tongue)) }
                p.small.soft { (words::BY_HAND_NOTE.to(tongue)) }
            }
            p.after { a.button.primary href=(format!("/privacy/erasures/event_{}", receipt.position)) { (words::TO_RECEIPT.to(tongue)) } }
        }
    }
}

/// What the reader may do with a request that waits. That another person decides is the rule's own matter; whom it
/// would refuse is not offered it.
fn decision(
    visit: &Visit,
    request: &Request,
    user: Option<&Subjected>,
    flaws: &[Flaw],
) -> Result<Markup, Refused> {
    let tongue = visit.tongue();
    let own = visit.person().is_some_and(|person| request.requested_by_id == format!("user_{}", person.id));
    let (about, at) =
        (key_of(&request.user_id)?, Position(number_of(&request.id).parse().unwrap_or_default()));
    let approve = ApproveMasking { user: about, request: at, keys: Vec::new(), free_text: None };
    let decides = !own && visit.may(approve);
    let withdraws = own && visit.may(WithdrawMasking { user: about, request: at });
    let ready = user.is_none_or(|user| user.deleted || (!user.active && request.mode == "HISTORY"));
    let deed = |name: &str, class: &str, text: &str| html! { button.(class) type="submit" name="deed" value=(name) { (text) } };
    Ok(html! {
        section.card {
            h2 { (words::DECISION.to(tongue)) }
            @if own { p.soft { (words::SECOND_PERSON.to(tongue)) } }
            @if request.held { p.told { (icon("warning")) span { (words::HELD_LEAD.to(tongue)) } } }
            @if decides && !ready { p.told { (icon("warning")) span {
                (if request.mode == "HISTORY" { words::NOT_READY_HISTORY } else { words::NOT_READY_ERASURE }.to(tongue))
            } } }
            @if decides { p { strong { (words::FOR_GOOD.to(tongue)) } } }
            form.fields.after method="post" action=(format!("/privacy/requests/{}", request.id)) {
                (token(visit))
                (Field::text("reason", words::REASON.to(tongue), "").show(visit, flaws))
                div.buttons {
                    @if decides {
                        (deed("approve", "danger", words::APPROVE.to(tongue)))
                        (deed("decline", "plain-button", words::DECLINE.to(tongue)))
                    }
                    @if withdraws { (deed("withdraw", "plain-button", words::WITHDRAW.to(tongue))) }
                    @if !request.extended { (deed("extend", "plain-button", words::EXTEND.to(tongue))) }
                }
            }
        }
    })
}

fn key_of(id: &str) -> Result<UserId, Refused> {
    id.strip_prefix("user_").and_then(|number| number.parse().ok()).map(UserId).ok_or(Refused::NotFound)
}

async fn decide(visit: Visit, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let (change, done): (&Document, &str) = match fields.text("deed") {
        "approve" => (&changes::APPROVE_MASKING, "approved"),
        "decline" => (&changes::DECLINE_MASKING, "declined"),
        "withdraw" => (&changes::WITHDRAW_MASKING, "withdrawn"),
        "extend" => (&changes::EXTEND_MASKING, "extended"),
        _ => return Err(Refused::Malformed),
    };
    let input = json!({ "requestId": id, "reason": fields.given("reason") });
    match visit.change(change, input).await? {
        Ok(_) => Ok(Redirect::to(&format!("/privacy/requests/{id}?done={done}")).into_response()),
        Err(flaws) => page(&visit, &id, &Fields::default(), &flaws).await,
    }
}
