//! Two moments side by side: who came, who went, and what was different of those who stayed.

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use rollbook_schema::Position;
use serde::Deserialize;
use serde_json::json;

use super::{Asked, Name, as_of, demand, moment_field, shown, turns};
use crate::console::Console;
use crate::console::ask::document;
use crate::console::form::Fields;
use crate::console::parts::badge;
use crate::console::refused::Refused;
use crate::console::timeline::{self, Change, Turns};
use crate::console::visit::Visit;
use crate::console::words::{Text, list, moments as words, profile};

document!(
    /// What is different.
    CHANGES,
    include_str!("changes.graphql")
);

#[derive(Deserialize)]
struct Found {
    changes: Differences,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Differences {
    total_count: u64,
    created: u64,
    deleted: u64,
    changed: u64,
    page_info: Turns,
    nodes: Vec<Difference>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Difference {
    fate: String,
    user: Option<User>,
    fields: Vec<Change>,
    roles_gained: Vec<Name>,
    roles_lost: Vec<Name>,
    teams_gained: Vec<Name>,
    teams_lost: Vec<Name>,
}

#[derive(Deserialize)]
struct User {
    id: String,
    label: String,
}

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/moments/changes", get(show))
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    demand(&visit)?;
    let query = Fields::of_query(query.as_deref());
    let head = visit.directory().reached();
    let from = Asked::of(&visit, query.text("from"), Position(head.0 / 2));
    let to = Asked::of(&visit, query.text("to"), head);
    let tongue = visit.tongue();
    let ordered = from.position.zip(to.position).filter(|(from, to)| from <= to);
    let found = match ordered {
        Some((from, to)) => {
            let variables = json!({ "from": as_of(from), "to": as_of(to), "after": query.given("after") });
            Some((from, to, visit.read::<Found>(&CHANGES, variables).await?.changes))
        }
        None => None,
    };
    let body = html! {
        form.card method="get" action="/moments/changes" {
            div.fields.two {
                (moment_field(&visit, "from", words::FROM, &from))
                (moment_field(&visit, "to", words::TO, &to))
            }
            div.buttons.after { button.primary type="submit" { (words::COMPARE.to(tongue)) } }
        }
        @match &found {
            Some((from, to, found)) => (differences(&visit, *from, *to, found)),
            None if from.position.is_some() && to.position.is_some() => p.told { (words::WRONG_ORDER.to(tongue)) },
            None => {},
        }
    };
    shown(&visit, "/changes", None, &body).await
}

fn differences(visit: &Visit, from: Position, to: Position, found: &Differences) -> Markup {
    let tongue = visit.tongue();
    let figures =
        [(words::CAME, found.created), (words::WENT, found.deleted), (words::CHANGED, found.changed)];
    html! {
        ul.figures { @for (text, count) in figures { li {
            strong { (visit.number(count)) } span.small.soft { (text.to(tongue)) }
        } } }
        @if found.total_count == 0 { div.empty { p { strong { (words::NO_DIFFERENCE.to(tongue)) } } } }
        @else {
            div.list { div.table-frame { table.texts {
                thead { tr {
                    th scope="col" { (list::COLUMN_NAME.to(tongue)) }
                    th scope="col" { (words::FATE.to(tongue)) }
                    th scope="col" { (words::DIFFERENT.to(tongue)) }
                } }
                tbody { @for one in &found.nodes { (line(visit, from, to, one)) } }
            } } }
            (turns(visit, &found.page_info, &format!("/moments/changes?from={from}&to={to}")))
        }
    }
}

fn line(visit: &Visit, from: Position, to: Position, one: &Difference) -> Markup {
    let tongue = visit.tongue();
    let (kind, fate) = match one.fate.as_str() {
        "CREATED" => ("good", words::CAME),
        "DELETED" => ("bad", words::WENT),
        _ => ("quiet", words::CHANGED),
    };
    html! {
        tr {
            td data-column="name" data-label=(list::COLUMN_NAME.to(tongue)) { @if let Some(user) = &one.user {
                a.who href=(format!("/moments/people/{}?at={to}", user.id)) { bdi { (user.label) } } " " span.code { (user.id) }
            } }
            td data-label=(words::FATE.to(tongue)) { span {
                (badge(kind, fate.to(tongue)))
                @if let Some(user) = one.user.as_ref().filter(|_| one.fate != "CREATED") {
                    " " a.small href=(format!("/moments/people/{}?at={from}", user.id)) { (words::BEFORE.to(tongue)) }
                }
            } }
            td data-label=(words::DIFFERENT.to(tongue)) {
                div {
                    (timeline::changes(visit, &one.fields))
                    (gained(visit, profile::ROLES, &one.roles_lost, &one.roles_gained))
                    (gained(visit, profile::TEAM, &one.teams_lost, &one.teams_gained))
                }
            }
        }
    }
}

fn gained(visit: &Visit, label: Text, lost: &[Name], gained: &[Name]) -> Markup {
    let names = |all: &[Name]| super::joined(all);
    html! {
        @if !lost.is_empty() || !gained.is_empty() {
            dl.changes { div {
                dt { (label.to(visit.tongue())) }
                dd {
                    @if !lost.is_empty() { del { bdi { (names(lost)) } } }
                    @if !lost.is_empty() && !gained.is_empty() { " → " }
                    @if !gained.is_empty() { ins { bdi { (names(gained)) } } }
                }
            } }
        }
    }
}
