//! The access review: who held which right at a moment, who had given it, and by which event. To read, and to take
//! along.

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
use crate::console::parts::{Choice, badge};
use crate::console::refused::Refused;
use crate::console::timeline::{self, Turns};
use crate::console::visit::Visit;
use crate::console::words::{Text, Tongue, history, list, moments as words, person, profile};
use crate::directory::AsOf;
use crate::graphql;
use crate::review::{self, Form};

document!(
    /// A page of rights.
    REVIEW,
    include_str!("review.graphql")
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    access_review: Rights,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rights {
    total_count: u64,
    page_info: Turns,
    nodes: Vec<Held>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Held {
    right: String,
    user_active: bool,
    access_profile: Option<String>,
    license: Option<String>,
    proxy_scope: Option<String>,
    granted_by: String,
    granted_by_kind: String,
    granted_on_behalf_of: Option<String>,
    position: u64,
    granted_at: String,
    user: Option<User>,
    role: Option<Name>,
    team: Option<Name>,
}

#[derive(Deserialize)]
struct User {
    id: String,
    label: String,
}

const RIGHTS: [(&str, Text); 5] = [
    ("ACCESS_PROFILE", words::PROFILE),
    ("LICENSE", words::LICENSE),
    ("ROLE", words::ROLE),
    ("TEAM", profile::TEAM),
    ("PROXY", words::PROXY),
];

pub(super) fn routes() -> Router<Console> {
    Router::new()
        .route("/moments/review", get(show))
        .route("/moments/review.csv", get(|visit, query| download(visit, query, Form::Csv)))
        .route("/moments/review.json", get(|visit, query| download(visit, query, Form::Json)))
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    demand(&visit)?;
    let query = Fields::of_query(query.as_deref());
    let asked = Asked::of(&visit, query.text("at"), visit.directory().reached());
    let right = RIGHTS.iter().map(|(name, _)| *name).find(|name| *name == query.text("right"));
    let tongue = visit.tongue();
    let any = (String::new(), words::EVERY_RIGHT.to(tongue).to_owned());
    let rights = RIGHTS.iter().map(|(name, text)| ((*name).to_owned(), text.to(tongue).to_owned()));
    let options = std::iter::once(any).chain(rights).collect();
    let found = match asked.position {
        Some(position) => {
            let filter = json!({ "rights": right.map(|right| vec![right]) });
            let variables =
                json!({ "asOf": as_of(position), "filter": filter, "after": query.given("after") });
            Some((position, visit.read::<Found>(&REVIEW, variables).await?.access_review))
        }
        None => None,
    };
    let body = html! {
        form.card method="get" action="/moments/review" {
            div.inline.wide {
                (moment_field(&visit, "at", words::AT, &asked))
                (Choice { name: "right", label: words::RIGHT.to(tongue), value: right.unwrap_or_default(), required: false, options }.show(&visit, &[]))
                button.primary type="submit" { (history::SHOW.to(tongue)) }
            }
        }
        @if let Some((position, found)) = &found { (rows(&visit, *position, right.unwrap_or_default(), found)) }
    };
    shown(&visit, "/review", None, &body).await
}

fn rows(visit: &Visit, position: Position, right: &str, found: &Rights) -> Markup {
    let tongue = visit.tongue();
    let heads = [list::COLUMN_NAME, words::RIGHT, words::WHICH, words::GIVEN_BY, words::GIVEN_AT];
    html! {
        section {
            div.over-table {
                p.count { (words::RIGHTS_HELD.with(tongue, &[("count", &visit.number(found.total_count))])) }
                div.tools {
                    a.button.small href=(format!("/moments/review.csv?at={position}")) { "CSV" }
                    a.button.small href=(format!("/moments/review.json?at={position}")) { "JSON" }
                }
            }
            div.list { div.table-frame { table {
                thead { tr { @for head in heads { th scope="col" { (head.to(tongue)) } } } }
                tbody { @for held in &found.nodes { tr data-inactive[!held.user_active] {
                    td data-column="name" data-label=(list::COLUMN_NAME.to(tongue)) {
                        @match &held.user {
                            Some(user) => { a.who href=(format!("/moments/people/{}?at={position}", user.id)) { bdi { (user.label) } } " " span.code { (user.id) } },
                            // Of whom nothing is used, nothing is shown.
                            None => em.soft { (history::WITHHELD.to(tongue)) },
                        }
                        @if !held.user_active { " " (badge("quiet", person::INACTIVE.to(tongue))) }
                    }
                    td data-label=(words::RIGHT.to(tongue)) { (named(tongue, &held.right)) }
                    td data-label=(words::WHICH.to(tongue)) { bdi { (which(tongue, held)) } }
                    td data-label=(words::GIVEN_BY.to(tongue)) { span { (giver(visit, held)) } }
                    td data-label=(words::GIVEN_AT.to(tongue)) {
                        a href=(format!("/events/{}", held.position)) { time datetime=(held.granted_at) { (visit.moment(&held.granted_at)) } }
                    }
                } } }
            } } }
            (turns(visit, &found.page_info, &format!("/moments/review?at={position}&right={right}")))
        }
    }
}

fn named(tongue: Tongue, right: &str) -> &str {
    RIGHTS.iter().find(|(name, _)| *name == right).map_or(right, |(_, text)| text.to(tongue))
}

fn which(tongue: Tongue, held: &Held) -> String {
    let word = held.access_profile.as_deref().or(held.license.as_deref());
    let name = |one: &Option<Name>| one.as_ref().and_then(|one| one.name.clone());
    match (word, held.proxy_scope.as_deref()) {
        (Some(word), _) => timeline::value(tongue, word).to_owned(),
        (None, Some("ALL")) => words::ALL_OF_THEM.to(tongue).to_owned(),
        (None, Some(_)) => words::SELECTED.to(tongue).to_owned(),
        (None, None) => name(&held.role).or_else(|| name(&held.team)).unwrap_or_default(),
    }
}

fn giver(visit: &Visit, held: &Held) -> Markup {
    let tongue = visit.tongue();
    let name = match held.granted_by_kind.as_str() {
        "AUTOMATION" => history::AUTOMATION.to(tongue).to_owned(),
        "OPERATOR" => history::OPERATOR.to(tongue).to_owned(),
        "PROVIDER" => history::PROVIDER.to(tongue).to_owned(),
        _ => graphql::called(visit.directory(), &visit.caller(), &held.granted_by),
    };
    html! {
        bdi { (name) }
        @if let Some(user) = &held.granted_on_behalf_of {
            " " strong.as { (history::ON_BEHALF.with(tongue, &[("user", &graphql::called(visit.directory(), &visit.caller(), user))])) }
        }
    }
}

/// All of it, as the same review is given to programs.
async fn download(visit: Visit, RawQuery(query): RawQuery, form: Form) -> Result<Response, Refused> {
    demand(&visit)?;
    let query = Fields::of_query(query.as_deref());
    let asked = Asked::of(&visit, query.text("at"), visit.directory().reached());
    let position = asked.position.ok_or(Refused::Malformed)?;
    let written =
        review::download(visit.directory(), visit.caller(), Some(AsOf::Position(position)), form).await;
    written.map_err(|code| Refused::of_code(Some(code.as_str())))
}
