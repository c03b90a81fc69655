//! Custom attributes: what users can have besides what every user has. Defined, renamed, given choices, retired.

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::{Choice, Field, badge, done, refusals};
use crate::console::refused::Refused;
use crate::console::small_form::{Tick, asked, asks, told, up, what};
use crate::console::visit::Visit;
use crate::console::words::{Text, attributes as words, frame, person};

document!(
    /// Every attribute, retired ones too.
    ATTRIBUTES,
    "{ attributeDefinitions(withRetired: true) {
        id key label type kinds personal required retired choices { number name retired } } }"
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    attribute_definitions: Vec<Attribute>,
}

#[derive(Deserialize)]
struct Attribute {
    id: String,
    key: Option<String>,
    label: Option<String>,
    #[serde(rename = "type")]
    of: String,
    kinds: Vec<String>,
    personal: bool,
    required: bool,
    retired: bool,
    choices: Vec<Chosen>,
}

/// One of the values of a choice.
#[derive(Deserialize)]
struct Chosen {
    number: u64,
    name: Option<String>,
    retired: bool,
}

const TYPES: [(&str, Text); 5] = [
    ("TEXT", words::TEXT),
    ("NUMBER", words::NUMBER),
    ("BOOLEAN", words::BOOLEAN),
    ("DATE", words::DATE),
    ("CHOICE", words::CHOICE),
];

impl Attribute {
    fn title(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.id)
    }

    fn path(&self) -> String {
        format!("/attributes/{}", self.id)
    }

    fn type_text(&self, visit: &Visit) -> &str {
        let known = TYPES.iter().find(|(name, _)| *name == self.of);
        known.map_or(self.of.as_str(), |(_, text)| text.to(visit.tongue()))
    }
}

pub(super) fn routes() -> Router<Console> {
    Router::new()
        .route("/attributes", get(list).post(define))
        .route("/attributes/{id}", get(show).post(change))
}

fn defines(visit: &Visit) -> bool {
    visit.holds(Capability::DefineAttributes)
}

async fn list(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    all(&visit, &Fields::of_query(query.as_deref()), &[]).await
}

async fn all(visit: &Visit, given: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let found: Found = visit.read(&ATTRIBUTES, json!({})).await?;
    let title = frame::ATTRIBUTES.to(tongue);
    let body = html! {
        div.head { div.heading { h1 { (title) } p.soft { (words::LEAD.to(tongue)) } } }
        (done(visit, told(given, &[("saved", person::SAVED)])))
        (refusals(visit, flaws, &["key", "label", "choices"]))
        div.stack.reading {
            @if found.attribute_definitions.is_empty() { div.empty { h2 { (words::EMPTY.to(tongue)) } } }
            @else { div.list { (table(visit, &found.attribute_definitions)) } }
            @if defines(visit) { (new(visit, given, flaws)) }
        }
    };
    Page::titled(title).at(Place::Attributes).show(visit, &body).await
}

fn table(visit: &Visit, attributes: &[Attribute]) -> Markup {
    let tongue = visit.tongue();
    html! {
        div.table-frame { table {
            thead { tr {
                th scope="col" { (words::LABEL.to(tongue)) }
                th scope="col" { (words::KEY.to(tongue)) }
                th scope="col" { (words::TYPE.to(tongue)) }
                th scope="col" { (words::MARKS.to(tongue)) }
            } }
            tbody { @for one in attributes { tr data-inactive[one.retired] {
                td data-column="name" { a.named href=(one.path()) { bdi { (one.title()) } } }
                td data-label=(words::KEY.to(tongue)) { span.code { (one.key.as_deref().unwrap_or_default()) } }
                td data-label=(words::TYPE.to(tongue)) { span { (one.type_text(visit)) } }
                td data-label=(words::MARKS.to(tongue)) { span { (marks(visit, one)) } }
            } } }
        } }
    }
}

fn marks(visit: &Visit, one: &Attribute) -> Markup {
    let tongue = visit.tongue();
    html! {
        @if one.retired { (badge("quiet", words::RETIRED.to(tongue))) " " }
        @if one.required { (badge("warn", frame::REQUIRED.to(tongue))) " " }
        @if one.personal { (badge("quiet", words::PERSONAL.to(tongue))) }
    }
}

fn new(visit: &Visit, given: &Fields, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let types = TYPES.map(|(name, text)| (name.to_owned(), text.to(tongue).to_owned())).to_vec();
    let is_first = what(given) != "define";
    let on = |kind: &str| is_first || given.all("kinds").any(|it| it == kind);
    html! {
        section.card {
            h2 { (words::NEW.to(tongue)) }
            (asks(visit, "/attributes", "define", &html! { div.fields.two {
                (Field { required: true, ..Field::text("label", words::LABEL.to(tongue), given.text("label")) }.show(visit, flaws))
                (Field { required: true, hint: Some(words::KEY_HINT.to(tongue)), ..Field::text("key", words::KEY.to(tongue), given.text("key")) }.show(visit, flaws))
                (Choice { name: "type", label: words::TYPE.to(tongue), value: given.text("type"), required: true, options: types }.show(visit, flaws))
                (Field { kind: "lines", hint: Some(words::CHOICES_HINT.to(tongue)), ..Field::text("choices", words::CHOICES.to(tongue), given.text("choices")) }.show(visit, flaws))
                div.whole {
                    (Tick { name: "kinds", value: "AGENT", label: frame::AGENTS.to(tongue), on: on("AGENT"), hint: None }.show())
                    (Tick { name: "kinds", value: "CLIENT", label: frame::CLIENTS.to(tongue), on: on("CLIENT"), hint: None }.show())
                    (Tick { name: "personal", value: "true", label: words::PERSONAL.to(tongue), on: is_first || given.has("personal"), hint: Some(words::PERSONAL_HINT.to(tongue)) }.show())
                    (Tick { name: "required", value: "true", label: frame::REQUIRED.to(tongue), on: given.has("required"), hint: Some(words::REQUIRED_HINT.to(tongue)) }.show())
                }
                div.buttons.whole { button.primary type="submit" { (words::DEFINE.to(tongue)) } }
            } }))
        }
    }
}

async fn define(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let kinds: Vec<&str> = fields.all("kinds").collect();
    let lines = fields.text("choices").lines().map(str::trim).filter(|line| !line.is_empty());
    let choices: Vec<&str> = lines.collect();
    let input = json!({
        "key": fields.text("key"), "label": fields.text("label"), "type": fields.text("type"),
        "kinds": kinds, "choices": choices,
        "personal": fields.has("personal"), "required": fields.has("required"),
    });
    match asked(&visit, &changes::DEFINE_ATTRIBUTE, input, "/attributes?done=saved").await? {
        Ok(response) => Ok(response),
        Err(flaws) => all(&visit, &fields, &flaws).await,
    }
}

async fn show(visit: Visit, Path(id): Path<String>, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, &id, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(visit: &Visit, id: &str, given: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let found: Found = visit.read(&ATTRIBUTES, json!({})).await?;
    let one = found.attribute_definitions.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)?;
    let may = defines(visit) && !one.retired;
    let label = if given.has("label") { given.text("label") } else { one.title() };
    let body = html! {
        (up(visit, "/attributes", frame::ATTRIBUTES))
        div.head { div.heading {
            h1 { bdi { (one.title()) } }
            p.soft { span.code { (one.key.as_deref().unwrap_or(&one.id)) } " · " (one.type_text(visit)) " · "
                (one.kinds.iter().map(|kind| crate::console::timeline::value(tongue, kind)).collect::<Vec<_>>().join(", ")) }
            p.badges { (marks(visit, &one)) }
        } }
        (done(visit, told(given, &[("saved", person::SAVED)])))
        (refusals(visit, flaws, &["label", "name"]))
        div.stack.reading {
            @if may {
                section.card { (asks(visit, &one.path(), "rename", &html! { div.inline {
                    (Field { required: true, ..Field::text("label", words::LABEL.to(tongue), label) }.show(visit, flaws))
                    button type="submit" { (words::RENAME.to(tongue)) }
                } })) }
            }
            @if one.of == "CHOICE" { (choices(visit, &one, may, given, flaws)) }
            @if may { section.card {
                h2 { (words::RETIRE.to(tongue)) }
                p.soft { (words::RETIRE_TEXT.to(tongue)) }
                (asks(visit, &one.path(), "retire", &html! {
                    (Tick { name: "sure", value: "true", label: words::RETIRE_SURE.to(tongue), on: false, hint: None }.show())
                    button.danger type="submit" { (words::RETIRE.to(tongue)) }
                }))
            } }
        }
    };
    Page::titled(one.title()).at(Place::Attributes).show(visit, &body).await
}

fn choices(visit: &Visit, one: &Attribute, may: bool, given: &Fields, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    html! {
        section.card {
            h2 { (words::CHOICES.to(tongue)) }
            ul.entries { @for choice in &one.choices {
                @let name = choice.name.as_deref().unwrap_or_default();
                li {
                    bdi { (name) }
                    @if choice.retired { (badge("quiet", words::RETIRED.to(tongue))) }
                    @else if may {
                        (asks(visit, &one.path(), "retireChoice", &html! {
                            input type="hidden" name="of" value=(choice.number);
                            button.link type="submit" aria-label=(words::RETIRE_OF.with(tongue, &[("name", name)])) { (words::RETIRE.to(tongue)) }
                        }))
                    }
                }
            } }
            @if may { (asks(visit, &one.path(), "addChoice", &html! { div.inline {
                (Field { required: true, ..Field::text("name", words::NEW_CHOICE.to(tongue), given.text("name")) }.show(visit, flaws))
                button type="submit" { (person::ADD.to(tongue)) }
            } })) }
        }
    }
}

async fn change(visit: Visit, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let (change, input) = match what(&fields) {
        "rename" => (&changes::RENAME_ATTRIBUTE, json!({ "attributeId": id, "label": fields.text("label") })),
        "addChoice" => {
            (&changes::ADD_ATTRIBUTE_CHOICE, json!({ "attributeId": id, "name": fields.text("name") }))
        }
        "retireChoice" => {
            let choice: u32 = fields.text("of").parse().map_err(|_| Refused::Malformed)?;
            (&changes::RETIRE_ATTRIBUTE_CHOICE, json!({ "attributeId": id, "choice": choice }))
        }
        // Nothing brings an attribute back: it is asked for with both hands.
        "retire" if !fields.has("sure") => {
            let flaw = Flaw::told("sure", words::NOT_SURE.to(visit.tongue()));
            return page(&visit, &id, &fields, &[flaw]).await;
        }
        "retire" => (&changes::RETIRE_ATTRIBUTE, json!({ "attributeId": id })),
        _ => return Err(Refused::Malformed),
    };
    match asked(&visit, change, input, &format!("/attributes/{id}?done=saved")).await? {
        Ok(response) => Ok(response),
        Err(flaws) => page(&visit, &id, &fields, &flaws).await,
    }
}
