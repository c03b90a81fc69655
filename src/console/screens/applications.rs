//! Applications: which there are, in which roles they are run, and what several roles amount to in each.

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use super::settings::POLICIES;
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Flaw, Named, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::{Choice, Field, done, refusals};
use crate::console::refused::Refused;
use crate::console::small_form::{Question, Tick, asked, asks, called, told, up, what};
use crate::console::visit::Visit;
use crate::console::words::{applications as words, frame, person};

document!(
    /// Every application, and every role that one can offer.
    APPLICATIONS,
    "{ applications { id name rolePolicy effectiveRolePolicy roles { id name } } roles { id name } }"
);

#[derive(Deserialize)]
struct Found {
    applications: Vec<Application>,
    roles: Vec<Named>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Application {
    id: String,
    name: Option<String>,
    role_policy: Option<String>,
    effective_role_policy: String,
    roles: Vec<Named>,
}

impl Application {
    fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    fn path(&self) -> String {
        format!("/applications/{}", self.id)
    }
}

pub(super) fn routes() -> Router<Console> {
    Router::new()
        .route("/applications", get(list).post(define))
        .route("/applications/{id}", get(show).post(change))
        .route("/applications/{id}/delete", get(ask))
}

fn defines(visit: &Visit) -> bool {
    visit.holds(Capability::DefineApplications)
}

async fn read(visit: &Visit, id: &str) -> Result<(Application, Vec<Named>), Refused> {
    let found: Found = visit.read(&APPLICATIONS, json!({})).await?;
    let one = found.applications.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)?;
    Ok((one, found.roles))
}

async fn list(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    all(&visit, &Fields::of_query(query.as_deref()), &[]).await
}

async fn all(visit: &Visit, given: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let found: Found = visit.read(&APPLICATIONS, json!({})).await?;
    let title = frame::APPLICATIONS.to(tongue);
    let body = html! {
        div.head { div.heading { h1 { (title) } p.soft { (words::LEAD.to(tongue)) } } }
        (done(visit, told(given, &[("saved", person::SAVED), ("deleted", words::DELETED)])))
        (refusals(visit, flaws, &["name"]))
        div.stack.reading {
            @if found.applications.is_empty() { div.empty { h2 { (words::EMPTY.to(tongue)) } } }
            @else { div.list { (table(visit, &found.applications)) } }
            @if defines(visit) {
                section.card {
                    h2 { (words::NEW.to(tongue)) }
                    (asks(visit, "/applications", "define", &html! { div.fields {
                        (fields(visit, None, &found.roles, given, flaws))
                        div.buttons { button.primary type="submit" { (words::DEFINE.to(tongue)) } }
                    } }))
                }
            }
        }
    };
    Page::titled(title).at(Place::Applications).show(visit, &body).await
}

fn policy<'a>(visit: &Visit, name: &'a str) -> &'a str {
    let known = POLICIES.iter().find(|(known, _)| *known == name);
    known.map_or(name, |(_, text)| text.to(visit.tongue()))
}

fn table(visit: &Visit, applications: &[Application]) -> Markup {
    let tongue = visit.tongue();
    html! {
        div.table-frame { table {
            thead { tr {
                th scope="col" { (words::NAME.to(tongue)) }
                th scope="col" { (frame::ROLES.to(tongue)) }
                th scope="col" { (words::POLICY.to(tongue)) }
            } }
            tbody { @for one in applications { tr {
                td data-column="name" { a.named href=(one.path()) { bdi { (one.label()) } } }
                td data-label=(frame::ROLES.to(tongue)) { span { (visit.number(one.roles.len() as u64)) } }
                td data-label=(words::POLICY.to(tongue)) { span { (policy(visit, &one.effective_role_policy)) } }
            } } }
        } }
    }
}

/// What an application is called, offers, and makes of several roles.
fn fields(
    visit: &Visit,
    now: Option<&Application>,
    roles: &[Named],
    given: &Fields,
    flaws: &[Flaw],
) -> Markup {
    let tongue = visit.tongue();
    let typed = !what(given).is_empty();
    let name = if typed { given.text("name") } else { now.map_or("", Application::label) };
    let chosen = if typed {
        given.text("rolePolicy")
    } else {
        now.and_then(|it| it.role_policy.as_deref()).unwrap_or("")
    };
    let offers = |id: &str| match now {
        Some(now) if !typed => now.roles.iter().any(|role| role.id == id),
        _ => given.all("roleIds").any(|it| it == id),
    };
    let as_set = (String::new(), words::AS_THE_SETTINGS.to(tongue).to_owned());
    let policies = POLICIES.iter().map(|(it, text)| ((*it).to_owned(), text.to(tongue).to_owned()));
    let options = std::iter::once(as_set).chain(policies).collect();
    html! {
        (Field { required: true, ..Field::text("name", words::NAME.to(tongue), name) }.show(visit, flaws))
        (Choice { name: "rolePolicy", label: words::POLICY.to(tongue), value: chosen, required: false, options }.show(visit, flaws))
        fieldset.field {
            legend { (words::OFFERS.to(tongue)) }
            @if roles.is_empty() { p.soft { (words::NO_ROLES.to(tongue)) } }
            div.many tabindex="0" role="group" aria-label=(words::OFFERS.to(tongue)) { @for role in roles {
                (Tick { name: "roleIds", value: &role.id, label: called(role), on: offers(&role.id), hint: None }.show())
            } }
        }
    }
}

fn input(fields: &Fields) -> Value {
    let roles: Vec<&str> = fields.all("roleIds").collect();
    let policy = fields.given("rolePolicy").map_or(Value::Null, Value::from);
    json!({ "name": fields.text("name"), "roleIds": roles, "rolePolicy": policy })
}

async fn define(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    match asked(&visit, &changes::DEFINE_APPLICATION, input(&fields), "/applications?done=saved").await? {
        Ok(response) => Ok(response),
        Err(flaws) => all(&visit, &fields, &flaws).await,
    }
}

async fn show(visit: Visit, Path(id): Path<String>, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, &id, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(visit: &Visit, id: &str, given: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let (one, roles) = read(visit, id).await?;
    let may = defines(visit);
    let body = html! {
        (up(visit, "/applications", frame::APPLICATIONS))
        div.head {
            div.heading { h1 { bdi { (one.label()) } } p.soft { span.code { (one.id) } } }
            @if may { a.button.danger href=(format!("{}/delete", one.path())) { (words::DELETE.to(tongue)) } }
        }
        (done(visit, told(given, &[("saved", person::SAVED)])))
        (refusals(visit, flaws, &["name", "rolePolicy"]))
        div.stack.reading { section.card {
            @if may {
                (asks(visit, &one.path(), "change", &html! { div.fields data-keep {
                    (fields(visit, Some(&one), &roles, given, flaws))
                    p.hint { (words::OFFERED_STAYS.to(tongue)) }
                    div.buttons { button.primary type="submit" { (frame::SAVE.to(tongue)) } }
                } }))
            } @else {
                p { (policy(visit, &one.effective_role_policy)) }
                ul.entries.after { @for role in &one.roles { li { a href=(format!("/roles/{}", role.id)) { bdi { (called(role)) } } } } }
            }
        } }
    };
    Page::titled(one.label()).at(Place::Applications).show(visit, &body).await
}

async fn change(visit: Visit, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let saved = format!("/applications/{id}?done=saved");
    let (change, mut input, to) = match what(&fields) {
        "change" => (&changes::CHANGE_APPLICATION, input(&fields), saved.as_str()),
        "delete" => (&changes::DELETE_APPLICATION, json!({}), "/applications?done=deleted"),
        _ => return Err(Refused::Malformed),
    };
    input["applicationId"] = json!(id);
    match asked(&visit, change, input, to).await? {
        Ok(response) => Ok(response),
        Err(flaws) if what(&fields) == "delete" => question(&visit, &id, &flaws).await,
        Err(flaws) => page(&visit, &id, &fields, &flaws).await,
    }
}

async fn ask(visit: Visit, Path(id): Path<String>) -> Result<Response, Refused> {
    question(&visit, &id, &[]).await
}

async fn question(visit: &Visit, id: &str, flaws: &[Flaw]) -> Result<Response, Refused> {
    visit.person().ok_or(Refused::SignIn)?;
    if !defines(visit) {
        return Err(Refused::Forbidden);
    }
    let tongue = visit.tongue();
    let (one, _) = read(visit, id).await?;
    let title = words::DELETE_QUESTION.with(tongue, &[("name", one.label())]);
    let body = html! { (refusals(visit, flaws, &[])) p { (words::DELETE_TEXT.to(tongue)) } };
    let path = one.path();
    let asked = Question { title: &title, action: &path, what: "delete", button: words::DELETE, back: &path };
    Page::titled(&title).at(Place::Applications).show(visit, &asked.show(visit, &body)).await
}
