//! One record of the log: what it says, and the proof that it is in the log that was signed.

use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::document;
use crate::console::page::Page;
use crate::console::refused::Refused;
use crate::console::timeline::{self, Entry};
use crate::console::visit::Visit;
use crate::console::words::history as words;

document!(
    /// A record and its proof.
    EVENT,
    include_str!("event.graphql")
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    node: Option<Record>,
    inclusion_proof: Option<Proof>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    #[serde(flatten)]
    entry: Entry,
    event_id: String,
    type_name: String,
    command_id: String,
    correlation_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Proof {
    leaf_hash: String,
    text: String,
    checkpoint: Checkpoint,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Checkpoint {
    size: u64,
    signed_at: String,
}

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/events/{position}", get(show)).route("/events/{position}/proof", get(proof))
}

async fn read(visit: &Visit, position: u64) -> Result<(Record, Option<Proof>), Refused> {
    let proof = visit.holds(Capability::SeeEvidence);
    let variables = json!({ "id": format!("event_{position}"), "position": position, "proof": proof });
    let found: Found = visit.read(&EVENT, variables).await?;
    Ok((found.node.ok_or(Refused::NotFound)?, found.inclusion_proof))
}

async fn show(visit: Visit, Path(position): Path<u64>) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let (record, proof) = read(&visit, position).await?;
    let entry = &record.entry;
    let title = words::EVENT.with(tongue, &[("position", &visit.number(entry.position))]);
    let row = |label: &str, value: &str| html! { div { dt { (label) } dd.code { bdi { (value) } } } };
    let body = html! {
        div.head { h1 { (title) } }
        div.stack.reading {
            section.card {
                p.sentence { bdi { (timeline::sentence(tongue, entry)) } }
                (timeline::changes(&visit, &entry.changes))
                dl.rows.after {
                    (row(words::RECORDED.to(tongue), &format!("{} · {}", visit.moment(&entry.at), entry.at)))
                    (row(words::EVENT_TYPE.to(tongue), &record.type_name))
                    (row(words::EVENT_ID.to(tongue), &record.event_id))
                    (row(words::ACTOR.to(tongue), entry.actor.id.as_deref().unwrap_or_default()))
                    (row(words::COMMAND_ID.to(tongue), &record.command_id))
                    (row(words::CORRELATION.to(tongue), &record.correlation_id))
                }
            }
            @if visit.holds(Capability::SeeEvidence) { (proven(&visit, position, proof.as_ref())) }
        }
    };
    Page::titled(title).show(&visit, &body).await
}

fn proven(visit: &Visit, position: u64, proof: Option<&Proof>) -> Markup {
    let tongue = visit.tongue();
    html! {
        section.card {
            h2 { (words::PROOF.to(tongue)) }
            @match proof {
                None => p.soft { (words::NO_PROOF.to(tongue)) },
                Some(proof) => {
                    p.soft { (words::PROOF_LEAD.to(tongue)) }
                    dl.rows {
                        div { dt { (words::SIGNED.to(tongue)) } dd { (visit.moment(&proof.checkpoint.signed_at)) } }
                        div { dt { (words::LEAF.with(tongue, &[("count", &visit.number(proof.checkpoint.size))])) } dd.code { (proof.leaf_hash) } }
                    }
                    p.after { a.button href=(format!("/events/{position}/proof")) { (words::PROOF_FILE.to(tongue)) } }
                },
            }
        }
    }
}

/// The proof in the form that other programs check (C2SP tlog-proof).
async fn proof(visit: Visit, Path(position): Path<u64>) -> Result<Response, Refused> {
    let (_, proof) = read(&visit, position).await?;
    let proof = proof.ok_or(Refused::NotFound)?;
    let name = format!("attachment; filename=\"event-{position}.tlog-proof\"");
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, proof.text).into_response())
}
