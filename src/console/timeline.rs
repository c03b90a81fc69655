//! History as people read it: one sentence for each event, what changed from what to what, who really did it,
//! as whom, why, and a way to the record itself.

use maud::{Markup, html};
use rollbook_schema::RoleId;
use serde::Deserialize;

use super::visit::Visit;
use super::words::{Text, Tongue, history as words, oversight, profile};

/// A page of history, as a document gives it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Timeline {
    pub page_info: Turns,
    pub nodes: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Turns {
    pub has_next_page: bool,
    pub has_previous_page: bool,
    pub start_cursor: Option<String>,
    pub end_cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    pub position: u64,
    pub at: String,
    #[serde(rename = "type")]
    pub of: String,
    pub summary: String,
    pub actor: Party,
    pub subject: Party,
    pub on_behalf_of: Option<String>,
    pub changes: Vec<Change>,
    pub context: Option<Context>,
}

#[derive(Deserialize)]
pub(super) struct Party {
    pub kind: String,
    pub id: Option<String>,
    pub name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Change {
    pub field: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub erased: bool,
    pub withheld: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Context {
    pub client_address: Option<String>,
    pub reason: Option<String>,
}

/// The sentence of an event.
pub(super) fn sentence(tongue: Tongue, entry: &Entry) -> String {
    let german = words::german(&entry.of).filter(|_| tongue == Tongue::German);
    let Some(german) = german else { return entry.summary.clone() };
    let text = Text { en: "", de: german };
    let (actor, subject) = (called(tongue, &entry.actor), called(tongue, &entry.subject));
    text.with(tongue, &[("actor", &actor), ("subject", &subject)])
}

/// What a type of event is called, by its name in the schema or in the log: in German its sentence, with nobody in
/// it.
pub(super) fn type_name(tongue: Tongue, name: &str) -> String {
    let plain = name.split('@').next().unwrap_or(name).replace('.', "_").to_uppercase();
    if let Some(german) = words::german(&plain).filter(|_| tongue == Tongue::German) {
        return german.replace("{actor}", "…").replace("{subject}", "…");
    }
    let mut text = plain.to_lowercase().replace('_', " ");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// What a party of an event is called: the name of that time, else what it is.
pub(super) fn called(tongue: Tongue, party: &Party) -> String {
    if let Some(name) = &party.name {
        return name.clone();
    }
    let kind = match party.kind.as_str() {
        "AUTOMATION" => Some(words::AUTOMATION),
        "OPERATOR" => Some(words::OPERATOR),
        "PROVIDER" => Some(words::PROVIDER),
        _ => None,
    };
    match (kind, &party.id) {
        (Some(kind), _) => kind.to(tongue).to_owned(),
        (None, Some(id)) => id.clone(),
        (None, None) => party.kind.to_lowercase(),
    }
}

/// The same on a page of its own; the newest page goes on by itself.
pub(super) fn followed(visit: &Visit, timeline: &Timeline) -> Markup {
    let is_newest = !timeline.page_info.has_previous_page;
    html! {
        section.card data-live=[is_newest.then_some("history")] data-head=(visit.directory().reached()) {
            (show(visit, timeline))
        }
    }
}

/// The entries, newest first, as they came.
pub(super) fn show(visit: &Visit, timeline: &Timeline) -> Markup {
    html! {
        @if timeline.nodes.is_empty() {
            p.soft { (words::NOTHING.to(visit.tongue())) }
        } @else {
            ol.timeline { @for entry in &timeline.nodes { li { (line(visit, entry)) } } }
        }
    }
}

fn line(visit: &Visit, entry: &Entry) -> Markup {
    let tongue = visit.tongue();
    let context = entry.context.as_ref();
    let position = visit.number(entry.position);
    html! {
        div.event {
            p.sentence { bdi { (sentence(tongue, entry)) } }
            (changes(visit, &entry.changes))
            p.about {
                time datetime=(entry.at) { (visit.moment(&entry.at)) }
                @if let Some(user) = &entry.on_behalf_of {
                    strong.as { (words::ON_BEHALF.with(tongue, &[("user", user)])) }
                }
                @if let Some(reason) = context.and_then(|context| context.reason.as_deref()) {
                    bdi { (words::REASON.with(tongue, &[("reason", reason)])) }
                }
                @if let Some(address) = context.and_then(|context| context.client_address.as_deref()) {
                    span { (words::FROM.with(tongue, &[("address", address)])) }
                }
                a href=(format!("/events/{}", entry.position)) {
                    (words::RAW.with(tongue, &[("position", &position)]))
                }
            }
        }
    }
}

/// Old and new value of each field.
pub(super) fn changes(visit: &Visit, changes: &[Change]) -> Markup {
    let tongue = visit.tongue();
    html! {
        @if !changes.is_empty() {
            dl.changes {
                @for change in changes {
                    div {
                        dt { (profile::field(&change.field).or_else(|| oversight::field(&change.field)).map_or(change.field.as_str(), |text| text.to(tongue))) }
                        dd {
                            @if change.withheld {
                                em { (words::WITHHELD.to(tongue)) }
                            } @else {
                                @if let Some(from) = &change.from { del { bdi { (told(visit, from)) } } " → " }
                                @match &change.to {
                                    Some(to) => ins { bdi { (told(visit, to)) } },
                                    None if change.erased => {},
                                    None => em { (words::EMPTY.to(tongue)) },
                                }
                                @if change.erased { " " em { (words::ERASED.to(tongue)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A value of a change: a role by its name, as the sentence has it.
fn told(visit: &Visit, text: &str) -> String {
    let role = text.strip_prefix("role_").and_then(|number| number.parse().ok()).map(RoleId);
    let views = visit.directory().views();
    let name = role.and_then(|role| views.roles.get(role)?.name.as_ref());
    // A moment is told as the reader wants it.
    let moment = || Some(visit.moment(text)).filter(|at| text.ends_with('Z') && !at.is_empty());
    let name = name.map(|name| name.as_str().to_owned()).or_else(moment);
    name.unwrap_or_else(|| value(visit.tongue(), text).to_owned())
}

/// A word of a closed list in the reader's language; anything else as it is.
pub(super) fn value(tongue: Tongue, text: &str) -> &str {
    profile::word(text).or_else(|| oversight::word(text)).map_or(text, |word| word.to(tongue))
}

/// Older and newer.
pub(super) fn turns(visit: &Visit, turns: &Turns, path: &str) -> Markup {
    let tongue = visit.tongue();
    let link = |name: &str, cursor: &Option<String>, text: Text| {
        let cursor = super::visit::encoded(cursor.as_deref().unwrap_or_default());
        let joint = if path.contains('?') { '&' } else { '?' };
        html! { a.button.small href=(format!("{path}{joint}{name}={cursor}")) { (text.to(tongue)) } }
    };
    html! {
        @if turns.has_next_page || turns.has_previous_page {
            nav.pages aria-label=(words::TITLE.to(tongue)) {
                @if turns.has_previous_page { (link("before", &turns.start_cursor, words::NEWER)) }
                @if turns.has_next_page { (link("after", &turns.end_cursor, words::OLDER)) }
            }
        }
    }
}
