//! One role: what it opens, who holds it, which portal pages or which dashboard it gives; and its deletion, with
//! what stands in the way.

use axum::extract::{Path, RawQuery};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Role;
use crate::access::Capability;
use crate::console::ask::{Flaw, Named, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::{Choice, Field, badge, done, refusals};
use crate::console::refused::Refused;
use crate::console::small_form::{Question, asked, asks, called, told, up, what};
use crate::console::visit::Visit;
use crate::console::words::{frame, person, roles as words};

document!(
    /// A role, and what can be chosen for it.
    ROLE,
    include_str!("one.graphql")
);

#[derive(Deserialize)]
struct Found {
    role: Option<Role>,
    dashboards: Vec<Named>,
    applications: Vec<Application>,
}

#[derive(Deserialize)]
struct Application {
    id: String,
    name: Option<String>,
    roles: Vec<OnlyId>,
}

#[derive(Deserialize)]
struct OnlyId {
    id: String,
}

/// A role that is there, with the applications that offer it.
async fn read(visit: &Visit, id: &str) -> Result<(Role, Vec<Named>, Vec<Application>), Refused> {
    let found: Found = visit.read(&ROLE, json!({ "id": id })).await?;
    let role = found.role.filter(|role| !role.deleted).ok_or(Refused::NotFound)?;
    let offering = |one: &Application| one.roles.iter().any(|own| own.id == role.id);
    let applications = found.applications.into_iter().filter(offering).collect();
    Ok((role, found.dashboards, applications))
}

pub(super) async fn show(
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    page(&visit, &id, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(visit: &Visit, id: &str, given: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let (role, dashboards, applications) = read(visit, id).await?;
    let may = visit.holds(Capability::DefineRoles);
    let body = html! {
        (up(visit, &format!("/roles?kind={}", role.kind), frame::ROLES))
        (head(visit, &role, may))
        (done(visit, told(given, &[("saved", person::SAVED)])))
        (refusals(visit, flaws, &["pages", "dashboardId"]))
        div.stack.reading {
            section.card { dl.rows {
                div { dt { (words::OPENS.to(tongue)) } dd { (role.opens(visit)) } }
                @if let Some(holders) = role.holders {
                    div { dt { (words::HOLDERS.to(tongue)) } dd { a href=(role.holders_address()) { (visit.number(holders)) } } }
                }
                div { dt { (words::SEQUENCE.to(tongue)) } dd { (visit.number(role.sequence)) } }
                @if !applications.is_empty() {
                    div { dt { (frame::APPLICATIONS.to(tongue)) } dd { (offered(&applications)) } }
                }
            } }
            @if role.is_for_clients() { (pages(visit, &role, may, given, flaws)) }
            @else { (dashboard(visit, &role, &dashboards, may, flaws)) }
        }
    };
    Page::titled(role.label()).at(Place::Roles).show(visit, &body).await
}

fn head(visit: &Visit, role: &Role, may: bool) -> Markup {
    let tongue = visit.tongue();
    let kind = if role.is_for_clients() { words::FOR_CLIENTS } else { words::FOR_AGENTS };
    html! {
        div.head {
            div.heading {
                h1 { bdi { (role.label()) } }
                p.badges { (badge("quiet", kind.to(tongue))) " " span.code { (role.id) } }
            }
            @if may {
                a.button.danger href=(format!("{}/delete", role.path())) { (words::DELETE.to(tongue)) }
            }
        }
    }
}

fn offered(applications: &[Application]) -> Markup {
    html! {
        @for (place, one) in applications.iter().enumerate() {
            @if place > 0 { ", " }
            bdi { (one.name.as_deref().unwrap_or(&one.id)) }
        }
    }
}

/// ROL-05.
fn pages(visit: &Visit, role: &Role, may: bool, given: &Fields, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let typed =
        if given.has("pages") { given.text("pages").to_owned() } else { role.portal_pages.join("\n") };
    html! {
        section.card {
            h2 { (words::PAGES.to(tongue)) }
            p.soft { (words::PAGES_LEAD.to(tongue)) }
            @if may {
                (asks(visit, &role.path(), "pages", &html! {
                    div.fields {
                        (Field { kind: "lines", hint: Some(words::PAGES_HINT.to(tongue)), ..Field::text("pages", words::PAGES.to(tongue), &typed) }.show(visit, flaws))
                        div.buttons { button.primary type="submit" { (frame::SAVE.to(tongue)) } }
                    }
                }))
            } @else if role.portal_pages.is_empty() { p { (words::NONE.to(tongue)) } }
            @else { ul.entries { @for page in &role.portal_pages { li { span.code { (page) } } } } }
        }
    }
}

fn dashboard(visit: &Visit, role: &Role, all: &[Named], may: bool, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let none = (String::new(), words::NO_SAY.to(tongue).to_owned());
    let options = all.iter().map(|one| (one.id.clone(), called(one).to_owned()));
    let options = std::iter::once(none).chain(options).collect();
    let value = role.dashboard.as_ref().map_or("", |one| one.id.as_str());
    html! {
        section.card {
            h2 { (words::DASHBOARD.to(tongue)) }
            p.soft { (words::DASHBOARD_LEAD.to(tongue)) }
            @if may {
                (asks(visit, &role.path(), "dashboard", &html! {
                    div.inline {
                        (Choice { name: "dashboardId", label: words::DASHBOARD.to(tongue), value, required: false, options }.show(visit, flaws))
                        button type="submit" { (frame::SAVE.to(tongue)) }
                    }
                }))
            } @else { p { bdi { (role.dashboard.as_ref().map_or(words::NONE.to(tongue), called)) } } }
        }
    }
}

pub(super) async fn change(
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refused> {
    let saved = format!("/roles/{id}?done=saved");
    let (change, input, to) = match what(&fields) {
        "pages" => {
            let lines = fields.text("pages").lines().map(str::trim).filter(|line| !line.is_empty());
            let pages: Vec<&str> = lines.collect();
            (&changes::SET_ROLE_PORTAL_PAGES, json!({ "roleId": id, "pages": pages }), saved.as_str())
        }
        "dashboard" => {
            let dashboard = fields.given("dashboardId").map_or(Value::Null, Value::from);
            (&changes::SET_ROLE_DASHBOARD, json!({ "roleId": id, "dashboardId": dashboard }), saved.as_str())
        }
        "delete" => (
            &changes::DELETE_ROLE,
            json!({ "roleId": id, "reason": fields.given("reason") }),
            "/roles?done=deleted",
        ),
        _ => return Err(Refused::Malformed),
    };
    match asked(&visit, change, input, to).await? {
        Ok(response) => Ok(response),
        Err(flaws) if what(&fields) == "delete" => question(&visit, &id, &flaws).await,
        Err(flaws) => page(&visit, &id, &fields, &flaws).await,
    }
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Result<Response, Refused> {
    question(&visit, &id, &[]).await
}

/// Deletion, with what stands in the way: whoever holds the role, and what offers it.
async fn question(visit: &Visit, id: &str, flaws: &[Flaw]) -> Result<Response, Refused> {
    visit.person().ok_or(Refused::SignIn)?;
    if !visit.holds(Capability::DefineRoles) {
        return Err(Refused::Forbidden);
    }
    let tongue = visit.tongue();
    let (role, _, applications) = read(visit, id).await?;
    let title = words::DELETE_QUESTION.with(tongue, &[("name", role.label())]);
    let holders = role.holders.unwrap_or(0);
    let body = html! {
        (refusals(visit, flaws, &["reason"]))
        p { (words::DELETE_TEXT.to(tongue)) }
        @if holders > 0 || !applications.is_empty() {
            div.references {
                h2 { (words::IN_THE_WAY.to(tongue)) }
                ul.points {
                    @if holders > 0 {
                        li { a href=(role.holders_address()) { (words::HOLDERS_COUNT.with(tongue, &[("count", &visit.number(holders))])) } }
                    }
                    @if !applications.is_empty() { li { (words::OFFERED_BY.to(tongue)) " " (offered(&applications)) } }
                }
            }
        }
        (Field::text("reason", person::REASON.to(tongue), "").show(visit, flaws))
    };
    let path = role.path();
    let asked = Question { title: &title, action: &path, what: "delete", button: words::DELETE, back: &path };
    Page::titled(&title).at(Place::Roles).show(visit, &asked.show(visit, &body)).await
}
