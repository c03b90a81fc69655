//! A user, on one page (UI-03): [`tabs`](tab) to look at, [`edit`] and [`create`] to fill in, [`confirm`] for what
//! is asked once more, [`access`] for roles and seats, [`proxy`] to act as the user.

mod access;
mod applications;
mod confirm;
mod create;
mod edit;
mod fields;
mod mail;
mod passwords;
mod proxy;
mod references;
mod tab;

use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::account::security::Session;
use super::list::wish::Kind;
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Flaw, Named, document};
use crate::console::page::Page;
use crate::console::parts::{Tab, badge, done, icon, picture, tabs, token};
use crate::console::refused::Refused;
use crate::console::rights::Deeds;
use crate::console::timeline::Timeline;
use crate::console::visit::Visit;
use crate::console::words::{Text, frame, mail as mail_words, person as words};
use rollbook_schema::UserId;

document!(
    /// A user, and what the tab that is open needs.
    PERSON,
    include_str!("person.graphql")
);

pub(super) fn routes() -> Router<Console> {
    Router::new()
        .route("/people/{id}", get(tab::profile))
        .route("/people/{id}/options", get(tab::options).post(edit::save_options))
        .route("/people/{id}/picture", post(edit::save_picture))
        .route("/people/{id}/picture/remove", post(edit::remove_picture))
        .route("/people/{id}/access", get(access::show).post(access::change))
        .route("/people/{id}/applications", get(applications::show).post(applications::change))
        .route("/people/{id}/security", get(tab::security))
        .route("/people/{id}/sessions", post(tab::end_sessions))
        .route("/people/{id}/mail", get(mail::show).post(mail::resend))
        .route("/people/{id}/history", get(tab::history))
        .route("/people/{id}/edit", get(edit::show).post(edit::save))
        .route("/people/{id}/password", get(passwords::show).post(passwords::set))
        .route("/people/{id}/reset", post(passwords::reset))
        .route("/people/{id}/lock", post(confirm::lock))
        .route("/people/{id}/unlock", post(confirm::unlock))
        .route("/people/{id}/keep-password", post(confirm::cancel_force))
        .merge(confirm::routes())
        .route("/people/{id}/proxy", get(proxy::show).post(proxy::start))
        .merge(create::routes(Kind::Agents))
        .merge(create::routes(Kind::Clients))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    user: Option<Person>,
    #[serde(default)]
    roles: Vec<Role>,
    #[serde(default)]
    teams: Vec<Named>,
    #[serde(default)]
    business_units: Vec<Named>,
}

#[derive(Deserialize)]
struct Role {
    id: String,
    name: Option<String>,
    kind: String,
}

/// What every tab shows, and what the open one shows besides.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    id: String,
    kind: String,
    label: String,
    email: Option<String>,
    title: Option<String>,
    avatar_url: Option<String>,
    active: bool,
    locked: bool,
    deleted: bool,
    masked: bool,
    editable: bool,
    may_proxy: bool,
    version: u64,
    managed_elsewhere: bool,
    source: String,
    pending_until_next_sign_in: bool,
    must_change_password: bool,
    email_undeliverable: bool,
    active_assignments: u64,
    created_at: String,
    last_sign_in_at: Option<String>,
    last_sign_out_at: Option<String>,
    locked_until: Option<String>,
    access_profile: String,
    teams: Vec<Named>,
    #[serde(default)]
    profile_rows: Vec<ProfileRow>,
    reports_to: Option<Other>,
    #[serde(default)]
    attributes: Vec<Attribute>,
    signature: Option<String>,
    max_chats: Option<u16>,
    effective_max_chats: Option<u16>,
    preferences: Option<Map<String, Value>>,
    license: Option<String>,
    #[serde(default)]
    held: Vec<Named>,
    #[serde(default)]
    business_units: Vec<Named>,
    #[serde(default)]
    applications: Vec<Application>,
    proxy_grant: Option<Grant>,
    sessions: Option<Vec<Session>>,
    history: Option<Timeline>,
}

#[derive(Deserialize)]
struct ProfileRow {
    name: String,
    value: Option<String>,
}

#[derive(Deserialize)]
struct Other {
    id: String,
    label: String,
}

#[derive(Deserialize)]
struct Attribute {
    definition: Labelled,
    value: Option<String>,
}

#[derive(Deserialize)]
struct Labelled {
    label: Option<String>,
}

#[derive(Deserialize)]
struct Application {
    application: OnlyName,
    roles: Vec<OnlyName>,
}

#[derive(Deserialize)]
struct OnlyName {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Grant {
    label: String,
}

impl Person {
    fn path(&self) -> String {
        format!("/people/{}", self.id)
    }

    fn key(&self) -> Result<UserId, Refused> {
        key(&self.id)
    }

    fn list(&self) -> Kind {
        if self.kind == "CLIENT" { Kind::Clients } else { Kind::Agents }
    }
}

/// A user's number out of an address.
fn key(id: &str) -> Result<UserId, Refused> {
    let number = id.strip_prefix("user_").and_then(|number| number.parse().ok());
    number.map(UserId).ok_or(Refused::NotFound)
}

/// Which part of a user is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Profile,
    Options,
    Access,
    Security,
    History,
}

/// Reads a user for one tab. What the reader may not see is not asked for.
async fn read(visit: &Visit, id: &str, part: Part, window: Value) -> Result<(Found, Person), Refused> {
    let user = key(id)?;
    let is_own = visit.person().is_some_and(|person| person.id == user);
    let mut variables = window;
    if !variables.is_object() {
        variables = json!({ "first": 1, "after": null, "last": null, "before": null });
    }
    let on = |wanted: Part| part == wanted;
    let flags = [
        ("profile", on(Part::Profile)),
        ("options", on(Part::Options)),
        ("access", on(Part::Access)),
        ("sessions", on(Part::Security) && (is_own || visit.holds(Capability::SeeSessions))),
        ("history", on(Part::History) && (is_own || visit.holds(Capability::SeeHistory))),
        ("roles", on(Part::Access) && visit.holds(Capability::SeeRoles)),
        ("teams", on(Part::Access) && visit.holds(Capability::SeeTeams)),
    ];
    variables["id"] = json!(id);
    for (name, is_on) in flags {
        variables[name] = json!(is_on);
    }
    let mut found: Found = visit.read(&PERSON, variables).await?;
    let person = found.user.take().ok_or(Refused::NotFound)?;
    Ok((found, person))
}

/// A page of a user: head, tabs, and a body.
async fn shown(
    visit: &Visit,
    person: &Person,
    here: &str,
    told: Option<Text>,
    body: &Markup,
) -> Result<Response, Refused> {
    let path = person.path();
    let sees_history = visit.holds(Capability::SeeHistory);
    let sees_people = visit.holds(Capability::SeePeople);
    let is_open = |tab: &&Tab| match tab.to {
        "/history" => sees_history,
        "/mail" => sees_people,
        _ => true,
    };
    let all = TABS.iter().filter(is_open).copied().collect::<Vec<Tab>>();
    let body = html! {
        (head(visit, person)?)
        (done(visit, told))
        (notes(visit, person)?)
        (tabs(visit, words::TABS, &path, &all, here))
        div.stack.reading { (body) }
    };
    Page::titled(person.label.clone()).at(person.list().place()).show(visit, &body).await
}

const TABS: [Tab; 6] = [
    Tab { to: "", text: words::PROFILE },
    Tab { to: "/options", text: words::OPTIONS },
    Tab { to: "/access", text: words::ACCESS },
    Tab { to: "/security", text: words::SECURITY },
    Tab { to: "/mail", text: mail_words::TITLE },
    Tab { to: "/history", text: words::HISTORY },
];

/// Who it is, and what can be done (UI-11: only what the reader may ask).
fn head(visit: &Visit, person: &Person) -> Result<Markup, Refused> {
    let tongue = visit.tongue();
    let deeds = Deeds::of(visit, person.key()?);
    let path = person.path();
    let is_there = !person.deleted && person.kind != "STANDARD";
    Ok(html! {
        div.head.person {
            div.identity {
                div.big { (picture(&person.label, person.avatar_url.as_deref())) }
                div {
                    h1 { bdi { (person.label) } }
                    p.soft {
                        @if let Some(title) = &person.title { bdi { (title) } " · " }
                        span.code { (person.id) }
                        @if let Some(email) = &person.email { " · " bdi { (email) } }
                    }
                    p.badges { (badges(visit, person)) }
                }
            }
            @if visit.holds(Capability::MaskPeople) && person.kind != "STANDARD" {
                div.buttons { a.button href=(format!("{path}/privacy")) { (icon("privacy")) (frame::PRIVACY.to(tongue)) } }
            }
            @if is_there {
                div.buttons {
                    @if deeds.set_password && !person.managed_elsewhere {
                        a.button href=(format!("{path}/password")) { (icon("lock")) (words::CHANGE_PASSWORD.to(tongue)) }
                    }
                    @if person.editable { a.button.primary href=(format!("{path}/edit")) { (words::EDIT.to(tongue)) } }
                    @if person.may_proxy { a.button href=(format!("{path}/proxy")) { (icon("mask")) (words::PROXY.to(tongue)) } }
                    (more(visit, person, deeds))
                }
            }
        }
    })
}

fn badges(visit: &Visit, person: &Person) -> Markup {
    let tongue = visit.tongue();
    html! {
        @if person.deleted { (badge("bad", words::DELETED.to(tongue))) }
        @else if person.active { (badge("good", words::ACTIVE.to(tongue))) }
        @else { (badge("quiet", words::INACTIVE.to(tongue))) }
        @if person.locked { (badge("bad", words::LOCKED.to(tongue))) }
        @if person.masked { (badge("quiet", words::MASKED.to(tongue))) }
        @if person.must_change_password { (badge("warn", words::MUST_CHANGE.to(tongue))) }
    }
}

/// What is done more rarely. What UI-04 wants confirmed leads to a page that asks; the rest is done at once.
fn more(visit: &Visit, person: &Person, deeds: Deeds) -> Markup {
    let (tongue, path) = (visit.tongue(), person.path());
    let local = !person.managed_elsewhere;
    let asked =
        |deed: &str, text: Text| html! { li { a href=(format!("{path}/{deed}")) { (text.to(tongue)) } } };
    let at_once = |deed: &str, text: Text| {
        html! { li { form method="post" action=(format!("{path}/{deed}")) {
            (token(visit))
            button.plain type="submit" { (text.to(tongue)) }
        } } }
    };
    let any = deeds.disable || deeds.enable || deeds.lock || deeds.delete || deeds.reset_password;
    html! {
        @if any {
            details.menu data-menu {
                summary.button { (words::MORE.to(tongue)) (icon("down")) }
                ul.sheet {
                    @if deeds.lock && !person.locked { (at_once("lock", words::LOCK)) }
                    @if deeds.unlock && person.locked { (at_once("unlock", words::UNLOCK)) }
                    @if deeds.reset_password && local { (at_once("reset", words::RESET)) }
                    @if deeds.force_change && local {
                        @if person.must_change_password { (at_once("keep-password", words::CANCEL_FORCE)) }
                        @else { (asked("force", words::FORCE)) }
                    }
                    @if deeds.end_sessions { (at_once("sessions", words::END_SESSIONS)) }
                    @if person.active && deeds.disable { (asked("disable", words::DISABLE)) }
                    @if !person.active && deeds.enable { (asked("enable", words::ENABLE)) }
                    @if deeds.delete { (asked("delete", words::DELETE)) } @else { li { p.quiet { (words::DELETE_WHOM.to(tongue)) } } }
                }
            }
        }
    }
}

/// What a reader should know before anything else.
fn notes(visit: &Visit, person: &Person) -> Result<Markup, Refused> {
    let tongue = visit.tongue();
    let ends = Deeds::of(visit, person.key()?).end_sessions;
    Ok(html! {
        @if person.managed_elsewhere { p.told { (words::MANAGED.to(tongue)) } }
        @if person.email_undeliverable { p.told { (words::UNDELIVERABLE.to(tongue)) } }
        @if person.pending_until_next_sign_in {
            div.told {
                p { (words::PENDING.to(tongue)) }
                @if ends {
                    form method="post" action=(format!("{}/sessions", person.path())) {
                        (token(visit))
                        button.small type="submit" { (words::APPLY_NOW.to(tongue)) }
                    }
                }
            }
        }
    })
}

/// Goes on to a page of the user, or shows the refusals on a page that asks again.
fn went(person: &str, tab: &str, done: &str) -> Response {
    Redirect::to(&format!("/people/{person}{tab}?done={done}")).into_response()
}

/// What a page says was done, by the word in its address.
fn told(word: &str) -> Option<Text> {
    Some(match word {
        "created" => words::CREATED,
        "saved" => words::SAVED,
        "disabled" => words::DISABLED_DONE,
        "enabled" => words::ENABLED_DONE,
        "password" => words::PASSWORD_DONE,
        _ => return None,
    })
}

/// A page that shows why nothing was done, where there is no form to show it in.
async fn refused_at_once(visit: &Visit, id: &str, flaws: &[Flaw]) -> Result<Response, Refused> {
    let (_, person) = read(visit, id, Part::Profile, Value::Null).await?;
    let body = html! {
        (crate::console::parts::refusals(visit, flaws, &[]))
        (tab::profile_of(visit, &person))
    };
    shown(visit, &person, "", None, &body).await
}
