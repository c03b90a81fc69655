//! One access request: the person's file to hand over, and how it was answered. Whoever fetches a file is recorded,
//! with a ticket.

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use rollbook_schema::command::FulfilAccessRequest;
use rollbook_schema::event::FileForm;
use rollbook_schema::value::Reason;
use rollbook_schema::{Context, Position, RejectionCode, UserId};
use serde::Deserialize;
use serde_json::json;

use super::answers::{self, Row, state};
use super::{due, fact, moment, name_of, person, shown_alone, told};
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Document, Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::parts::{Field, refusals, token};
use crate::console::refused::Refused;
use crate::console::visit::Visit;
use crate::console::words::privacy as words;
use crate::directory::{Asking, PersonFileFault};
use crate::person_file;
use crate::writer::CommandError;

document!(
    /// The event that a request began with.
    ORIGIN,
    include_str!("answer.graphql")
);

#[derive(Deserialize)]
struct Found {
    node: Option<Origin>,
}

#[derive(Deserialize)]
struct Origin {
    context: Option<super::Context>,
    subject: Option<Subject>,
}

#[derive(Deserialize)]
struct Subject {
    id: Option<String>,
}

pub(super) fn routes() -> Router<Console> {
    Router::new()
        .route("/privacy/answers/{id}", get(show).post(answer))
        .route("/privacy/answers/{id}/file", post(file))
}

async fn show(visit: Visit, Path(id): Path<String>, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, &id, &Fields::of_query(query.as_deref()), &[]).await
}

async fn read(visit: &Visit, id: &str) -> Result<(Row, Option<String>), Refused> {
    super::demand(visit, Capability::AnswerAccessRequests)?;
    let origin = visit.read::<Found>(&ORIGIN, json!({ "id": id })).await?.node.ok_or(Refused::NotFound)?;
    let user = origin.subject.and_then(|subject| subject.id).ok_or(Refused::NotFound)?;
    let rows = answers::of_person(visit, &user).await?;
    let row = rows.into_iter().find(|row| row.id == id).ok_or(Refused::NotFound)?;
    Ok((row, origin.context.and_then(|context| context.reason)))
}

async fn page(visit: &Visit, id: &str, query: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    let (row, ticket) = read(visit, id).await?;
    let tongue = visit.tongue();
    let title = words::ANSWER_FOR.with(tongue, &[("name", &name_of(visit, &row.user_id))]);
    let body = html! {
        (refusals(visit, flaws, &["reason", "ticket"]))
        section.card {
            p.badges.first { (state(tongue, &row.state)) }
            dl.rows {
                (fact(words::PERSON, visit, &person(visit, &row.user_id)))
                (fact(words::TICKET, visit, &html! { bdi { (ticket.as_deref().unwrap_or("–")) } }))
                (fact(words::OPENED, visit, &html! { (moment(visit, &row.opened_at)) " · " bdi { (name_of(visit, &row.opened_by_id)) } }))
                (fact(words::DUE, visit, &due(visit, &row.due_at, row.overdue, row.extended)))
                @if let (Some(at), Some(by)) = (&row.answered_at, &row.answered_by_id) {
                    (fact(words::ANSWERED, visit, &html! { (moment(visit, at)) " · " bdi { (name_of(visit, by)) } }))
                }
            }
        }
        (the_file(visit, &row, ticket.as_deref(), flaws))
        @if row.state == "WAITING" { (decision(visit, &row, flaws)?) }
    };
    let up = ("/privacy/answers", words::ANSWERS);
    shown_alone(visit, up, &title, told(query.text("done")), &body).await
}

fn the_file(visit: &Visit, row: &Row, ticket: Option<&str>, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let ticket_field = Field {
        required: true,
        hint: Some(words::FILE_TICKET_HINT.to(tongue)),
        ..Field::text("ticket", words::TICKET.to(tongue), ticket.unwrap_or_default())
    };
    html! {
        section.card {
            h2 { (words::FILE.to(tongue)) }
            p.soft { (words::FILE_LEAD.to(tongue)) }
            form.fields.slim method="post" action=(format!("/privacy/answers/{}/file", row.id)) {
                (token(visit))
                (ticket_field.show(visit, flaws))
                div.buttons {
                    button type="submit" name="form" value="html" { (words::FILE_HTML.to(tongue)) }
                    button type="submit" name="form" value="json" { (words::FILE_JSON.to(tongue)) }
                }
            }
        }
    }
}

fn decision(visit: &Visit, row: &Row, flaws: &[Flaw]) -> Result<Markup, Refused> {
    let tongue = visit.tongue();
    let at = Position(row.id.trim_start_matches("event_").parse().unwrap_or_default());
    let may = visit.may(FulfilAccessRequest { user: key_of(&row.user_id)?, request: at });
    Ok(html! {
        @if may { section.card {
            h2 { (words::ANSWER.to(tongue)) }
            p.soft { (words::ANSWER_LEAD.to(tongue)) }
            form.fields method="post" action=(format!("/privacy/answers/{}", row.id)) {
                (token(visit))
                (Field::text("reason", words::REASON.to(tongue), "").show(visit, flaws))
                div.buttons {
                    button.primary type="submit" name="deed" value="fulfil" { (words::FULFIL.to(tongue)) }
                    button type="submit" name="deed" value="refuse" { (words::REFUSE.to(tongue)) }
                    @if !row.extended { button type="submit" name="deed" value="extend" { (words::EXTEND.to(tongue)) } }
                }
            }
        } }
    })
}

fn key_of(id: &str) -> Result<UserId, Refused> {
    id.strip_prefix("user_").and_then(|number| number.parse().ok()).map(UserId).ok_or(Refused::NotFound)
}

async fn answer(visit: Visit, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let (change, done): (&Document, &str) = match fields.text("deed") {
        "fulfil" => (&changes::FULFIL_ACCESS_REQUEST, "fulfilled"),
        "refuse" => (&changes::REFUSE_ACCESS_REQUEST, "refused"),
        "extend" => (&changes::EXTEND_ACCESS_REQUEST, "extended"),
        _ => return Err(Refused::Malformed),
    };
    let input = json!({ "requestId": id, "reason": fields.given("reason") });
    match visit.change(change, input).await? {
        Ok(_) => Ok(Redirect::to(&format!("/privacy/answers/{id}?done={done}")).into_response()),
        Err(flaws) => page(&visit, &id, &Fields::default(), &flaws).await,
    }
}

/// The file, to keep and hand over. A form and not a link: fetching it is an act, and leaves a record.
async fn file(visit: Visit, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let (row, _) = read(&visit, &id).await?;
    let user = key_of(&row.user_id)?;
    let Some(ticket) = fields.given("ticket").and_then(|ticket| Reason::parse(ticket).ok()) else {
        let flaw = Flaw::told("ticket", words::TICKET_NEEDED.to(visit.tongue()));
        return page(&visit, &id, &Fields::default(), &[flaw]).await;
    };
    let context = Context {
        request_id: Some(visit.request_id().to_owned()).filter(|id| !id.is_empty()),
        client_address: visit.client_address(),
        user_agent: visit.user_agent(),
        reason: Some(ticket),
    };
    let asking = Asking { context, ..Asking::by(visit.caller()) };
    let (form, ending, kind) = match fields.text("form") {
        "json" => (FileForm::Json, "json", "application/json"),
        _ => (FileForm::Html, "html", "text/html; charset=utf-8"),
    };
    let file = visit.directory().person_file(asking, user, form).await.map_err(|fault| refused(&fault))?;
    let body = match form {
        FileForm::Json => file.to_string(),
        FileForm::Html => person_file::page(&file),
    };
    let name = format!("attachment; filename=\"user-{user}.{ending}\"");
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, body).into_response())
}

fn refused(fault: &PersonFileFault) -> Refused {
    match fault {
        PersonFileFault::Asked(CommandError::Refused(rejections)) => match rejections.code() {
            RejectionCode::NotFound => Refused::NotFound,
            code => Refused::of_code(Some(code.as_str())),
        },
        PersonFileFault::Asked(CommandError::Stopped(_)) => Refused::Unavailable,
        PersonFileFault::Read(fault) => {
            tracing::error!(%fault, "a person's file could not be read");
            Refused::Unavailable
        }
    }
}
