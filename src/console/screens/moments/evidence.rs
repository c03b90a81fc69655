//! Checkpoints to take along, the keys that verify them, and the proof that one continues another.

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use super::shown;
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::document;
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::parts::{badge, token};
use crate::console::refused::Refused;
use crate::console::visit::Visit;
use crate::console::words::moments as words;

document!(
    /// Checkpoints and keys.
    EVIDENCE,
    include_str!("evidence.graphql")
);
document!(
    /// The note of a checkpoint.
    CHECKPOINT,
    include_str!("checkpoint.graphql")
);
document!(
    /// That one checkpoint continues another.
    CONSISTENCY,
    include_str!("consistency.graphql")
);

/// Checkpoints of a page: as many as the document asks for.
const CHECKPOINTS: usize = 50;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    head: u64,
    checkpoint: Option<Checkpoint>,
    checkpoints: Vec<Checkpoint>,
    signing_keys: Vec<Key>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Checkpoint {
    size: u64,
    root_hash: String,
    signed_at: String,
    signed_by: Vec<String>,
    #[serde(default)]
    origin: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Key {
    verifier_key: String,
    in_force: bool,
    since: Option<u64>,
}

#[derive(Deserialize)]
struct Noted {
    checkpoint: Option<Note>,
}

#[derive(Deserialize)]
struct Note {
    note: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Proved {
    consistency_proof: Option<Value>,
}

pub(super) fn routes() -> Router<Console> {
    Router::new()
        .route("/moments/evidence", get(show))
        .route("/moments/evidence/sign", post(sign))
        .route("/moments/evidence/consistency", get(consistency))
        .route("/moments/evidence/{size}/note", get(note))
}

fn demand(visit: &Visit) -> Result<(), Refused> {
    visit.person().ok_or(Refused::SignIn)?;
    if visit.holds(Capability::SeeEvidence) { Ok(()) } else { Err(Refused::Forbidden) }
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    demand(&visit)?;
    let query = Fields::of_query(query.as_deref());
    let after = query.text("after").parse::<u64>().ok();
    let found: Found = visit.read(&EVIDENCE, json!({ "after": after })).await?;
    let tongue = visit.tongue();
    let further = found.checkpoints.last().filter(|_| found.checkpoints.len() == CHECKPOINTS);
    let told = query.has("signed").then_some(words::SIGNED);
    let body = html! {
        section.card.reading {
            h2 { (words::LAST_CHECKPOINT.to(tongue)) }
            p.soft { (words::CHECKPOINT_LEAD.to(tongue)) }
            (last(&visit, &found))
        }
        @if !found.checkpoints.is_empty() { (table(&visit, &found.checkpoints)) }
        @if let Some(last) = further {
            nav.pages { a.button.small href=(format!("/moments/evidence?after={}", last.size)) { (words::NEXT.to(tongue)) } }
        }
        section.card.reading {
            h2 { (words::KEYS.to(tongue)) }
            p.soft { (words::KEYS_LEAD.to(tongue)) }
            ul.keys { @for key in &found.signing_keys { li {
                code { (key.verifier_key) }
                @if key.in_force { " " (badge("good", words::IN_FORCE.to(tongue))) }
                @if let Some(since) = key.since { " " a.small href=(format!("/events/{since}")) { (words::SINCE_RECORD.with(tongue, &[("position", &visit.number(since))])) } }
            } } }
        }
    };
    shown(&visit, "/evidence", told, &body).await
}

fn last(visit: &Visit, found: &Found) -> Markup {
    let tongue = visit.tongue();
    html! {
        @match &found.checkpoint {
            Some(last) => {
                dl.rows {
                    div { dt { (words::COVERS.to(tongue)) } dd { (words::RECORDS_OF.with(tongue, &[("size", &visit.number(last.size)), ("head", &visit.number(found.head))])) } }
                    div { dt { (words::SIGNED_AT.to(tongue)) } dd { (visit.moment(&last.signed_at)) } }
                    div { dt { (words::ORIGIN.to(tongue)) } dd.code { (last.origin) } }
                    div { dt { (words::ROOT.to(tongue)) } dd.code { (last.root_hash) } }
                }
                div.buttons.after {
                    a.button.primary href=(format!("/moments/evidence/{}/note", last.size)) { (words::DOWNLOAD.to(tongue)) }
                    (sign_button(visit))
                }
            },
            None => { p { (words::NO_CHECKPOINT.to(tongue)) } div.buttons.after { (sign_button(visit)) } },
        }
    }
}

fn sign_button(visit: &Visit) -> Markup {
    html! {
        @if visit.holds(Capability::SignCheckpoints) {
            form method="post" action="/moments/evidence/sign" {
                (token(visit))
                button type="submit" { (words::SIGN_NOW.to(visit.tongue())) }
            }
        }
    }
}

fn table(visit: &Visit, all: &[Checkpoint]) -> Markup {
    let tongue = visit.tongue();
    let heads = [words::COVERS, words::SIGNED_AT, words::SIGNED_BY, words::ROOT, words::FILES];
    let earlier = std::iter::once(None).chain(all.iter().map(|one| Some(one.size)));
    html! {
        div.list { div.table-frame { table {
            thead { tr { @for head in heads { th scope="col" { (head.to(tongue)) } } } }
            tbody { @for (one, earlier) in all.iter().zip(earlier) { tr {
                td data-column="name" data-label=(words::COVERS.to(tongue)) { "1–" (visit.number(one.size)) }
                td data-label=(words::SIGNED_AT.to(tongue)) { time datetime=(one.signed_at) { (visit.moment(&one.signed_at)) } }
                td data-label=(words::SIGNED_BY.to(tongue)) { (one.signed_by.join(", ")) }
                td data-label=(words::ROOT.to(tongue)) { span.code.root title=(one.root_hash) { (one.root_hash.get(..12).unwrap_or_default()) "…" } }
                td data-label=(words::FILES.to(tongue)) { span.files {
                    a href=(format!("/moments/evidence/{}/note", one.size)) { (words::NOTE.to(tongue)) }
                    @if let Some(earlier) = earlier {
                        a href=(format!("/moments/evidence/consistency?from={earlier}&to={}", one.size)) { (words::CONTINUES.with(tongue, &[("size", &visit.number(earlier))])) }
                    }
                } }
            } } }
        } } }
    }
}

async fn sign(visit: Visit, _fields: Fields) -> Result<Response, Refused> {
    match visit.change(&changes::SIGN_CHECKPOINT, json!({})).await? {
        Ok(_) => Ok(Redirect::to("/moments/evidence?signed").into_response()),
        Err(flaws) => {
            Err(Refused::of_code(flaws.first().and_then(|flaw| flaw.code()).map(|code| code.as_str())))
        }
    }
}

/// A signed note (C2SP tlog-checkpoint).
async fn note(visit: Visit, Path(size): Path<u64>) -> Result<Response, Refused> {
    demand(&visit)?;
    let found: Noted = visit.read(&CHECKPOINT, json!({ "size": size })).await?;
    let note = found.checkpoint.ok_or(Refused::NotFound)?.note;
    Ok(file(&format!("checkpoint-{size}.txt"), "text/plain; charset=utf-8", note))
}

async fn consistency(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    demand(&visit)?;
    let query = Fields::of_query(query.as_deref());
    let from: u64 = query.text("from").parse().map_err(|_| Refused::Malformed)?;
    let to = query.text("to").parse::<u64>().ok();
    let found: Proved = visit.read(&CONSISTENCY, json!({ "from": from, "to": to })).await?;
    let proof = found.consistency_proof.ok_or(Refused::NotFound)?;
    let text = serde_json::to_string_pretty(&proof).map_err(|_| Refused::Unavailable)?;
    Ok(file(&format!("consistency-{from}-{}.json", to.unwrap_or_default()), "application/json", text))
}

fn file(name: &str, kind: &'static str, body: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], body)
        .into_response()
}
