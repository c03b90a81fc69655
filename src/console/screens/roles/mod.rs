//! Roles: the [`list`], one of them ([`one`]), a new one ([`create`]), and the [`dashboards`] that a role can give.

mod create;
mod dashboards;
mod list;
mod one;

use axum::Router;
use axum::routing::get;
use serde::Deserialize;

use crate::console::Console;
use crate::console::ask::Named;
use crate::console::visit::Visit;
use crate::console::words::{Text, roles as words};

pub(super) fn routes() -> Router<Console> {
    Router::new()
        .route("/roles", get(list::show))
        .route("/roles/new", get(create::show).post(create::create))
        .route("/roles/{id}", get(one::show).post(one::change))
        .route("/roles/{id}/delete", get(one::ask))
        .route("/dashboards", get(dashboards::show).post(dashboards::change))
        .route("/dashboards/{id}/delete", get(dashboards::ask))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Role {
    id: String,
    name: Option<String>,
    kind: String,
    surfaces: Vec<String>,
    sequence: u64,
    holders: Option<u64>,
    #[serde(default)]
    deleted: bool,
    portal_pages: Vec<String>,
    dashboard: Option<Named>,
}

impl Role {
    fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    fn path(&self) -> String {
        format!("/roles/{}", self.id)
    }

    fn is_for_clients(&self) -> bool {
        self.kind == "CLIENT"
    }

    /// The list of whoever holds it.
    fn holders_address(&self) -> String {
        let list = if self.is_for_clients() { "/clients" } else { "/agents" };
        format!("{list}?view=all&role={}", self.id)
    }

    /// What it opens, in words.
    fn opens(&self, visit: &Visit) -> String {
        let known = SURFACES.iter().filter(|(name, ..)| self.surfaces.iter().any(|own| own == name));
        let all: Vec<&str> = known.map(|(_, text, _)| text.to(visit.tongue())).collect();
        if all.is_empty() { words::NOTHING.to(visit.tongue()).to_owned() } else { all.join(", ") }
    }
}

/// What a role can open, and whether a role for clients can (ROL-04).
const SURFACES: [(&str, Text, Reach); 5] = [
    ("LISTS", words::LISTS, Reach::Everybody),
    ("VIEWS", words::VIEWS, Reach::Everybody),
    ("CHARTS", words::CHARTS, Reach::Everybody),
    ("REPORTS", words::REPORTS, Reach::Agents),
    ("DASHBOARDS", words::DASHBOARDS, Reach::Agents),
];

/// Whose roles open something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Everybody,
    Agents,
}
