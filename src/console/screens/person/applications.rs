//! Which applications a user may run, and in which of the roles held: a form for each (ROL-08).

use axum::extract::{Path, RawQuery};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Part, Person, read, shown, told};
use crate::access::Capability;
use crate::console::ask::{Flaw, Named, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::parts::refusals;
use crate::console::refused::Refused;
use crate::console::rights::Deeds;
use crate::console::small_form::{Tick, asked, asks, called, up};
use crate::console::visit::Visit;
use crate::console::words::{Text, applications as words, frame, person as person_words};

document!(
    /// What a user holds and runs, and what there is to run.
    ACCESS,
    include_str!("applications.graphql")
);

#[derive(Deserialize)]
struct Found {
    user: Option<Own>,
    applications: Vec<Application>,
}

#[derive(Deserialize)]
struct Own {
    held: Vec<Named>,
    applications: Vec<Access>,
}

#[derive(Deserialize)]
struct Access {
    application: OnlyId,
    roles: Vec<OnlyId>,
}

#[derive(Deserialize)]
struct OnlyId {
    id: String,
}

#[derive(Deserialize)]
struct Application {
    id: String,
    name: Option<String>,
    roles: Vec<OnlyId>,
}

pub(super) async fn show(
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    let query = Fields::of_query(query.as_deref());
    page(&visit, &id, told(query.text("done")), &[]).await
}

async fn page(visit: &Visit, id: &str, done: Option<Text>, flaws: &[Flaw]) -> Result<Response, Refused> {
    visit.person().ok_or(Refused::SignIn)?;
    if !visit.holds(Capability::SeeRoles) {
        return Err(Refused::Forbidden);
    }
    let (_, person) = read(visit, id, Part::Head, Value::Null).await?;
    let found: Found = visit.read(&ACCESS, json!({ "id": id })).await?;
    let own = found.user.ok_or(Refused::NotFound)?;
    let may = Deeds::of(visit, person.key()?).assign_access && !person.deleted;
    let tongue = visit.tongue();
    let body = html! {
        (up(visit, &format!("{}/access", person.path()), person_words::ACCESS))
        (refusals(visit, flaws, &[]))
        h2 { (words::ACCESS.to(tongue)) }
        p.soft { (words::ACCESS_LEAD.to(tongue)) }
        @if found.applications.is_empty() { p.soft { (words::EMPTY.to(tongue)) } }
        @for one in &found.applications { (card(visit, &person, &own, one, may)) }
    };
    shown(visit, &person, "/access", done, &body).await
}

fn card(visit: &Visit, person: &Person, own: &Own, one: &Application, may: bool) -> Markup {
    let tongue = visit.tongue();
    let runs = own.applications.iter().find(|access| access.application.id == one.id);
    let offered: Vec<&Named> =
        own.held.iter().filter(|role| one.roles.iter().any(|it| it.id == role.id)).collect();
    let has = |role: &Named| runs.is_some_and(|access| access.roles.iter().any(|it| it.id == role.id));
    html! {
        section.card {
            h2 { bdi { (one.name.as_deref().unwrap_or(&one.id)) } }
            @if offered.is_empty() { p.soft { (words::NOTHING_TO_GIVE.to(tongue)) } }
            @else if may {
                (asks(visit, &format!("{}/applications", person.path()), &one.id, &html! {
                    @for role in &offered {
                        (Tick { name: "roles", value: &role.id, label: called(role), on: has(role), hint: None }.show())
                    }
                    button.small type="submit" { (frame::SAVE.to(tongue)) }
                }))
            } @else { ul.entries { @for role in offered.iter().filter(|role| has(role)) { li { bdi { (called(role)) } } } } }
        }
    }
}

pub(super) async fn change(
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refused> {
    let application = crate::console::small_form::what(&fields);
    let roles: Vec<&str> = fields.all("roles").collect();
    let (change, input) = if roles.is_empty() {
        (&changes::REVOKE_APPLICATION_ACCESS, json!({ "userId": id, "applicationIds": [application] }))
    } else {
        let access = json!([{ "applicationId": application, "roleIds": roles }]);
        (&changes::GRANT_APPLICATION_ACCESS, json!({ "userId": id, "access": access }))
    };
    match asked(&visit, change, input, &format!("/people/{id}/applications?done=saved")).await? {
        Ok(response) => Ok(response),
        Err(flaws) => page(&visit, &id, None, &flaws).await,
    }
}
