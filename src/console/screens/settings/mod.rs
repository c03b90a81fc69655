//! What the company chose: every setting with what it means, in [`fields`], and one form that sends what was
//! touched ([`typed`]). What somebody else changed meanwhile is shown as a difference and not overwritten.

mod fields;
mod typed;

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use rollbook_schema::RejectionCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use self::fields::{Control, GROUPS, Setting, all};
use self::typed::{differences, is_touched};
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Flaw, Named, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::{Choice, Field, done, refusals};
use crate::console::refused::Refused;
use crate::console::screens::account::version;
use crate::console::small_form::{Tick, asked, asks, called, told, what};
use crate::console::visit::Visit;
use crate::console::words::{frame, person, settings as words};

pub(super) use self::fields::POLICIES;

document!(
    /// The settings in force.
    SETTINGS,
    include_str!("settings.graphql")
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    settings: Map<String, Value>,
    default_max_chats: u64,
    #[serde(default)]
    teams: Vec<Named>,
}

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/settings", get(show).post(change))
}

async fn read(visit: &Visit) -> Result<Found, Refused> {
    visit.read(&SETTINGS, json!({ "teams": visit.holds(Capability::SeeTeams) })).await
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, &Fields::of_query(query.as_deref()), &[]).await
}

/// A value as a field shows it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

async fn page(visit: &Visit, given: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let found = read(visit).await?;
    let title = frame::SETTINGS.to(tongue);
    let names: Vec<&str> = all().map(|setting| setting.name).chain(["maxChats"]).collect();
    let may = visit.holds(Capability::ChangeSettings);
    let is_conflict = flaws.iter().any(|flaw| flaw.is(RejectionCode::VersionConflict));
    let others: Vec<Flaw> =
        flaws.iter().filter(|flaw| !flaw.is(RejectionCode::VersionConflict)).cloned().collect();
    let flaws = others.as_slice();
    let groups = html! {
        @for (group, settings) in GROUPS {
            fieldset.card.settings disabled[!may] {
                legend.unseen { (group.to(tongue)) }
                h2 aria-hidden="true" { (group.to(tongue)) }
                @for setting in *settings { (control(visit, setting, &found, given, flaws)) }
            }
        }
    };
    let body = html! {
        div.head { div.heading { h1 { (title) } p.soft { (words::LEAD.to(tongue)) } } }
        (done(visit, told(given, &[("saved", person::SAVED)])))
        @if is_conflict { (differences(visit, &found, given)) }
        (refusals(visit, flaws, &names))
        div.reading {
            @if may {
                (asks(visit, "/settings", "settings", &html! {
                    input type="hidden" name="version" value=(found.settings["version"]);
                    div.stack data-keep { (groups) }
                    div.foot { button.primary type="submit" { (frame::SAVE.to(tongue)) } }
                }))
            } @else { div.stack { (groups) } }
            (chats(visit, &found, given, flaws))
        }
    };
    Page::titled(title).at(Place::Settings).show(visit, &body).await
}

fn control(visit: &Visit, setting: &Setting, found: &Found, given: &Fields, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let now = &found.settings[setting.name];
    // What the reader left alone is as it is now, whoever changed it meanwhile.
    let is_given = what(given) == "settings" && is_touched(setting, given);
    let value = if is_given { given.text(setting.name).to_owned() } else { shown(now) };
    let (label, about) = (setting.label.to(tongue), setting.about.to(tongue));
    let text = |kind: &'static str| {
        Field { kind, hint: Some(about), ..Field::text(setting.name, label, &value) }.show(visit, flaws)
    };
    let choice = |options: Vec<(String, String)>| {
        html! {
            (Choice { name: setting.name, label, value: &value, required: false, options }.show(visit, flaws))
            p.hint { (about) }
        }
    };
    html! {
        div.setting {
            input type="hidden" name=(format!("was.{}", setting.name)) value=(shown(now));
            @match setting.control {
                Control::Switch => {
                    @let on = if is_given { given.has(setting.name) } else { now.as_bool() == Some(true) };
                    (Tick { name: setting.name, value: "true", label, on, hint: Some(about) }.show())
                },
                Control::Number { .. } | Control::NumberOrNone { .. } => (text("number")),
                Control::Line | Control::Words => (text("text")),
                Control::Choice(all) => (choice(all.iter().map(|(it, text)| ((*it).to_owned(), text.to(tongue).to_owned())).collect())),
                Control::Team => (choice(teams(visit, found))),
            }
        }
    }
}

fn teams(visit: &Visit, found: &Found) -> Vec<(String, String)> {
    let none = (String::new(), frame::NONE.to(visit.tongue()).to_owned());
    std::iter::once(none)
        .chain(found.teams.iter().map(|team| (team.id.clone(), called(team).to_owned())))
        .collect()
}

/// What holds for everybody who has no limit alone (it is no setting of the schema, but people look for it here).
fn chats(visit: &Visit, found: &Found, given: &Fields, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let may = visit.holds(Capability::ChangeDefaults);
    let value = given.given("maxChats").map_or_else(|| found.default_max_chats.to_string(), str::to_owned);
    let label = words::CHATS.0.to(tongue);
    html! {
        section.card.after {
            h2 { (label) }
            p.soft { (words::CHATS.1.to(tongue)) }
            @if may {
                (asks(visit, "/settings", "chats", &html! { div.inline {
                    (Field { kind: "number", required: true, ..Field::text("maxChats", label, &value) }.show(visit, flaws))
                    button type="submit" { (frame::SAVE.to(tongue)) }
                } }))
            } @else { p { (visit.number(found.default_max_chats)) } }
        }
    }
}

/// A value as the schema takes it; or that it is no number within the bounds.
fn value_of(setting: &Setting, fields: &Fields) -> Result<Value, ()> {
    let text = fields.text(setting.name).trim();
    let number = |least: u32, most: u32| {
        let number = text.parse::<u32>().ok().filter(|number| (least..=most).contains(number));
        number.map(Value::from).ok_or(())
    };
    match setting.control {
        Control::Switch => Ok(json!(fields.has(setting.name))),
        Control::Number { least, most } => number(least, most),
        Control::NumberOrNone { .. } | Control::Line | Control::Team if text.is_empty() => Ok(Value::Null),
        Control::NumberOrNone { most } => number(1, most),
        Control::Words => {
            Ok(json!(text.split(',').map(str::trim).filter(|word| !word.is_empty()).collect::<Vec<_>>()))
        }
        Control::Line | Control::Team | Control::Choice(_) => Ok(json!(text)),
    }
}

/// The bounds of a number, in words.
fn bounds(visit: &Visit, setting: &Setting) -> String {
    let (least, most) = match setting.control {
        Control::Number { least, most } => (least, most),
        Control::NumberOrNone { most } => (1, most),
        _ => (0, 0),
    };
    let (least, most) = (visit.number(least.into()), visit.number(most.into()));
    words::BOUNDS.with(visit.tongue(), &[("least", &least), ("most", &most)])
}

async fn change(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let to = "/settings?done=saved";
    if what(&fields) == "chats" {
        let Ok(chats) = fields.text("maxChats").trim().parse::<u16>() else {
            let flaw = Flaw::told("maxChats", words::NUMBER.to(visit.tongue()));
            return page(&visit, &fields, &[flaw]).await;
        };
        let answer = asked(&visit, &changes::CHANGE_DEFAULT_CHAT_LIMIT, json!({ "maxChats": chats }), to);
        return match answer.await? {
            Ok(response) => Ok(response),
            Err(flaws) => page(&visit, &fields, &flaws).await,
        };
    }
    let now = read(&visit).await?;
    let (mut input, mut flaws) = (Map::new(), Vec::new());
    // What was left alone is not sent: the version tells of what somebody else changed meanwhile.
    for setting in all().filter(|setting| is_touched(setting, &fields)) {
        match value_of(setting, &fields) {
            Ok(value) if value == now.settings[setting.name] => {}
            Ok(value) => {
                input.insert(setting.name.to_owned(), value);
            }
            Err(()) => flaws.push(Flaw::told(setting.name, &bounds(&visit, setting))),
        }
    }
    if !flaws.is_empty() {
        return page(&visit, &fields, &flaws).await;
    }
    input.insert("expectedVersion".to_owned(), version(&fields));
    match asked(&visit, &changes::CHANGE_SETTINGS, input.into(), to).await? {
        Ok(response) => Ok(response),
        Err(flaws) => page(&visit, &fields, &flaws).await,
    }
}
