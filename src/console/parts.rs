//! Small parts that screens are made of: fields with their refusals, badges, pictures, drawings.

use maud::{Markup, html};

use super::ask::Flaw;
use super::form::TOKEN;
use super::page::Drawing;
use super::visit::Visit;
use super::words::{Text, frame as words, refusal};

/// The hidden field that makes a form ours.
pub(super) fn token(visit: &Visit) -> Markup {
    html! { input type="hidden" name=(TOKEN) value=(visit.form_token()); }
}

/// The picture of somebody, or the first letters of their name (UI-17).
pub(super) fn picture(label: &str, url: Option<&str>) -> Markup {
    html! {
        @if let Some(url) = url {
            img.picture src=(format!("/console{url}")) alt="" width="32" height="32" loading="lazy";
        } @else {
            span.picture data-tint=(tint(label)) aria-hidden="true" { (initials(label)) }
        }
    }
}

/// At most two letters: of the first word and of the last.
fn initials(label: &str) -> String {
    let words: Vec<&str> = label.split(|c: char| c.is_whitespace() || "._-@".contains(c)).collect();
    let letters = words.iter().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let letters: Vec<char> = letters.collect();
    let shown = match letters.as_slice() {
        [] => vec!['?'],
        [one] => vec![*one],
        [first, .., last] if label.contains(char::is_whitespace) => vec![*first, *last],
        [first, ..] => vec![*first],
    };
    shown.into_iter().flat_map(char::to_uppercase).collect()
}

/// One of eight quiet colours, the same for the same name.
fn tint(label: &str) -> u32 {
    label.chars().fold(7, |all: u32, letter| all.wrapping_mul(31).wrapping_add(u32::from(letter))) % 8
}

/// A word on a quiet ground.
pub(super) fn badge(kind: &str, text: &str) -> Markup {
    html! { span.badge data-kind=(kind) { (text) } }
}

/// Drawings in one stroke, 20 by 20.
pub(super) fn icon(name: &str) -> Drawing {
    Drawing(match name {
        "brand" => include_str!("assets/icons/brand.svg"),
        "agents" => include_str!("assets/icons/agents.svg"),
        "clients" => include_str!("assets/icons/clients.svg"),
        "account" => include_str!("assets/icons/account.svg"),
        "rules" => include_str!("assets/icons/rules.svg"),
        "roles" => include_str!("assets/icons/roles.svg"),
        "profiles" => include_str!("assets/icons/profiles.svg"),
        "licenses" => include_str!("assets/icons/licenses.svg"),
        "teams" => include_str!("assets/icons/teams.svg"),
        "units" => include_str!("assets/icons/units.svg"),
        "applications" => include_str!("assets/icons/applications.svg"),
        "attributes" => include_str!("assets/icons/attributes.svg"),
        "letter" => include_str!("assets/icons/letter.svg"),
        "outbox" => include_str!("assets/icons/outbox.svg"),
        "settings" => include_str!("assets/icons/settings.svg"),
        "mask" => include_str!("assets/icons/mask.svg"),
        "search" => include_str!("assets/icons/search.svg"),
        "down" => include_str!("assets/icons/down.svg"),
        "plus" => include_str!("assets/icons/plus.svg"),
        "lock" => include_str!("assets/icons/lock.svg"),
        "privacy" => include_str!("assets/icons/privacy.svg"),
        "history" => include_str!("assets/icons/history.svg"),
        "moments" => include_str!("assets/icons/moments.svg"),
        "health" => include_str!("assets/icons/health.svg"),
        "warning" => include_str!("assets/icons/warning.svg"),
        _ => "",
    })
}

/// One field of a form.
pub(super) struct Field<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub value: &'a str,
    pub kind: &'a str,
    pub required: bool,
    /// What a browser may fill in.
    pub autocomplete: &'a str,
    pub hint: Option<&'a str>,
    pub focused: bool,
}

impl<'a> Field<'a> {
    pub fn text(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
        Field {
            name,
            label,
            value,
            kind: "text",
            required: false,
            autocomplete: "off",
            hint: None,
            focused: false,
        }
    }

    pub fn password(name: &'a str, label: &'a str, autocomplete: &'a str) -> Field<'a> {
        Field { kind: "password", required: true, autocomplete, ..Field::text(name, label, "") }
    }

    /// With the refusals that belong to it.
    pub fn show(&self, visit: &Visit, flaws: &[Flaw]) -> Markup {
        let tongue = visit.tongue();
        let own: Vec<&Flaw> = flaws.iter().filter(|flaw| flaw.field() == Some(self.name)).collect();
        let (hint_id, flaw_id) = (format!("{}-hint", self.name), format!("{}-flaw", self.name));
        let described = match (self.hint.is_some(), own.is_empty()) {
            (true, false) => Some(format!("{hint_id} {flaw_id}")),
            (true, true) => Some(hint_id.clone()),
            (false, false) => Some(flaw_id.clone()),
            (false, true) => None,
        };
        html! {
            div.field data-wrong[!own.is_empty()] {
                label for=(self.name) {
                    (self.label)
                    @if self.required { span.required title=(words::REQUIRED.to(tongue)) { " *" } }
                }
                @if self.kind == "lines" {
                    textarea id=(self.name) name=(self.name) rows="4" required[self.required]
                        aria-invalid=[(!own.is_empty()).then_some("true")] aria-describedby=[described] { (self.value) }
                } @else {
                    input id=(self.name) name=(self.name) type=(self.kind) value=(self.value)
                        required[self.required] autocomplete=(self.autocomplete) autofocus[self.focused]
                        dir=[(self.kind == "text").then_some("auto")] spellcheck="false"
                        aria-invalid=[(!own.is_empty()).then_some("true")] aria-describedby=[described];
                }
                @if let Some(hint) = self.hint { p.hint id=(hint_id) { (hint) } }
                @if !own.is_empty() {
                    div.flaw id=(flaw_id) { @for flaw in own { p { (refusal::say(visit, flaw)) } } }
                }
            }
        }
    }
}

/// A field with a closed list of values.
pub(super) struct Choice<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub value: &'a str,
    pub required: bool,
    /// Value and text.
    pub options: Vec<(String, String)>,
}

impl Choice<'_> {
    pub fn show(&self, visit: &Visit, flaws: &[Flaw]) -> Markup {
        let own: Vec<&Flaw> = flaws.iter().filter(|flaw| flaw.field() == Some(self.name)).collect();
        let flaw_id = format!("{}-flaw", self.name);
        html! {
            div.field data-wrong[!own.is_empty()] {
                label for=(self.name) {
                    (self.label)
                    @if self.required { span.required title=(words::REQUIRED.to(visit.tongue())) { " *" } }
                }
                select id=(self.name) name=(self.name) required[self.required]
                    aria-describedby=[(!own.is_empty()).then_some(flaw_id.as_str())] {
                    @for (value, text) in &self.options {
                        option value=(value) selected[value == self.value] { (text) }
                    }
                }
                @if !own.is_empty() {
                    div.flaw id=(flaw_id) { @for flaw in own { p { (refusal::say(visit, flaw)) } } }
                }
            }
        }
    }
}

/// Every refusal that belongs to none of the fields that are shown, above the form.
pub(super) fn refusals(visit: &Visit, flaws: &[Flaw], fields: &[&str]) -> Markup {
    let others: Vec<&Flaw> =
        flaws.iter().filter(|flaw| !flaw.field().is_some_and(|field| fields.contains(&field))).collect();
    html! {
        @if !flaws.is_empty() {
            div.refused role="alert" tabindex="-1" data-focus {
                (icon("warning"))
                div {
                    @if others.is_empty() { p { (words::LOOK_BELOW.to(visit.tongue())) } }
                    @for flaw in others { p { (refusal::say(visit, flaw)) } }
                }
            }
        }
    }
}

/// One tab of a page: links, so that each has an address.
#[derive(Clone, Copy)]
pub(super) struct Tab {
    /// Where it leads, behind the path of the page.
    pub to: &'static str,
    pub text: Text,
}

/// The tabs of a page under `path`.
pub(super) fn tabs(visit: &Visit, name: Text, path: &str, all: &[Tab], here: &str) -> Markup {
    html! {
        nav.tabs aria-label=(name.to(visit.tongue())) {
            @for tab in all {
                a href=(format!("{path}{}", tab.to)) aria-current=[(tab.to == here).then_some("page")] {
                    (tab.text.to(visit.tongue()))
                }
            }
        }
    }
}

/// What was done, on the page that follows.
pub(super) fn done(visit: &Visit, text: Option<Text>) -> Markup {
    html! { @if let Some(text) = text { p.done role="status" { (text.to(visit.tongue())) } } }
}
