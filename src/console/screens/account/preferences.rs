//! How things are shown to oneself (PRF-01 to PRF-08).

use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{own_id, shown, told, version};
use crate::console::ask::{Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::parts::{Choice, Field, refusals, token};
use crate::console::refused::Refused;
use crate::console::visit::Visit;
use crate::console::words::{Text, account as words, frame, profile};

document!(
    /// The own preferences.
    PREFERENCES,
    include_str!("preferences.graphql")
);

#[derive(Deserialize)]
struct Found {
    me: Option<Own>,
}

#[derive(Deserialize)]
struct Own {
    version: u64,
    kind: String,
    preferences: Map<String, Value>,
}

/// Field, and its closed list.
const CHOICES: [(&str, &[(&str, Text)]); 3] = [
    ("dateOrder", &[("DMY", profile::DMY), ("MDY", profile::MDY), ("YMD", profile::YMD)]),
    ("dateSeparator", &[("SLASH", profile::SLASH), ("DOT", profile::DOT)]),
    ("timeFormat", &[("H24", profile::H24), ("H12", profile::H12)]),
];

const NAMES: [&str; 8] = [
    "dateOrder",
    "dateSeparator",
    "timeFormat",
    "timeZone",
    "locale",
    "language",
    "signOffNotificationsDisabled",
    "accessibilityMode",
];

pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, query.as_deref(), &[], None).await
}

async fn page(
    visit: &Visit,
    query: Option<&str>,
    flaws: &[Flaw],
    given: Option<&Fields>,
) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let found: Found = visit.read(&PREFERENCES, json!({})).await?;
    let own = found.me.ok_or(Refused::SignIn)?;
    let value = |name: &str| -> String {
        match given {
            Some(given) => given.text(name).to_owned(),
            None => own.preferences.get(name).and_then(Value::as_str).unwrap_or_default().to_owned(),
        }
    };
    let ticked = |name: &str| match given {
        Some(given) => given.has(name),
        None => own.preferences.get(name).and_then(Value::as_bool) == Some(true),
    };
    let label = |name: &str| profile::field(name).map_or("", |text| text.to(tongue));
    let body = html! {
        section.card {
            (refusals(visit, flaws, &NAMES))
            form.fields.two method="post" action="/account/preferences" data-keep {
                (token(visit))
                input type="hidden" name="version" value=(own.version);
                @for (name, options) in CHOICES {
                    @let options = options.iter().map(|(it, text)| ((*it).to_owned(), text.to(tongue).to_owned())).collect();
                    (Choice { name, label: label(name), value: &value(name), required: false, options }.show(visit, flaws))
                }
                @let zone = value("timeZone");
                (Field { hint: Some(words::ZONE_HINT.to(tongue)), ..Field::text("timeZone", label("timeZone"), &zone) }.show(visit, flaws))
                @let locale = value("locale");
                (Field { hint: Some(words::REGION_HINT.to(tongue)), ..Field::text("locale", label("locale"), &locale) }.show(visit, flaws))
                // PRF-07: with one language there is no choice.
                @if offers_languages(visit) {
                    (Choice { name: "language", label: label("language"), value: &value("language"), required: false, options: languages(visit) }.show(visit, flaws))
                }
                div.whole {
                    @if own.kind == "AGENT" { (tick(label("signOffNotificationsDisabled"), "signOffNotificationsDisabled", ticked("signOffNotificationsDisabled"), None)) }
                    (tick(label("accessibilityMode"), "accessibilityMode", ticked("accessibilityMode"), Some(words::ACCESSIBILITY_HINT.to(tongue))))
                }
                div.buttons.whole { button.primary type="submit" { (frame::SAVE.to(tongue)) } }
            }
        }
    };
    shown(visit, "/account/preferences", told(query), &body).await
}

fn tick(label: &str, name: &str, on: bool, hint: Option<&str>) -> maud::Markup {
    html! {
        label.check {
            input type="checkbox" name=(name) value="true" checked[on];
            span { (label) @if let Some(hint) = hint { " " span.hint { (hint) } } }
        }
    }
}

fn offers_languages(visit: &Visit) -> bool {
    visit.directory().settings().languages.len() != 1
}

/// The languages of the company, or those that the console speaks.
fn languages(visit: &Visit) -> Vec<(String, String)> {
    let tongue = visit.tongue();
    let named = |tag: &str| match tag {
        "en" => profile::ENGLISH.to(tongue).to_owned(),
        "de" => profile::GERMAN.to(tongue).to_owned(),
        tag => tag.to_owned(),
    };
    let settings = visit.directory().settings();
    let mut tags: Vec<String> = settings.languages.iter().map(|tag| tag.as_str().to_owned()).collect();
    if tags.is_empty() {
        tags = vec!["en".to_owned(), "de".to_owned()];
    }
    let own = visit.preferences().language.as_ref().map(|tag| tag.as_str().to_owned());
    tags.extend(own.filter(|own| !tags.contains(own)).into_iter().collect::<Vec<_>>());
    let chosen = tags.into_iter().map(|tag| (tag.clone(), named(&tag)));
    std::iter::once((String::new(), words::BROWSER_LANGUAGE.to(tongue).to_owned())).chain(chosen).collect()
}

pub(super) async fn save(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let mut input = Map::new();
    input.insert("userId".to_owned(), json!(own_id(&visit)?));
    input.insert("expectedVersion".to_owned(), version(&fields));
    for name in NAMES {
        match name {
            "signOffNotificationsDisabled" | "accessibilityMode" => {
                input.insert(name.to_owned(), json!(fields.has(name)));
            }
            name if fields.has(name) => {
                input.insert(name.to_owned(), fields.given(name).map_or(Value::Null, Value::from));
            }
            _ => {}
        }
    }
    let is_agent =
        visit.person().is_some_and(|person| person.kind == rollbook_schema::value::UserKind::Agent);
    if !is_agent {
        input.remove("signOffNotificationsDisabled");
    }
    match visit.change(&changes::CHANGE_PREFERENCES, input.into()).await? {
        Ok(_) => Ok(Redirect::to("/account/preferences?done=saved").into_response()),
        Err(flaws) => page(&visit, None, &flaws, Some(&fields)).await,
    }
}
