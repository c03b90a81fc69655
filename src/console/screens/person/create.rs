//! Creating an agent or a client: one form, all flaws at once (ACC-11). Roles come afterwards (ACC-09).

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::fields::{IDENTITY, Known, is_demanded};
use super::{Kind, went};
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Flaw, Named, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::Page;
use crate::console::parts::{Choice, Field, refusals, token};
use crate::console::refused::Refused;
use crate::console::visit::Visit;
use crate::console::words::{Text, frame, person as words, profile};

document!(
    /// What can be chosen.
    CREATE,
    include_str!("create.graphql")
);

#[derive(Deserialize)]
struct Found {
    #[serde(default)]
    teams: Vec<Named>,
}

/// The profiles that can be given, as the schema names them.
const PROFILES: [(&str, Text); 5] = [
    ("STANDARD", profile::STANDARD),
    ("USER_MANAGER", profile::USER_MANAGER),
    ("ADMINISTRATOR", profile::ADMINISTRATOR),
    ("AUDITOR", profile::AUDITOR),
    ("COMPLIANCE_OFFICER", profile::COMPLIANCE_OFFICER),
];

const CHOICES: [&str; 3] = ["password", "team", "accessProfile"];

pub(super) fn routes(kind: Kind) -> Router<Console> {
    let path = format!("{}/new", kind.path());
    Router::new().route(
        &path,
        get(move |visit: Visit| async move { form(kind, &visit, &Fields::default(), &[]).await })
            .post(move |visit, fields| create(kind, visit, fields)),
    )
}

pub(super) fn profiles(visit: &Visit) -> Vec<(String, String)> {
    PROFILES.iter().map(|(name, text)| ((*name).to_owned(), text.to(visit.tongue()).to_owned())).collect()
}

async fn form(kind: Kind, visit: &Visit, given: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    if !visit.holds(Capability::ManageUsers) {
        return Err(Refused::Forbidden);
    }
    let tongue = visit.tongue();
    let found: Found = visit.read(&CREATE, json!({ "teams": visit.holds(Capability::SeeTeams) })).await?;
    let title = match kind {
        Kind::Agents => words::CREATE_AGENT.to(tongue),
        Kind::Clients => words::CREATE_CLIENT.to(tongue),
    };
    let known: Vec<&str> = IDENTITY.iter().map(|field| field.name).chain(CHOICES).collect();
    let once = visit.directory().identities().command(visit.directory().now());
    let once = given.given("once").map_or_else(|| once.to_string(), str::to_owned);
    let body = html! {
        div.head { h1 { (title) } }
        (refusals(visit, flaws, &known))
        form.stack.reading method="post" action=(format!("{}/new", kind.path())) data-keep {
            (token(visit))
            // Sent twice, made once.
            input type="hidden" name="once" value=(once);
            fieldset.card {
                legend.unseen { (words::IDENTITY.to(tongue)) }
                h2 aria-hidden="true" { (words::IDENTITY.to(tongue)) }
                div.fields.two {
                    @for field in &IDENTITY { (one(visit, given, field, flaws)) }
                    (Field::password("password", frame::PASSWORD.to(tongue), "new-password").show(visit, flaws))
                }
            }
            fieldset.card {
                legend.unseen { (words::ORGANISATION.to(tongue)) }
                h2 aria-hidden="true" { (words::ORGANISATION.to(tongue)) }
                (place(visit, kind, given, &found, flaws))
            }
            p.small.soft { (frame::REQUIRED_NOTE.to(tongue)) " " (words::ROLES_LATER.to(tongue)) }
            div.buttons.foot {
                button.primary type="submit" { (words::CREATE.to(tongue)) }
                a.button href=(kind.path()) { (frame::CANCEL.to(tongue)) }
            }
        }
    };
    Page::titled(title).at(kind.place()).show(visit, &body).await
}

fn one(visit: &Visit, given: &Fields, field: &Known, flaws: &[Flaw]) -> Markup {
    let label = profile::field(field.name).map_or(field.name, |text| text.to(visit.tongue()));
    // ACC-07: a full name is asked for, though programs may give its parts.
    let required = is_demanded(field.name) || field.name == "fullName";
    Field { kind: field.kind, required, ..Field::text(field.name, label, given.text(field.name)) }
        .show(visit, flaws)
}

/// Team (UI-09), access profile for who may give one, and what goes with the creation.
fn place(visit: &Visit, kind: Kind, given: &Fields, found: &Found, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let teams = found
        .teams
        .iter()
        .map(|team| (team.id.clone(), team.name.clone().unwrap_or_else(|| team.id.clone())));
    let none = (String::new(), words::NO_TEAM.to(tongue).to_owned());
    let teams: Vec<(String, String)> = std::iter::once(none).chain(teams).collect();
    let tick = |name: &str, text: Text| {
        html! { label.check {
            input type="checkbox" name=(name) value="true" checked[given.has(name)];
            span { (text.to(tongue)) }
        } }
    };
    html! {
        div.fields.two {
            @if teams.len() > 1 {
                (Choice { name: "team", label: words::TEAM.to(tongue), value: given.text("team"), required: false, options: teams }.show(visit, flaws))
            }
            @if kind == Kind::Agents && visit.holds(Capability::AssignAccessProfiles) {
                @let value = given.given("accessProfile").unwrap_or("STANDARD");
                (Choice { name: "accessProfile", label: words::ACCESS_PROFILE.to(tongue), value, required: false, options: profiles(visit) }.show(visit, flaws))
            }
            div.whole {
                (tick("emailVerified", words::EMAIL_VERIFIED))
                (tick("sendWelcomeEmail", words::WELCOME))
            }
        }
    }
}

async fn create(kind: Kind, visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let mut input = Map::new();
    input.insert("kind".to_owned(), json!(kind.name()));
    let typed = IDENTITY.iter().map(|field| field.name).chain(CHOICES);
    for name in typed {
        // What the schema demands is sent as it is, so that the schema says what is wrong with it.
        if is_demanded(name) || fields.given(name).is_some() {
            input.insert(name.to_owned(), json!(fields.text(name)));
        }
    }
    // AUT-13: programs may leave the password out, people may not.
    input.entry("password").or_insert_with(|| json!(fields.text("password")));
    input.entry("fullName").or_insert_with(|| json!(fields.text("fullName")));
    for tick in ["emailVerified", "sendWelcomeEmail"] {
        input.insert(tick.to_owned(), json!(fields.has(tick)));
    }
    input.insert("idempotencyKey".to_owned(), fields.given("once").map_or(Value::Null, Value::from));
    match visit.change(&changes::CREATE_USER, input.into()).await? {
        Ok(done) => {
            let id = done["user"]["id"].as_str().ok_or(Refused::Unavailable)?;
            Ok(went(id, "", "created"))
        }
        Err(flaws) => form(kind, &visit, &fields, &flaws).await,
    }
}
