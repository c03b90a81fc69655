//! What is asked once more before it is done (UI-04): disabling, enabling, a forced change, deletion. Opening such
//! a page changes nothing, and neither does leaving it. Locking and unlocking are not asked about.

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use rollbook_schema::RejectionCode;
use serde_json::{Value, json};

use super::{Part, Person, read, references, refused_at_once, went};
use crate::console::Console;
use crate::console::ask::{Document, Flaw};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::Page;
use crate::console::parts::{Choice, Field, icon, refusals, token};
use crate::console::refused::Refused;
use crate::console::rights::Deeds;
use crate::console::visit::Visit;
use crate::console::words::{Text, frame, person as words};

/// A deed that is asked about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Disable,
    Enable,
    Force,
    Delete,
}

impl Deed {
    const ALL: [Deed; 4] = [Deed::Disable, Deed::Enable, Deed::Force, Deed::Delete];

    /// As an address names it.
    fn name(self) -> &'static str {
        match self {
            Deed::Disable => "disable",
            Deed::Enable => "enable",
            Deed::Force => "force",
            Deed::Delete => "delete",
        }
    }

    fn is_open(self, deeds: Deeds) -> bool {
        match self {
            Deed::Disable => deeds.disable,
            Deed::Enable => deeds.enable,
            Deed::Force => deeds.force_change,
            Deed::Delete => deeds.delete,
        }
    }

    fn question(self) -> Text {
        match self {
            Deed::Disable => words::DISABLE_QUESTION,
            Deed::Enable => words::ENABLE_QUESTION,
            Deed::Force => words::FORCE_QUESTION,
            Deed::Delete => words::DELETE_QUESTION,
        }
    }

    fn change(self) -> &'static Document {
        match self {
            Deed::Disable => &changes::DISABLE_USER,
            Deed::Enable => &changes::ENABLE_USER,
            Deed::Force => &changes::FORCE_PASSWORD_CHANGE,
            Deed::Delete => &changes::DELETE_USER,
        }
    }
}

pub(super) fn routes() -> Router<Console> {
    Deed::ALL.into_iter().fold(Router::new(), |all, deed| {
        let show =
            move |visit: Visit, Path(id): Path<String>| async move { ask(&visit, &id, deed, &[]).await };
        let run = move |visit, id, fields| run(deed, visit, id, fields);
        all.route(&format!("/people/{{id}}/{}", deed.name()), get(show).post(run))
    })
}

async fn ask(visit: &Visit, id: &str, deed: Deed, flaws: &[Flaw]) -> Result<Response, Refused> {
    let (_, person) = read(visit, id, Part::Head, Value::Null).await?;
    let deeds = Deeds::of(visit, person.key()?);
    if !deed.is_open(deeds) {
        return Err(Refused::Forbidden);
    }
    let named = match deed {
        Deed::Disable | Deed::Delete => references::read(visit, id).await?,
        Deed::Enable | Deed::Force => Vec::new(),
    };
    let tongue = visit.tongue();
    let name = [("name", person.label.as_str())];
    let title = deed.question().with(tongue, &name);
    let path = person.path();
    let body = html! {
        form.card.ask method="post" action=(format!("{path}/{}", deed.name())) {
            (token(visit))
            h1 { bdi { (title) } }
            (refusals(visit, flaws, &["reason", "keepTeam"]))
            @match deed {
                Deed::Disable => { (disabling(visit, &person, flaws)) (references::show(visit, &named, words::REFERENCES_LOOK)) },
                Deed::Enable => p { (words::ENABLE_TEXT.with(tongue, &name)) },
                Deed::Force => p { (words::FORCE_TEXT.with(tongue, &name)) },
                Deed::Delete => { (deleting(visit, &person)) (references::show(visit, &named, words::REFERENCES_BLOCK)) },
            }
            (Field::text("reason", words::REASON.to(tongue), "").show(visit, flaws))
            (buttons(visit, &person, deed, deeds))
        }
    };
    Page::titled(title).at(person.list().place()).show(visit, &body).await
}

/// STA-10, STA-16.
fn disabling(visit: &Visit, person: &Person, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let name = person.label.as_str();
    let count = visit.number(person.active_assignments);
    let options: Vec<(String, String)> = person
        .teams
        .iter()
        .map(|team| (team.id.clone(), team.name.clone().unwrap_or_else(|| team.id.clone())))
        .collect();
    html! {
        p { (words::DISABLE_TEXT.with(tongue, &[("name", name)])) }
        @if person.active_assignments > 0 {
            p.told { (words::ASSIGNMENTS.with(tongue, &[("name", name), ("count", &count)])) }
        }
        @if options.len() > 1 {
            (Choice { name: "keepTeam", label: words::KEEP_TEAM.to(tongue), value: "", required: true, options }
                .show(visit, flaws))
        }
    }
}

/// UI-05: what is lost and what stays.
fn deleting(visit: &Visit, person: &Person) -> Markup {
    let tongue = visit.tongue();
    html! {
        p.told { (icon("warning")) span { (words::DELETE_PERMANENT.to(tongue)) } }
        ul.points {
            li { (words::DELETE_LOST.to(tongue)) }
            li { (words::DELETE_STAYS.to(tongue)) }
            @if person.active { li { (words::DELETE_INSTEAD.to(tongue)) } }
        }
    }
}

/// STA-15: what is better is the first button. Leaving is a link, and does nothing.
fn buttons(visit: &Visit, person: &Person, deed: Deed, deeds: Deeds) -> Markup {
    let tongue = visit.tongue();
    let (text, class) = match deed {
        Deed::Disable => (words::DISABLE, "primary"),
        Deed::Enable => (words::ENABLE, "primary"),
        Deed::Force => (words::FORCE, "primary"),
        Deed::Delete => (words::DELETE_ANYWAY, "danger"),
    };
    html! {
        div.buttons {
            @if deed == Deed::Delete && person.active && deeds.disable {
                a.button.primary href=(format!("{}/disable", person.path())) { (words::INSTEAD.to(tongue)) }
            }
            button.(class) type="submit" { (text.to(tongue)) }
            a.button href=(person.path()) { (frame::CANCEL.to(tongue)) }
        }
    }
}

async fn run(deed: Deed, visit: Visit, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let (_, person) = read(&visit, &id, Part::Head, Value::Null).await?;
    let mut input = json!({ "userId": id, "reason": fields.given("reason") });
    if let Some(team) = fields.given("keepTeam").filter(|_| deed == Deed::Disable) {
        input["keepTeam"] = json!(team);
    }
    match visit.change(deed.change(), input).await? {
        Ok(_) => Ok(match deed {
            Deed::Disable => went(&id, "", "disabled"),
            Deed::Enable => went(&id, "", "enabled"),
            Deed::Force => went(&id, "", "saved"),
            // Whoever is deleted has no page any more.
            Deed::Delete => Redirect::to(&format!("{}?gone", person.list().path())).into_response(),
        }),
        Err(flaws) if flaws.iter().any(|flaw| flaw.is(RejectionCode::NotFound)) => Err(Refused::NotFound),
        Err(flaws) => ask(&visit, &id, deed, &flaws).await,
    }
}

async fn at_once(visit: &Visit, id: &str, change: &Document) -> Result<Response, Refused> {
    match visit.change(change, json!({ "userId": id })).await? {
        Ok(_) => Ok(went(id, "", "saved")),
        Err(flaws) => refused_at_once(visit, id, &flaws).await,
    }
}

pub(super) async fn lock(visit: Visit, Path(id): Path<String>, _fields: Fields) -> Result<Response, Refused> {
    at_once(&visit, &id, &changes::LOCK_ACCOUNT).await
}

pub(super) async fn unlock(
    visit: Visit,
    Path(id): Path<String>,
    _fields: Fields,
) -> Result<Response, Refused> {
    at_once(&visit, &id, &changes::UNLOCK_ACCOUNT).await
}

pub(super) async fn cancel_force(
    visit: Visit,
    Path(id): Path<String>,
    _fields: Fields,
) -> Result<Response, Refused> {
    at_once(&visit, &id, &changes::CANCEL_PASSWORD_CHANGE).await
}
