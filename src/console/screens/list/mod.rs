//! The lists of agents and of clients (LST-01): [`wish`] is the address, [`head`] stands above the table
//! with the views that were [`saved`], [`table`] is it, [`bulk`] is what is done with those who are selected.

mod bulk;
mod head;
mod saved;
mod table;
pub(in crate::console) mod wish;

use axum::Router;
use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::html;
use serde::Deserialize;

use self::wish::{Kind, Window, Wish};
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Flaw, document};
use crate::console::form::Fields;
use crate::console::page::Page;
use crate::console::parts::{done, refusals};
use crate::console::refused::Refused;
use crate::console::small_form::told;
use crate::console::visit::Visit;
use crate::console::words::{list as words, person};
use crate::graphql::table::TableWanted;
use crate::table::download;

document!(
    /// All that a page of the list shows.
    LIST,
    include_str!("list.graphql")
);

/// What the document gives.
#[derive(Deserialize)]
struct Found {
    users: Users,
    #[serde(default)]
    licenses: Vec<Pool>,
    #[serde(default)]
    roles: Vec<Role>,
    #[serde(default, rename = "businessUnits")]
    units: Vec<Named>,
    #[serde(default)]
    teams: Vec<Named>,
    #[serde(rename = "savedViews")]
    views: Vec<saved::Saved>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Users {
    total_count: u64,
    page_info: PageInfo,
    nodes: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    has_previous_page: bool,
    start_cursor: Option<String>,
    end_cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: String,
    username: Option<String>,
    email: Option<String>,
    label: String,
    avatar_url: Option<String>,
    active: bool,
    locked: bool,
    editable: bool,
    last_sign_in_at: Option<String>,
    last_sign_out_at: Option<String>,
    roles: Vec<OnlyName>,
    business_units: Vec<OnlyName>,
}

#[derive(Deserialize)]
struct OnlyName {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Role {
    id: String,
    name: Option<String>,
    kind: String,
}

#[derive(Deserialize)]
struct Pool {
    #[serde(rename = "type")]
    of: String,
    owned: u64,
    available: u64,
    over: bool,
    contact: Option<String>,
}

pub(super) fn routes() -> Router<Console> {
    let of = |kind: Kind| {
        let path = kind.path();
        Router::new()
            .route(path, get(move |visit, query| show(kind, visit, query)))
            .route(&format!("{path}.csv"), get(move |visit, query| csv(kind, visit, query)))
            .route(&format!("{path}/choose"), post(move |visit, fields| choose(kind, visit, fields)))
            .route(&format!("{path}/views"), post(move |visit, fields| saved::change(kind, visit, fields)))
            .route(&format!("{path}/bulk"), post(move |visit, fields| bulk::run(kind, visit, fields)))
    };
    of(Kind::Agents).merge(of(Kind::Clients))
}

async fn show(kind: Kind, visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(kind, visit, &Fields::of_query(query.as_deref()), &[]).await
}

/// What is wrong is said above the list.
async fn page(kind: Kind, visit: Visit, query: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    let mut wish = Wish::of(kind, query);
    if !visit.holds(Capability::FindPeople) {
        // Words, and an order by names, are for readers who may find people.
        wish.text = String::new();
        wish.sort = wish.sort.filter(|sort| matches!(*sort, "id" | "in"));
    }
    let mut variables = wish.variables();
    variables["kind"] = kind.name().into();
    variables["seats"] = (kind == Kind::Agents && visit.holds(Capability::SeeLicenses)).into();
    variables["roles"] = visit.holds(Capability::SeeRoles).into();
    variables["teams"] = visit.holds(Capability::SeeTeams).into();
    let found: Found = visit.read(&LIST, variables).await?;
    let gone = query.has("gone").then_some(person::GONE);
    let told = told(query, &[("saved", words::VIEW_SAVED), ("removed", words::VIEW_REMOVED)]);
    let body = html! {
        (done(&visit, gone.or(told)))
        (refusals(&visit, flaws, &["name", "audience"]))
        (head::show(&visit, &wish, &found, query, flaws))
        (table::show(&visit, &wish, &found, query.has("nothing")))
    };
    Page::titled(head::title(kind).to(visit.tongue())).at(kind.place()).show(&visit, &body).await
}

/// Goes to another page with the selection, or on to what is done with it.
async fn choose(kind: Kind, visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let mut wish = Wish::of(kind, &fields);
    // The buttons of the pager win over where the form was.
    match fields.text("turn").split_once(':') {
        Some(("after", cursor)) => wish.window = Window::After(cursor.to_owned()),
        Some(("before", cursor)) => wish.window = Window::Before(cursor.to_owned()),
        Some(("first", _)) => wish.window = Window::First,
        Some(("last", _)) => wish.window = Window::Last,
        Some(("none", _)) => wish.selected.clear(),
        _ => return bulk::ask(&visit, &wish, fields.text("action")).await,
    }
    Ok(Redirect::to(&wish.address()).into_response())
}

/// The table of what is shown, from first to last.
async fn csv(kind: Kind, visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    visit.person().ok_or(Refused::SignIn)?;
    let wish = Wish::of(kind, &Fields::of_query(query.as_deref()));
    let mut pairs = vec![("filter".to_owned(), wish.filter().to_string())];
    pairs.extend(wish.order().map(|order| ("orderBy".to_owned(), order.to_string())));
    let wanted = TableWanted::of(&pairs).map_err(|_| Refused::Malformed)?;
    download(visit.directory(), visit.caller(), wanted).map_err(|code| Refused::of_code(Some(&code)))
}
