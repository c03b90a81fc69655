//! Entering a masking request: three keys that must belong together (MSK-03), a legal basis, a ticket, how much,
//! and which masks; looked at before it is sent.

use axum::Router;
use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde_json::{Map, Value, json};

use super::preview::{self, Preview};
use super::shown_alone;
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::Flaw;
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::parts::{Choice, Field, refusals, token};
use crate::console::refused::Refused;
use crate::console::visit::Visit;
use crate::console::words::{Text, frame, privacy as words, privacy_words, profile};

/// The fields that have refusals of their own.
const FIELDS: [&str; 8] =
    ["userId", "username", "email", "mode", "legalBasis", "ticket", "usernameFormat", "emailFormat"];

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/privacy/requests/new", get(show).post(run))
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    form(&visit, &Fields::of_query(query.as_deref()), &[], None).await
}

async fn form(
    visit: &Visit,
    given: &Fields,
    flaws: &[Flaw],
    looked: Option<&Preview>,
) -> Result<Response, Refused> {
    super::demand(visit, Capability::MaskPeople)?;
    let tongue = visit.tongue();
    let once = visit.directory().identities().command(visit.directory().now());
    let once = given.given("once").map_or_else(|| once.to_string(), str::to_owned);
    let body = html! {
        (refusals(visit, flaws, &FIELDS))
        form.stack method="post" action="/privacy/requests/new" data-keep {
            (token(visit))
            // Sent twice, entered once.
            input type="hidden" name="once" value=(once);
            section.card {
                h2 { (words::THREE_KEYS.to(tongue)) }
                p.soft { (words::THREE_KEYS_LEAD.to(tongue)) }
                div.fields.two { (keys(visit, given, flaws)) }
            }
            section.card {
                h2 { (words::WHY_AND_HOW.to(tongue)) }
                div.fields.two {
                    (choice(visit, given, flaws, "legalBasis", words::LEGAL_BASIS, privacy_words::BASES))
                    (Field { required: true, hint: Some(words::TICKET_HINT.to(tongue)),
                        ..Field::text("ticket", words::TICKET.to(tongue), given.text("ticket")) }.show(visit, flaws))
                    (choice(visit, given, flaws, "mode", words::MODE, privacy_words::MODES))
                    (choice(visit, given, flaws, "usernameFormat", words::USERNAME_MASK, privacy_words::USERNAME_MASKS))
                    (choice(visit, given, flaws, "emailFormat", words::EMAIL_MASK, privacy_words::EMAIL_MASKS))
                }
                p.hint.after { (words::MASKS_NOTE.to(tongue)) }
            }
            @if let Some(looked) = looked { (preview::show(visit, looked, given.text("mode"))) }
            div.buttons.foot {
                button.primary type="submit" { (words::ENTER.to(tongue)) }
                button type="submit" name="preview" value="true" { (words::SHOW_PREVIEW.to(tongue)) }
                a.button href="/privacy/requests" { (frame::CANCEL.to(tongue)) }
            }
        }
    };
    let title = words::ENTER_TITLE.to(tongue);
    shown_alone(visit, ("/privacy/requests", words::REQUESTS), title, None, &body).await
}

fn keys(visit: &Visit, given: &Fields, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let field = |name, label: Text, required| Field {
        required,
        ..Field::text(name, label.to(tongue), given.text(name))
    };
    html! {
        (Field { hint: Some(words::PRIMARY_ID_HINT.to(tongue)), ..field("userId", words::PRIMARY_ID, true) }.show(visit, flaws))
        (field("username", profile::USERNAME, false).show(visit, flaws))
        (field("email", profile::EMAIL, false).show(visit, flaws))
    }
}

fn choice(
    visit: &Visit,
    given: &Fields,
    flaws: &[Flaw],
    name: &str,
    label: Text,
    all: &[(&str, Text)],
) -> Markup {
    let tongue = visit.tongue();
    let options = all.iter().map(|(value, text)| ((*value).to_owned(), text.to(tongue).to_owned()));
    Choice {
        name,
        label: label.to(tongue),
        value: given.text(name),
        required: true,
        options: options.collect(),
    }
    .show(visit, flaws)
}

/// What goes to the schema: blank keys are left out, which the rule judges.
fn input(fields: &Fields) -> Map<String, Value> {
    let mut input = Map::new();
    input.insert("userId".to_owned(), json!(fields.text("userId").trim()));
    for name in ["username", "email", "mode", "usernameFormat", "emailFormat"] {
        input.extend(fields.given(name).map(|value| (name.to_owned(), json!(value))));
    }
    input
}

async fn run(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    super::demand(&visit, Capability::MaskPeople)?;
    let mut input = input(&fields);
    if fields.has("preview") {
        return match preview::read(&visit, input.into()).await? {
            Ok(looked) => form(&visit, &fields, &[], Some(&looked)).await,
            Err(flaw) => form(&visit, &fields, &[flaw], None).await,
        };
    }
    input.insert("legalBasis".to_owned(), json!(fields.text("legalBasis")));
    input.insert("ticket".to_owned(), json!(fields.text("ticket")));
    input.insert("idempotencyKey".to_owned(), fields.given("once").map_or(Value::Null, Value::from));
    match visit.change(&changes::REQUEST_MASKING, input.into()).await? {
        Ok(done) => {
            let id = done["request"]["id"].as_str().ok_or(Refused::Unavailable)?;
            Ok(Redirect::to(&format!("/privacy/requests/{id}?done=entered")).into_response())
        }
        Err(flaws) => form(&visit, &fields, &flaws, None).await,
    }
}
