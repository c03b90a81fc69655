//! One person as they were at a moment, and what had been done to them until then.

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::{Asked, Name, as_of, demand, joined, moment_field};
use crate::console::Console;
use crate::console::ask::document;
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::badge;
use crate::console::refused::Refused;
use crate::console::small_form;
use crate::console::timeline::{self, Timeline};
use crate::console::visit::Visit;
use crate::console::words::{Text, frame, history, moments as words, person, profile};

document!(
    /// Somebody then.
    PERSON_THEN,
    include_str!("person.graphql")
);

#[derive(Deserialize)]
struct Found {
    user: Option<Then>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Then {
    label: String,
    kind: String,
    active: bool,
    locked: bool,
    deleted: bool,
    masked: bool,
    access_profile: String,
    license: Option<String>,
    must_change_password: bool,
    profile_rows: Vec<Row>,
    roles: Vec<Name>,
    teams: Vec<Name>,
    business_units: Vec<Name>,
    history: Option<Timeline>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    value: Option<String>,
}

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/moments/people/{id}", get(show))
}

async fn show(visit: Visit, Path(id): Path<String>, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    demand(&visit)?;
    let query = Fields::of_query(query.as_deref());
    let asked = Asked::of(&visit, query.text("at"), visit.directory().reached());
    let then = match asked.position {
        Some(position) => {
            let variables = json!({ "id": id, "asOf": as_of(position) });
            visit.read::<Found>(&PERSON_THEN, variables).await?.user
        }
        None => None,
    };
    let tongue = visit.tongue();
    let title = then.as_ref().map_or(id.clone(), |then| then.label.clone());
    let up = format!("/moments?at={}", crate::console::visit::encoded(&asked.text));
    let body = html! {
        (small_form::up(&visit, &up, frame::MOMENTS))
        div.head { div { h1 { bdi { (title) } } p.badges { span.code.soft { (id) } @if let Some(then) = &then { (badges(&visit, then)) } } } }
        div.stack.reading {
            form.card method="get" action=(format!("/moments/people/{id}")) {
                div.inline.wide {
                    (moment_field(&visit, "at", words::AT, &asked))
                    button.primary type="submit" { (history::SHOW.to(tongue)) }
                    a.button href=(format!("/people/{id}")) { (words::AS_TODAY.to(tongue)) }
                }
            }
            @match &then {
                Some(then) => (facts(&visit, then)),
                None => div.empty { p { strong { (words::NOT_THERE.to(tongue)) } } },
            }
        }
    };
    Page::titled(title).at(Place::Moments).show(&visit, &body).await
}

fn badges(visit: &Visit, then: &Then) -> Markup {
    let tongue = visit.tongue();
    html! {
        @if then.deleted { (badge("bad", person::DELETED.to(tongue))) }
        @else if then.active { (badge("good", person::ACTIVE.to(tongue))) }
        @else { (badge("quiet", person::INACTIVE.to(tongue))) }
        @if then.locked { (badge("bad", person::LOCKED.to(tongue))) }
        @if then.masked { (badge("quiet", person::MASKED.to(tongue))) }
        @if then.must_change_password { (badge("warn", person::MUST_CHANGE.to(tongue))) }
    }
}

fn facts(visit: &Visit, then: &Then) -> Markup {
    let tongue = visit.tongue();
    let row = |label: Text, value: &str| {
        html! { @if !value.is_empty() { div { dt { (label.to(tongue)) } dd { bdi { (value) } } } } }
    };
    html! {
        section.card {
            h2 { (words::AS_THEN.to(tongue)) }
            dl.rows {
                (row(words::KIND, timeline::value(tongue, &then.kind)))
                (row(words::PROFILE, timeline::value(tongue, &then.access_profile)))
                (row(words::LICENSE, then.license.as_deref().map_or("", |license| timeline::value(tongue, license))))
                (row(words::ROLES, &joined(&then.roles)))
                (row(profile::TEAM, &joined(&then.teams)))
                (row(profile::UNIT, &joined(&then.business_units)))
                @for known in &then.profile_rows {
                    @if let Some(label) = profile::field(&known.name) { (row(label, known.value.as_deref().unwrap_or_default())) }
                }
            }
        }
        @if let Some(until) = &then.history {
            section.card { h2 { (words::UNTIL_THEN.to(tongue)) } (timeline::show(visit, until)) }
        }
    }
}
