//! The dashboards that there are (an agent chooses one; a role can have one for who chose none).

use axum::extract::{Path, RawQuery};
use axum::response::Response;
use maud::html;
use serde::Deserialize;
use serde_json::json;

use crate::access::Capability;
use crate::console::ask::{Flaw, Named, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::{Field, badge, done, refusals};
use crate::console::refused::Refused;
use crate::console::small_form::{Question, asked, asks, called, told, up, what};
use crate::console::visit::Visit;
use crate::console::words::{frame, person, roles as words};

/// The dashboard that is always there.
const SYSTEM: &str = "dashboard_0";

document!(
    /// Every dashboard.
    DASHBOARDS,
    "{ dashboards { id name } }"
);

#[derive(Deserialize)]
struct Found {
    dashboards: Vec<Named>,
}

pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(visit: &Visit, given: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let may = visit.holds(Capability::DefineDashboards);
    let found: Found = visit.read(&DASHBOARDS, json!({})).await?;
    let title = words::DASHBOARDS.to(tongue);
    let body = html! {
        (up(visit, "/roles", frame::ROLES))
        div.head { div.heading { h1 { (title) } p.soft { (words::DASHBOARD_LEAD.to(tongue)) } } }
        (done(visit, told(given, &[("saved", person::SAVED), ("deleted", words::DASHBOARD_DELETED)])))
        (refusals(visit, flaws, &["name"]))
        div.stack.reading {
            @if may {
                section.card { (asks(visit, "/dashboards", "define", &html! {
                    div.inline {
                        (Field { required: true, ..Field::text("name", words::NEW_DASHBOARD.to(tongue), given.text("name")) }.show(visit, flaws))
                        button type="submit" { (words::DEFINE.to(tongue)) }
                    }
                })) }
            }
            section.card {
                ul.entries { @for one in &found.dashboards { li {
                    bdi { (called(one)) }
                    @if one.id == SYSTEM { (badge("quiet", words::SYSTEM_DASHBOARD.to(tongue))) }
                    @else if may {
                        a href=(format!("/dashboards/{}/delete", one.id))
                            aria-label=(words::DELETE_OF.with(tongue, &[("name", called(one))])) { (words::DELETE.to(tongue)) }
                    }
                } } }
            }
        }
    };
    Page::titled(title).at(Place::Roles).show(visit, &body).await
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Result<Response, Refused> {
    visit.person().ok_or(Refused::SignIn)?;
    if !visit.holds(Capability::DefineDashboards) {
        return Err(Refused::Forbidden);
    }
    let tongue = visit.tongue();
    let found: Found = visit.read(&DASHBOARDS, json!({})).await?;
    let one = found.dashboards.iter().find(|one| one.id == id && id != SYSTEM).ok_or(Refused::NotFound)?;
    let title = words::DELETE_QUESTION.with(tongue, &[("name", called(one))]);
    let body = html! {
        input type="hidden" name="of" value=(one.id);
        p { (words::DASHBOARD_DELETE_TEXT.to(tongue)) }
    };
    let asked = Question {
        title: &title,
        action: "/dashboards",
        what: "delete",
        button: words::DELETE,
        back: "/dashboards",
    };
    Page::titled(&title).at(Place::Roles).show(&visit, &asked.show(&visit, &body)).await
}

pub(super) async fn change(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let (change, input, to) = match what(&fields) {
        "define" => {
            (&changes::DEFINE_DASHBOARD, json!({ "name": fields.text("name") }), "/dashboards?done=saved")
        }
        "delete" => (
            &changes::DELETE_DASHBOARD,
            json!({ "dashboardId": fields.text("of") }),
            "/dashboards?done=deleted",
        ),
        _ => return Err(Refused::Malformed),
    };
    match asked(&visit, change, input, to).await? {
        Ok(response) => Ok(response),
        Err(flaws) => page(&visit, &fields, &flaws).await,
    }
}
