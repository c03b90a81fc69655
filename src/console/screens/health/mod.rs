//! How the directory does: how far the views are behind the log, and whether they are what the log says.

use axum::Router;
use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::{badge, done, icon, refusals, token};
use crate::console::refused::Refused;
use crate::console::screens::outbox::{self, Queue};
use crate::console::visit::Visit;
use crate::console::words::{frame, moments as words, outbox as outbox_words};

document!(
    /// Everything that the page shows.
    HEALTH,
    include_str!("health.graphql")
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    head: u64,
    mail_queue: Queue,
    backups: Backups,
    views: Views,
    integrity: Integrity,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Backups {
    records_at: Option<String>,
    keys_at: Option<String>,
}

#[derive(Deserialize)]
struct Views {
    position: u64,
    #[serde(default)]
    digests: Vec<Digest>,
}

#[derive(Deserialize)]
struct Digest {
    view: String,
    digest: String,
    position: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Integrity {
    under_way: bool,
    mismatch: Vec<String>,
    proofs: Vec<Proof>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Proof {
    position: u64,
    digest: Option<String>,
    outcome: String,
    different: Vec<String>,
    started_at: String,
    duration_millis: u64,
}

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/health", get(show)).route("/health/prove", post(prove))
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(visit: &Visit, query: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    visit.person().ok_or(Refused::SignIn)?;
    if !visit.holds(Capability::SeeViews) {
        return Err(Refused::Forbidden);
    }
    // Digests read every view whole: only on request.
    let found: Found = visit.read(&HEALTH, json!({ "digests": query.has("digests") })).await?;
    let tongue = visit.tongue();
    let told = query.has("proved").then_some(words::PROVED);
    let body = html! {
        div.head { h1 { (frame::HEALTH.to(tongue)) } }
        (done(visit, told))
        (refusals(visit, flaws, &[]))
        div.stack {
            (figures(visit, &found))
            (mail(visit, &found.mail_queue))
            (backups(visit, &found.backups))
            (proofs(visit, &found.integrity))
            (digests(visit, &found.views))
        }
    };
    Page::titled(frame::HEALTH.to(tongue)).at(Place::Health).show(visit, &body).await
}

fn figures(visit: &Visit, found: &Found) -> Markup {
    let tongue = visit.tongue();
    let behind = found.head.saturating_sub(found.views.position);
    let last = found.integrity.proofs.first();
    html! {
        @if !found.integrity.mismatch.is_empty() {
            div.refused role="alert" {
                (icon("warning"))
                p { (words::MISMATCH.with(tongue, &[("views", &found.integrity.mismatch.join(", "))])) }
            }
        }
        ul.figures data-live="figures" data-head=(found.head) {
            li { strong { (visit.number(found.head)) } span.small.soft { (words::RECORDS.to(tongue)) } }
            li { strong { (visit.number(found.views.position)) } span.small.soft { (words::VIEWS_AT.to(tongue)) } }
            li data-over[behind > 0] { strong { (visit.number(behind)) } span.small.soft { (words::BEHIND.to(tongue)) } }
            li { @match last {
                Some(last) => { strong { (outcome(visit, last)) } span.small.soft { (words::LAST_PROOF.to(tongue)) " · " (visit.moment(&last.started_at)) } },
                None => { strong { "–" } span.small.soft { (words::LAST_PROOF.to(tongue)) } },
            } }
        }
    }
}

/// How the outbox does; whoever may see people is shown the way to it.
fn mail(visit: &Visit, queue: &Queue) -> Markup {
    let tongue = visit.tongue();
    html! {
        section {
            div.over-table {
                h2 { (outbox_words::TITLE.to(tongue)) }
                @if visit.holds(Capability::SeePeople) {
                    div.tools { a.button.small href="/outbox" { (outbox_words::SEE_OUTBOX.to(tongue)) } }
                }
            }
            (outbox::figures(visit, queue))
        }
    }
}

/// When records and keys were last given to their end.
fn backups(visit: &Visit, backups: &Backups) -> Markup {
    let tongue = visit.tongue();
    let both = [(&backups.records_at, words::BACKUP_OF_RECORDS), (&backups.keys_at, words::BACKUP_OF_KEYS)];
    html! {
        section {
            h2 { (words::BACKUPS.to(tongue)) }
            p.soft.lead { (words::BACKUPS_LEAD.to(tongue)) }
            ul.figures { @for (at, what) in both { li {
                strong { @match at {
                    Some(at) => { time datetime=(at) { (visit.moment(at)) } },
                    None => "–",
                } }
                span.small.soft {
                    (what.to(tongue))
                    @if at.is_none() { " · " (words::NO_BACKUP.to(tongue)) }
                }
            } } }
        }
    }
}

fn outcome(visit: &Visit, proof: &Proof) -> Markup {
    let (kind, text) = match proof.outcome.as_str() {
        "EQUAL" => ("good", words::EQUAL),
        "DIFFERENT" => ("bad", words::DIFFERENT_VIEWS),
        _ => ("bad", words::FAILED),
    };
    badge(kind, text.to(visit.tongue()))
}

fn proofs(visit: &Visit, integrity: &Integrity) -> Markup {
    let tongue = visit.tongue();
    let heads = [words::STARTED, words::OUTCOME, words::AT_RECORD, words::TOOK, words::DIGEST];
    html! {
        section {
            div.over-table {
                h2 { (words::PROOFS.to(tongue)) }
                @if integrity.under_way { (badge("warn", words::UNDER_WAY.to(tongue))) }
                form.tools method="post" action="/health/prove" {
                    (token(visit))
                    button.small type="submit" { (words::PROVE_NOW.to(tongue)) }
                }
            }
            p.soft.lead { (words::PROOFS_LEAD.to(tongue)) }
            @if !integrity.proofs.is_empty() { div.list { div.table-frame { table {
                thead { tr { @for head in heads { th scope="col" { (head.to(tongue)) } } } }
                tbody { @for proof in &integrity.proofs { tr {
                    td data-column="name" data-label=(words::STARTED.to(tongue)) { time datetime=(proof.started_at) { (visit.moment(&proof.started_at)) } }
                    td data-label=(words::OUTCOME.to(tongue)) { span { (outcome(visit, proof)) " " (proof.different.join(", ")) } }
                    td data-label=(words::AT_RECORD.to(tongue)) { (visit.number(proof.position)) }
                    td data-label=(words::TOOK.to(tongue)) { (visit.number(proof.duration_millis)) " ms" }
                    td data-label=(words::DIGEST.to(tongue)) { (short(proof.digest.as_deref().unwrap_or_default())) }
                } } }
            } } } }
        }
    }
}

/// The beginning of a digest; the whole stands behind it.
fn short(digest: &str) -> Markup {
    html! { span.code title=(digest) { (digest.get(..16).unwrap_or(digest)) @if digest.len() > 16 { "…" } } }
}

fn digests(visit: &Visit, views: &Views) -> Markup {
    let tongue = visit.tongue();
    let heads = [words::VIEW, words::AT_RECORD, words::DIGEST];
    html! {
        section {
            div.over-table {
                h2 { (words::VIEWS.to(tongue)) }
                @if views.digests.is_empty() { div.tools { a.button.small href="/health?digests" { (words::SHOW_DIGESTS.to(tongue)) } } }
            }
            @if views.digests.is_empty() { p.soft { (words::VIEWS_LEAD.to(tongue)) } }
            @else { div.list { div.table-frame { table {
                thead { tr { @for head in heads { th scope="col" { (head.to(tongue)) } } } }
                tbody { @for one in &views.digests { tr {
                    td data-column="name" data-label=(words::VIEW.to(tongue)) { (one.view) }
                    td data-label=(words::AT_RECORD.to(tongue)) { (visit.number(one.position)) }
                    td data-label=(words::DIGEST.to(tongue)) { (short(&one.digest)) }
                } } }
            } } } }
        }
    }
}

async fn prove(visit: Visit, _fields: Fields) -> Result<Response, Refused> {
    match visit.change(&changes::PROVE_INTEGRITY, json!({})).await? {
        Ok(_) => Ok(Redirect::to("/health?proved").into_response()),
        Err(flaws) => page(&visit, &Fields::default(), &flaws).await,
    }
}
