//! The roles, those for agents and those for clients.

use axum::extract::RawQuery;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::Role;
use crate::access::Capability;
use crate::console::ask::document;
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::{done, icon};
use crate::console::refused::Refused;
use crate::console::small_form::told;
use crate::console::visit::{Visit, encoded};
use crate::console::words::{Text, frame, list, roles as words};

document!(
    /// Every role.
    ROLES,
    "{ roles { id name kind surfaces sequence holders deleted portalPages dashboard { id name } } }"
);

/// Rows of a page.
const PAGE_ROWS: usize = 50;

#[derive(Deserialize)]
struct Found {
    roles: Vec<Role>,
}

pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    let query = Fields::of_query(query.as_deref());
    let found: Found = visit.read(&ROLES, json!({})).await?;
    let tongue = visit.tongue();
    let kind = if query.text("kind") == "CLIENT" { "CLIENT" } else { "AGENT" };
    let wanted = query.text("q").to_lowercase();
    let fits = |role: &&Role| role.kind == kind && role.label().to_lowercase().contains(&wanted);
    let fitting: Vec<&Role> = found.roles.iter().filter(fits).collect();
    let from = query.text("from").parse::<usize>().unwrap_or(0).min(fitting.len());
    let shown: Vec<&Role> = fitting.iter().skip(from).take(PAGE_ROWS).copied().collect();
    let title = frame::ROLES.to(tongue);
    let body = html! {
        div.head {
            div.heading { h1 { (title) } p.soft { (words::LEAD.to(tongue)) } }
            div.buttons {
                a.button href="/dashboards" { (words::DASHBOARDS.to(tongue)) }
                @if visit.holds(Capability::DefineRoles) {
                    a.button.primary href=(format!("/roles/new?kind={kind}")) { (icon("plus")) (words::NEW.to(tongue)) }
                }
            }
        }
        (done(&visit, told(&query, &[("deleted", words::DELETED)])))
        div.controls { (kinds(&visit, &found, kind)) (search(&visit, &query, kind)) }
        div.list data-list {
            @if shown.is_empty() {
                div.empty { h2 { (words::EMPTY.to(tongue)) } p.soft { (words::EMPTY_TEXT.to(tongue)) } }
            } @else { (table(&visit, &shown, kind)) (turns(&visit, &query, kind, from, fitting.len())) }
        }
    };
    Page::titled(title).at(Place::Roles).show(&visit, &body).await
}

fn kinds(visit: &Visit, found: &Found, here: &str) -> Markup {
    let tongue = visit.tongue();
    html! {
        nav.views aria-label=(words::KINDS.to(tongue)) {
            @for (kind, text) in [("AGENT", words::FOR_AGENTS), ("CLIENT", words::FOR_CLIENTS)] {
                @let count = found.roles.iter().filter(|role| role.kind == kind).count();
                a href=(format!("/roles?kind={kind}")) aria-current=[(kind == here).then_some("page")] {
                    (text.to(tongue)) " (" (visit.number(count as u64)) ")"
                }
            }
        }
    }
}

fn search(visit: &Visit, query: &Fields, kind: &str) -> Markup {
    let label = words::SEARCH.to(visit.tongue());
    html! {
        form.search method="get" action="/roles" role="search" data-search {
            input type="hidden" name="kind" value=(kind);
            (icon("search"))
            input type="search" name="q" value=(query.text("q")) placeholder=(label) aria-label=(label)
                autocomplete="off" spellcheck="false" dir="auto";
            button.unseen type="submit" { (label) }
        }
    }
}

fn table(visit: &Visit, roles: &[&Role], kind: &str) -> Markup {
    let tongue = visit.tongue();
    let more = if kind == "CLIENT" { words::PAGES } else { words::DASHBOARD };
    let none = words::NONE.to(tongue);
    html! {
        div.table-frame { table {
            thead { tr {
                th scope="col" { (words::SEQUENCE.to(tongue)) }
                th scope="col" { (list::COLUMN_NAME.to(tongue)) }
                th scope="col" { (words::OPENS.to(tongue)) }
                th scope="col" { (more.to(tongue)) }
                th scope="col" { (words::HOLDERS.to(tongue)) }
            } }
            tbody { @for role in roles { tr {
                td data-label=(words::SEQUENCE.to(tongue)) { span.code { (visit.number(role.sequence)) } }
                td data-column="name" { a.named href=(role.path()) { bdi { (role.label()) } } }
                td.opens data-label=(words::OPENS.to(tongue)) { span { (role.opens(visit)) } }
                td data-label=(more.to(tongue)) { span {
                    @if kind == "CLIENT" {
                        @match role.portal_pages.len() { 0 => (none), count => (visit.number(count as u64)) }
                    } @else {
                        bdi { (role.dashboard.as_ref().and_then(|it| it.name.as_deref()).unwrap_or(none)) }
                    }
                } }
                td data-label=(words::HOLDERS.to(tongue)) { @if let Some(holders) = role.holders {
                    a href=(role.holders_address()) { (visit.number(holders)) }
                } }
            } } }
        } }
    }
}

/// The rows before and after those that are shown.
fn turns(visit: &Visit, query: &Fields, kind: &str, from: usize, all: usize) -> Markup {
    let tongue = visit.tongue();
    let link = |from: usize, text: Text| {
        let address = format!("/roles?kind={kind}&q={}&from={from}", encoded(query.text("q")));
        html! { a.button.small href=(address) { (text.to(tongue)) } }
    };
    html! {
        @if all > PAGE_ROWS {
            nav.pages aria-label=(list::PAGES.to(tongue)) {
                @if from > 0 { (link(from.saturating_sub(PAGE_ROWS), list::PREVIOUS)) }
                @if from + PAGE_ROWS < all { (link(from + PAGE_ROWS, list::NEXT)) }
            }
        }
    }
}
