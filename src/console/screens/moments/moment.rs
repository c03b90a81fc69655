//! One moment: what had happened last, the seats, and the list of users, as they were.

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use rollbook_schema::Position;
use serde::Deserialize;

use super::super::account::window;
use super::{Asked, Name, as_of, demand, joined, moment_field, shown, turns};
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::document;
use crate::console::form::Fields;
use crate::console::parts::badge;
use crate::console::refused::Refused;
use crate::console::timeline::{self, Entry, Turns};
use crate::console::visit::Visit;
use crate::console::words::{history, list, moments as words, person};

document!(
    /// Everything that a moment shows.
    MOMENT,
    include_str!("moment.graphql")
);

#[derive(Deserialize)]
struct Found {
    node: Option<Entry>,
    users: Users,
    #[serde(default)]
    licenses: Vec<Pool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Users {
    total_count: u64,
    page_info: Turns,
    nodes: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: String,
    label: String,
    kind: String,
    active: bool,
    locked: bool,
    access_profile: String,
    license: Option<String>,
    roles: Vec<Name>,
}

#[derive(Deserialize)]
struct Pool {
    #[serde(rename = "type")]
    of: String,
    owned: u64,
    used: u64,
    over: bool,
}

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/moments", get(show))
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    demand(&visit)?;
    let query = Fields::of_query(query.as_deref());
    let asked = Asked::of(&visit, query.text("at"), visit.directory().reached());
    let found = match asked.position {
        Some(position) => Some((position, read(&visit, &query, position).await?)),
        None => None,
    };
    let tongue = visit.tongue();
    let body = html! {
        form.card.reading method="get" action="/moments" {
            div.inline.wide {
                (moment_field(&visit, "at", words::AT, &asked))
                button.primary type="submit" { (history::SHOW.to(tongue)) }
                @if let Some(position) = asked.position { (steps(&visit, position)) }
            }
        }
        @if let Some((position, found)) = &found {
            (happened(&visit, *position, found.node.as_ref()))
            (seats(&visit, &found.licenses))
            (users(&visit, *position, &found.users))
        }
    };
    shown(&visit, "", None, &body).await
}

async fn read(visit: &Visit, query: &Fields, position: Position) -> Result<Found, Refused> {
    let mut variables = window(query);
    variables["lastOf"] = variables["last"].take();
    variables["beforeOf"] = variables["before"].take();
    if let Some(variables) = variables.as_object_mut() {
        variables.retain(|name, _| !matches!(name.as_str(), "last" | "before"));
    }
    variables["asOf"] = as_of(position);
    variables["event"] = format!("event_{position}").into();
    variables["seats"] = visit.holds(Capability::SeeLicenses).into();
    visit.read(&MOMENT, variables).await
}

/// One event back, one forward.
fn steps(visit: &Visit, position: Position) -> Markup {
    let tongue = visit.tongue();
    let to = |position: u64| format!("/moments?at={position}");
    html! {
        @if position.0 > 0 { a.button href=(to(position.0 - 1)) { span aria-hidden="true" { "‹ " } (words::ONE_BACK.to(tongue)) } }
        @if position < visit.directory().reached() { a.button href=(to(position.0 + 1)) { (words::ONE_ON.to(tongue)) " →" } }
    }
}

fn happened(visit: &Visit, position: Position, event: Option<&Entry>) -> Markup {
    let tongue = visit.tongue();
    html! {
        section.card.reading {
            h2 { (words::JUST_HAPPENED.to(tongue)) }
            @match event {
                Some(event) => div.event {
                    p.sentence { bdi { (timeline::sentence(tongue, event)) } }
                    (timeline::changes(visit, &event.changes))
                    p.about {
                        time datetime=(event.at) { (visit.moment(&event.at)) }
                        a href=(format!("/events/{position}")) { (history::RAW.with(tongue, &[("position", &visit.number(position.0))])) }
                    }
                },
                None => p.soft { (words::BEFORE_ALL.to(tongue)) },
            }
        }
    }
}

fn seats(visit: &Visit, pools: &[Pool]) -> Markup {
    let tongue = visit.tongue();
    html! {
        @if !pools.is_empty() { ul.figures { @for pool in pools { li data-over[pool.over] {
            span.small.soft { (timeline::value(tongue, &pool.of)) }
            strong { (visit.number(pool.used)) " / " (visit.number(pool.owned)) }
            span.small.soft { (words::SEATS_USED.to(tongue)) }
        } } } }
    }
}

fn users(visit: &Visit, position: Position, users: &Users) -> Markup {
    let tongue = visit.tongue();
    let heads = [list::COLUMN_NAME, words::KIND, words::STATE, words::PROFILE, words::LICENSE, words::ROLES];
    html! {
        section {
            h2.over-list { (words::USERS_THEN.with(tongue, &[("count", &visit.number(users.total_count))])) }
            div.list { div.table-frame { table {
                thead { tr { @for head in heads { th scope="col" { (head.to(tongue)) } } } }
                tbody { @for row in &users.nodes { tr data-inactive[!row.active] {
                    td data-column="name" data-label=(list::COLUMN_NAME.to(tongue)) {
                        a.who href=(format!("/moments/people/{}?at={position}", row.id)) { bdi { (row.label) } }
                        " " span.code { (row.id) }
                    }
                    td data-label=(words::KIND.to(tongue)) { (timeline::value(tongue, &row.kind)) }
                    td data-label=(words::STATE.to(tongue)) { span {
                        @if row.active { (person::ACTIVE.to(tongue)) } @else { (badge("quiet", person::INACTIVE.to(tongue))) }
                        @if row.locked { " " (badge("bad", person::LOCKED.to(tongue))) }
                    } }
                    td data-label=(words::PROFILE.to(tongue)) { (timeline::value(tongue, &row.access_profile)) }
                    td data-label=(words::LICENSE.to(tongue)) { @if let Some(license) = &row.license { (timeline::value(tongue, license)) } }
                    td data-label=(words::ROLES.to(tongue)) { @if !row.roles.is_empty() { bdi { (joined(&row.roles)) } } }
                } } }
            } } }
            (turns(visit, &users.page_info, &format!("/moments?at={position}")))
        }
    }
}
