//! The tabs of a user that are looked at. Empty fields have no row (PRO-22, UI-08).

use axum::extract::{Path, RawQuery};
use axum::response::Response;
use maud::{Markup, html};
use serde_json::{Value, json};

use super::super::account::profile::picture_form;
use super::super::account::{security, window};
use super::{Part, Person, read, refused_at_once, shown, told, went};
use crate::console::ask::Flaw;
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::parts::{Field, refusals, token};
use crate::console::refused::Refused;
use crate::console::rights::Deeds;
use crate::console::timeline;
use crate::console::visit::Visit;
use crate::console::words::{frame, person as words, profile as fields};

/// A row, unless it is empty.
fn row(label: &str, value: Option<&str>) -> Markup {
    html! {
        @if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            div { dt { (label) } dd { bdi { (value) } } }
        }
    }
}

pub(super) async fn profile(
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    let (_, person) = read(&visit, &id, Part::Profile, Value::Null).await?;
    let query = Fields::of_query(query.as_deref());
    shown(&visit, &person, "", told(query.text("done")), &profile_of(&visit, &person)).await
}

pub(super) fn profile_of(visit: &Visit, person: &Person) -> Markup {
    let tongue = visit.tongue();
    html! {
        section.card {
            dl.rows {
                @for known in person.profile_rows.iter().filter(|row| row.name != "signature") {
                    @let label = fields::field(&known.name).map_or(known.name.as_str(), |text| text.to(tongue));
                    (row(label, known.value.as_deref()))
                }
                @if let Some(above) = &person.reports_to {
                    div { dt { (fields::REPORTS_TO.to(tongue)) }
                        dd { a href=(format!("/people/{}", above.id)) { bdi { (above.label) } } } }
                }
                @for attribute in &person.attributes {
                    (row(attribute.definition.label.as_deref().unwrap_or_default(), attribute.value.as_deref()))
                }
            }
        }
    }
}

pub(super) async fn options(
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    let query = Fields::of_query(query.as_deref());
    options_page(&visit, &id, told(query.text("done")), &[]).await
}

/// Picture, signature, preferences, chats (PRO-17, UI-06).
pub(super) async fn options_page(
    visit: &Visit,
    id: &str,
    done: Option<crate::console::words::Text>,
    flaws: &[Flaw],
) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let (_, person) = read(visit, id, Part::Options, Value::Null).await?;
    let deeds = Deeds::of(visit, person.key()?);
    let may_change = deeds.change_picture && !person.deleted && !person.managed_elsewhere;
    let body = html! {
        @if may_change {
            (picture_form(visit, &format!("{}/picture", person.path()), &person.label, person.avatar_url.as_deref(), flaws))
        }
        @if let Some(signature) = &person.signature {
            section.card { h2 { (words::SIGNATURE.to(tongue)) } p.lines { bdi { (signature) } } }
        }
        @if let Some(preferences) = &person.preferences {
            section.card {
                h2 { (words::PREFERENCES.to(tongue)) }
                dl.rows {
                    @for (name, value) in preferences {
                        @let label = fields::field(name).map_or(name.as_str(), |text| text.to(tongue));
                        (row(label, preference(tongue, value).as_deref()))
                    }
                }
            }
        }
        @if person.kind == "AGENT" && deeds.lock && may_change { (chats(visit, &person, flaws)) }
    };
    shown(visit, &person, "/options", done, &body).await
}

fn preference(tongue: crate::console::words::Tongue, value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(timeline::value(tongue, text).to_owned()),
        Value::Bool(is) => Some(timeline::value(tongue, &is.to_string()).to_owned()),
        _ => None,
    }
}

fn chats(visit: &Visit, person: &Person, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let own = person.max_chats.map(|chats| chats.to_string()).unwrap_or_default();
    let effective = person.effective_max_chats.unwrap_or_default().to_string();
    let hint = words::CHATS_HINT.with(tongue, &[("count", &effective)]);
    let flaws: Vec<Flaw> = flaws.iter().filter(|flaw| flaw.field() == Some("maxChats")).cloned().collect();
    html! {
        section.card {
            h2 { (words::CHATS.to(tongue)) }
            (refusals(visit, &flaws, &["maxChats"]))
            form.fields.slim method="post" action=(format!("{}/options", person.path())) {
                (token(visit))
                input type="hidden" name="version" value=(person.version);
                (Field { kind: "number", hint: Some(&hint), ..Field::text("maxChats", words::CHATS.to(tongue), &own) }.show(visit, &flaws))
                div.buttons { button type="submit" { (frame::SAVE.to(tongue)) } }
            }
        }
    }
}

pub(super) async fn security(
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let (_, person) = read(&visit, &id, Part::Security, Value::Null).await?;
    let query = Fields::of_query(query.as_deref());
    let moment = |at: &Option<String>| at.as_deref().map(|at| visit.moment(at));
    let word = |name: &str| fields::word(name).map_or(name.to_owned(), |text| text.to(tongue).to_owned());
    let ends = Deeds::of(&visit, person.key()?).end_sessions;
    let body = html! {
        section.card {
            h2 { (words::STATE.to(tongue)) }
            dl.rows {
                (row(words::CREATED_AT.to(tongue), moment(&Some(person.created_at.clone())).as_deref()))
                (row(words::LAST_IN.to(tongue), moment(&person.last_sign_in_at).as_deref()))
                (row(words::LAST_OUT.to(tongue), moment(&person.last_sign_out_at).as_deref()))
                (row(words::LOCKED_UNTIL.to(tongue), moment(&person.locked_until).as_deref()))
                (row(words::KEPT_IN.to(tongue), Some(&word(&person.source))))
                (row(words::ACCESS_PROFILE.to(tongue), Some(&word(&person.access_profile))))
            }
        }
        @if let Some(sessions) = &person.sessions {
            section.card {
                h2 { (words::SESSIONS.to(tongue)) }
                @if sessions.is_empty() { p.soft { (words::NO_SESSIONS.to(tongue)) } }
                @if ends {
                    (security::sessions(&visit, sessions, &format!("{}/sessions", person.path())))
                }
            }
        }
    };
    shown(&visit, &person, "/security", told(query.text("done")), &body).await
}

/// Ends one session, or all.
pub(super) async fn end_sessions(
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refused> {
    let changed = match fields.given("session") {
        Some(session) => visit.change(&changes::END_SESSION, json!({ "sessionId": session })).await?,
        None => visit.change(&changes::END_SESSIONS, json!({ "userId": id })).await?,
    };
    match changed {
        Ok(_) => Ok(went(&id, "/security", "saved")),
        Err(flaws) => refused_at_once(&visit, &id, &flaws).await,
    }
}

pub(super) async fn history(
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    let query = Fields::of_query(query.as_deref());
    let (_, person) = read(&visit, &id, Part::History, window(&query)).await?;
    let Some(history) = &person.history else { return Err(Refused::Forbidden) };
    let body = html! {
        (timeline::followed(&visit, history))
        (timeline::turns(&visit, &history.page_info, &format!("{}/history", person.path())))
    };
    shown(&visit, &person, "/history", None, &body).await
}
