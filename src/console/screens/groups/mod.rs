//! Teams, which lie in a tree, and business units, which do not: all of them ([`list`]), and [`one`] with its members.

mod list;
mod one;

use axum::Router;
use axum::routing::get;

use crate::access::Capability;
use crate::console::Console;
use crate::console::page::Place;
use crate::console::visit::Visit;
use crate::console::words::{Text, frame, groups as words};

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Teams,
    Units,
}

impl Kind {
    fn path(self) -> &'static str {
        match self {
            Kind::Teams => "/teams",
            Kind::Units => "/units",
        }
    }

    fn place(self) -> Place {
        match self {
            Kind::Teams => Place::Teams,
            Kind::Units => Place::Units,
        }
    }

    fn title(self) -> Text {
        match self {
            Kind::Teams => frame::TEAMS,
            Kind::Units => frame::UNITS,
        }
    }

    fn lead(self) -> Text {
        match self {
            Kind::Teams => words::TEAMS_LEAD,
            Kind::Units => words::UNITS_LEAD,
        }
    }
}

/// May the reader change what groups there are?
fn manages(visit: &Visit) -> bool {
    visit.holds(Capability::ManageTeams)
}

pub(super) fn routes() -> Router<Console> {
    let of = |kind: Kind| {
        let path = kind.path();
        let show = move |visit, query| list::show(kind, visit, query);
        let create = move |visit, fields| list::create(kind, visit, fields);
        let open = move |visit, id, query| one::show(kind, visit, id, query);
        let change = move |visit, id, fields| one::change(kind, visit, id, fields);
        let ask = move |visit, id| one::ask(kind, visit, id);
        Router::new()
            .route(path, get(show).post(create))
            .route(&format!("{path}/{{id}}"), get(open).post(change))
            .route(&format!("{path}/{{id}}/delete"), get(ask))
    };
    of(Kind::Teams).merge(of(Kind::Units))
}
