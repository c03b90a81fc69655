//! Changing a profile. The form carries what it showed, so that only what was touched is sent, and what somebody
//! else changed meanwhile is shown as a difference and not overwritten.

use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use rollbook_schema::RejectionCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::account::profile::set_picture;
use super::super::account::version;
use super::fields::{GROUPS, Known};
use super::{ProfileRow, key, tab, went};
use crate::console::ask::{Flaw, document};
use crate::console::changes;
use crate::console::difference::{self, Differs};
use crate::console::form::Fields;
use crate::console::page::Page;
use crate::console::parts::{Field, refusals, token};
use crate::console::refused::Refused;
use crate::console::upload::Upload;
use crate::console::visit::Visit;
use crate::console::words::{frame, person as words, profile};

document!(
    /// A profile, whole.
    EDIT,
    include_str!("edit.graphql")
);

#[derive(Deserialize)]
struct Found {
    user: Option<Now>,
}

/// The user as of now.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Now {
    id: String,
    kind: String,
    label: String,
    version: u64,
    editable: bool,
    managed_elsewhere: bool,
    profile_rows: Vec<ProfileRow>,
}

impl Now {
    fn has(&self, field: &str) -> bool {
        self.profile_rows.iter().any(|row| row.name == field)
    }

    fn value(&self, field: &str) -> &str {
        let row = self.profile_rows.iter().find(|row| row.name == field);
        row.and_then(|row| row.value.as_deref()).unwrap_or_default()
    }
}

/// What was typed, and what the form had shown before.
struct Typed<'a>(&'a Fields);

impl Typed<'_> {
    fn was(&self, field: &str) -> &str {
        self.0.text(&format!("was.{field}"))
    }

    fn is_touched(&self, field: &str) -> bool {
        // A browser sends the ends of lines in its own way.
        self.0.has(field)
            && self.0.text(field).replace("\r\n", "\n").trim() != self.was(field).replace("\r\n", "\n").trim()
    }
}

async fn read(visit: &Visit, id: &str) -> Result<Now, Refused> {
    key(id)?;
    let found: Found = visit.read(&EDIT, json!({ "id": id })).await?;
    let now = found.user.ok_or(Refused::NotFound)?;
    if now.editable && !now.managed_elsewhere { Ok(now) } else { Err(Refused::Forbidden) }
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Refused> {
    let now = read(&visit, &id).await?;
    form(&visit, &now, None, &[]).await
}

async fn form(
    visit: &Visit,
    now: &Now,
    typed: Option<&Typed<'_>>,
    flaws: &[Flaw],
) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let title = format!("{}: {}", words::EDIT.to(tongue), now.label);
    let path = format!("/people/{}", now.id);
    let all: Vec<&str> =
        GROUPS.iter().flat_map(|(_, fields)| fields.iter().map(|field| field.name)).collect();
    let is_conflict = flaws.iter().any(|flaw| flaw.is(RejectionCode::VersionConflict));
    let others: Vec<Flaw> =
        flaws.iter().filter(|flaw| !flaw.is(RejectionCode::VersionConflict)).cloned().collect();
    let body = html! {
        div.head { h1 { bdi { (title) } } }
        @if is_conflict { @if let Some(typed) = typed { (differences(visit, now, typed)) } }
        (refusals(visit, &others, &all))
        form.stack.reading method="post" action=(format!("{path}/edit")) data-keep {
            (token(visit))
            input type="hidden" name="version" value=(now.version);
            @for (title, fields) in GROUPS {
                @let there: Vec<&Known> = fields.iter().filter(|field| now.has(field.name)).collect();
                @if !there.is_empty() {
                    fieldset.card {
                        legend.unseen { (title.to(tongue)) }
                        h2 aria-hidden="true" { (title.to(tongue)) }
                        div.fields.two { @for field in there { (one(visit, now, typed, field, &others)) } }
                    }
                }
            }
            p.small.soft { (frame::REQUIRED_NOTE.to(tongue)) }
            div.buttons.foot {
                button.primary type="submit" { (frame::SAVE.to(tongue)) }
                a.button href=(path) { (frame::CANCEL.to(tongue)) }
            }
        }
    };
    let kind = if now.kind == "CLIENT" { super::Kind::Clients } else { super::Kind::Agents };
    Page::titled(title).at(kind.place()).show(visit, &body).await
}

fn one(visit: &Visit, now: &Now, typed: Option<&Typed<'_>>, field: &Known, flaws: &[Flaw]) -> Markup {
    let label = profile::field(field.name).map_or(field.name, |text| text.to(visit.tongue()));
    let current = now.value(field.name);
    let value =
        typed.filter(|typed| typed.is_touched(field.name)).map_or(current, |typed| typed.0.text(field.name));
    // "Cannot be emptied", says the schema of these.
    let required = matches!(field.name, "email")
        || (matches!(field.name, "fullName" | "displayName" | "username") && !current.is_empty());
    html! {
        div.whole[field.kind == "lines"] {
            (Field { kind: field.kind, required, ..Field::text(field.name, label, value) }.show(visit, flaws))
            input type="hidden" name=(format!("was.{}", field.name)) value=(current);
        }
    }
}

/// What somebody else changed while the form was open.
fn differences(visit: &Visit, now: &Now, typed: &Typed<'_>) -> Markup {
    let tongue = visit.tongue();
    let fields = GROUPS.iter().flat_map(|(_, fields)| fields.iter());
    let differ: Vec<&Known> = fields
        .filter(|field| typed.0.has(field.name))
        .filter(|field| typed.was(field.name) != now.value(field.name) || typed.is_touched(field.name))
        .collect();
    let rows: Vec<Differs<'_>> = differ
        .into_iter()
        .map(|field| Differs {
            label: profile::field(field.name).map_or(field.name, |text| text.to(tongue)),
            was: typed.was(field.name).to_owned(),
            now: now.value(field.name).to_owned(),
            yours: typed.is_touched(field.name).then(|| typed.0.text(field.name).to_owned()),
        })
        .collect();
    difference::difference(visit, &now.label, &rows)
}

pub(super) async fn save(visit: Visit, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let typed = Typed(&fields);
    let mut input = Map::new();
    for field in GROUPS.iter().flat_map(|(_, fields)| fields.iter()) {
        if typed.is_touched(field.name) {
            input.insert(field.name.to_owned(), fields.given(field.name).map_or(Value::Null, Value::from));
        }
    }
    if input.is_empty() {
        // HIS-09: nothing was touched, and nothing is asked.
        return Ok(went(&id, "", "saved"));
    }
    input.insert("userId".to_owned(), json!(id));
    input.insert("expectedVersion".to_owned(), version(&fields));
    match visit.change(&changes::CHANGE_PROFILE, input.into()).await? {
        Ok(_) => Ok(went(&id, "", "saved")),
        Err(flaws) => {
            let now = read(&visit, &id).await?;
            form(&visit, &now, Some(&typed), &flaws).await
        }
    }
}

pub(super) async fn save_options(
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refused> {
    let chats = match fields.given("maxChats").map(|text| text.trim().parse::<i32>()) {
        None => Value::Null,
        Some(Ok(chats)) => json!(chats),
        Some(Err(_)) => return Err(Refused::Malformed),
    };
    let input = json!({ "userId": id, "maxChats": chats, "expectedVersion": version(&fields) });
    match visit.change(&changes::CHANGE_CHAT_LIMIT, input).await? {
        Ok(_) => Ok(went(&id, "/options", "saved")),
        Err(flaws) => tab::options_page(&visit, &id, None, &in_chats(flaws)).await,
    }
}

fn in_chats(flaws: Vec<Flaw>) -> Vec<Flaw> {
    flaws.into_iter().map(|flaw| flaw.moved_to("maxChats")).collect()
}

pub(super) async fn save_picture(
    visit: Visit,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Response, Refused> {
    match set_picture(&visit, &id, &upload).await? {
        Ok(_) => Ok(went(&id, "/options", "saved")),
        Err(flaws) => tab::options_page(&visit, &id, None, &flaws).await,
    }
}

pub(super) async fn remove_picture(
    visit: Visit,
    Path(id): Path<String>,
    _fields: Fields,
) -> Result<Response, Refused> {
    match visit.change(&changes::REMOVE_AVATAR, json!({ "userId": id })).await? {
        Ok(_) => Ok(went(&id, "/options", "saved")),
        Err(flaws) => tab::options_page(&visit, &id, None, &flaws).await,
    }
}
