//! The register of personal data: which values exist where, under which key, and what ends them. It is made of the
//! program itself, and in the words of the program.

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::shown;
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::document;
use crate::console::refused::Refused;
use crate::console::visit::Visit;
use crate::console::words::{Text, privacy as words};

document!(
    /// The whole register.
    REGISTER,
    include_str!("register.graphql")
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    personal_data_register: Register,
}

#[derive(Deserialize)]
struct Register {
    sealed: Vec<Part>,
    files: Vec<Kept>,
    memory: Vec<Kept>,
    outside: Vec<Kept>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    event: String,
    under: String,
    key: String,
    fields: Vec<String>,
    ended_by: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    place: String,
    holds: String,
    ended_by: String,
}

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/privacy/register", get(show))
}

async fn show(visit: Visit) -> Result<Response, Refused> {
    super::demand(&visit, Capability::SeeRegister)?;
    let register = visit.read::<Found>(&REGISTER, json!({})).await?.personal_data_register;
    let tongue = visit.tongue();
    let body = html! {
        p.soft { (words::REGISTER_LEAD.to(tongue)) }
        (places(&visit, words::IN_FILES, &register.files))
        (places(&visit, words::IN_MEMORY, &register.memory))
        (places(&visit, words::OUTSIDE, &register.outside))
        (sealed(&visit, &register.sealed))
    };
    shown(&visit, "/register", None, &body).await
}

fn places(visit: &Visit, title: Text, all: &[Kept]) -> Markup {
    let tongue = visit.tongue();
    let heads = [words::WHERE, words::WHAT, words::ENDED_BY];
    html! {
        section {
            h2.over-list { (title.to(tongue)) }
            div.list { div.table-frame { table.texts {
                thead { tr { @for head in heads { th scope="col" { (head.to(tongue)) } } } }
                tbody lang="en" { @for kept in all { tr {
                    td data-column="name" { strong { (kept.place) } }
                    td data-label=(words::WHAT.to(tongue)) { (kept.holds) }
                    td data-label=(words::ENDED_BY.to(tongue)) { (kept.ended_by) }
                } } }
            } } }
        }
    }
}

fn sealed(visit: &Visit, all: &[Part]) -> Markup {
    let tongue = visit.tongue();
    let heads = [words::EVENT, words::WHAT, words::KEY, words::ENDED_BY];
    html! {
        section {
            h2.over-list { (words::IN_EVENTS.to(tongue)) }
            div.list { div.table-frame { table.texts {
                thead { tr { @for head in heads { th scope="col" { (head.to(tongue)) } } } }
                tbody lang="en" { @for part in all { tr {
                    td data-column="name" { span.code { (part.event) } }
                    td data-label=(words::WHAT.to(tongue)) { (part.fields.join(", ")) }
                    td data-label=(words::KEY.to(tongue)) { (part.under) " · " (part.key) }
                    td data-label=(words::ENDED_BY.to(tongue)) { (part.ended_by) }
                } } }
            } } }
        }
    }
}
