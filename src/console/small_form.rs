//! Small forms: each asks for one change, at the address of the page that shows it; the field `what` says which.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rollbook_schema::RejectionCode;
use serde_json::Value;

use super::ask::{Document, Flaw, Named};
use super::form::Fields;
use super::parts::token;
use super::refused::Refused;
use super::visit::Visit;
use super::words::{Text, frame};

/// The field that says what is asked for.
const WHAT: &str = "what";

/// What a form asks for.
pub(super) fn what(fields: &Fields) -> &str {
    fields.text(WHAT)
}

/// A form that asks for one change.
pub(super) fn asks(visit: &Visit, action: &str, what: &str, body: &Markup) -> Markup {
    html! {
        form method="post" action=(action) {
            (token(visit))
            input type="hidden" name=(WHAT) value=(what);
            (body)
        }
    }
}

/// What became of a change: on to another page, or the refusals for the page that asked.
pub(super) async fn asked(
    visit: &Visit,
    change: &Document,
    input: Value,
    to: &str,
) -> Result<Result<Response, Vec<Flaw>>, Refused> {
    match visit.change(change, input).await? {
        Ok(_) => Ok(Ok(Redirect::to(to).into_response())),
        Err(flaws) if flaws.iter().any(|flaw| flaw.is(RejectionCode::NotFound) && flaw.field().is_none()) => {
            Err(Refused::NotFound)
        }
        Err(flaws) => Ok(Err(flaws)),
    }
}

/// Something that is on or off.
pub(super) struct Tick<'a> {
    pub name: &'a str,
    pub value: &'a str,
    pub label: &'a str,
    pub on: bool,
    pub hint: Option<&'a str>,
}

impl Tick<'_> {
    pub fn show(&self) -> Markup {
        html! {
            label.check {
                input type="checkbox" name=(self.name) value=(self.value) checked[self.on];
                span { bdi { (self.label) } @if let Some(hint) = self.hint { br; span.hint { (hint) } } }
            }
        }
    }
}

/// What something is called; its id once the name was erased.
pub(super) fn called(one: &Named) -> &str {
    one.name.as_deref().unwrap_or(&one.id)
}

/// Says what was done, by the word in an address.
pub(super) fn told(fields: &Fields, words: &[(&str, Text)]) -> Option<Text> {
    words.iter().find(|(word, _)| *word == fields.text("done")).map(|(_, text)| *text)
}

/// The way back to a list, above a page.
pub(super) fn up(visit: &Visit, to: &str, text: Text) -> Markup {
    html! { p.up { a href=(to) { span aria-hidden="true" { "‹ " } (text.to(visit.tongue())) } } }
}

/// What is asked once more before it is done.
pub(super) struct Question<'a> {
    pub title: &'a str,
    /// Where it is sent; opening the page changes nothing.
    pub action: &'a str,
    pub what: &'a str,
    pub button: Text,
    /// Where leaving leads.
    pub back: &'a str,
}

impl Question<'_> {
    /// With what is said about it.
    pub fn show(&self, visit: &Visit, body: &Markup) -> Markup {
        let tongue = visit.tongue();
        html! {
            form.card.ask method="post" action=(self.action) {
                (token(visit))
                input type="hidden" name=(WHAT) value=(self.what);
                h1 { bdi { (self.title) } }
                (body)
                div.buttons {
                    button.danger type="submit" { (self.button.to(tongue)) }
                    a.button href=(self.back) { (frame::CANCEL.to(tongue)) }
                }
            }
        }
    }
}
