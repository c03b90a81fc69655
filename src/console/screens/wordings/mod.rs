//! What mails say: every mail in every language, and one of them to be worded, seen and set back.

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use rollbook_schema::RejectionCode;
use serde::Deserialize;
use serde_json::json;

use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::{Field, badge, done, icon, refusals};
use crate::console::refused::Refused;
use crate::console::small_form::{asked, asks, told, up, what};
use crate::console::visit::Visit;
use crate::console::words::{frame, mail, person, wordings as words};

document!(
    /// What every mail says.
    WORDINGS,
    "{ mailWordings { template language own revision placeholders needed
        words { subject text } preview { subject text } } }"
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    mail_wordings: Vec<Wording>,
}

#[derive(Deserialize)]
struct Wording {
    template: String,
    language: String,
    own: bool,
    revision: u32,
    placeholders: Vec<String>,
    needed: Vec<String>,
    words: Words,
    preview: Words,
}

#[derive(Deserialize)]
struct Words {
    subject: String,
    text: String,
}

impl Wording {
    fn path(&self) -> String {
        format!("/mail-templates/{}/{}", self.template, self.language)
    }

    fn called(&self, visit: &Visit) -> String {
        mail::word(&self.template).map_or(self.template.clone(), |text| text.to(visit.tongue()).to_owned())
    }

    fn in_language(&self, visit: &Visit) -> String {
        words::language(&self.language)
            .map_or(self.language.clone(), |text| text.to(visit.tongue()).to_owned())
    }
}

pub(super) fn routes() -> Router<Console> {
    Router::new()
        .route("/mail-templates", get(list))
        .route("/mail-templates/{template}/{language}", get(show).post(change))
}

async fn list(visit: Visit) -> Result<Response, Refused> {
    let found: Found = visit.read(&WORDINGS, json!({})).await?;
    let tongue = visit.tongue();
    let title = words::TITLE.to(tongue);
    let body = html! {
        div.head { div.heading { h1 { (title) } p.soft { (words::LEAD.to(tongue)) } } }
        div.list { div.table-frame { table {
            thead { tr {
                th scope="col" { (words::MAIL.to(tongue)) }
                th scope="col" { (words::LANGUAGE.to(tongue)) }
                th scope="col" { (words::SUBJECT.to(tongue)) }
                th scope="col" { (words::WORDS.to(tongue)) }
            } }
            tbody { @for one in &found.mail_wordings { tr {
                td data-column="name" data-label=(words::MAIL.to(tongue)) { a.who href=(one.path()) { (one.called(&visit)) } }
                td data-label=(words::LANGUAGE.to(tongue)) { (one.in_language(&visit)) }
                td data-label=(words::SUBJECT.to(tongue)) { bdi { (one.words.subject) } }
                td data-label=(words::WORDS.to(tongue)) { (state(&visit, one)) }
            } } }
        } } }
    };
    Page::titled(title).at(Place::MailTemplates).show(&visit, &body).await
}

fn state(visit: &Visit, one: &Wording) -> Markup {
    if one.own {
        badge("good", words::OWN.to(visit.tongue()))
    } else {
        badge("quiet", words::BUILT_IN.to(visit.tongue()))
    }
}

type Which = Path<(String, String)>;

async fn show(visit: Visit, Path(which): Which, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, which, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(
    visit: &Visit,
    (template, language): (String, String),
    given: &Fields,
    flaws: &[Flaw],
) -> Result<Response, Refused> {
    let found: Found = visit.read(&WORDINGS, json!({})).await?;
    let is_it = |one: &&Wording| one.template == template && one.language == language;
    let one = found.mail_wordings.iter().find(is_it).ok_or(Refused::NotFound)?;
    let tongue = visit.tongue();
    let title = one.called(visit);
    let is_conflict = flaws.iter().any(|flaw| flaw.is(RejectionCode::VersionConflict));
    let others: Vec<Flaw> =
        flaws.iter().filter(|flaw| !flaw.is(RejectionCode::VersionConflict)).cloned().collect();
    let done_words = [("saved", person::SAVED), ("reset", words::RESET_DONE)];
    let body = html! {
        (up(visit, "/mail-templates", words::TITLE))
        div.head { div { h1 { (title) } p.badges { (badge("quiet", &one.in_language(visit))) (state(visit, one)) } } }
        (done(visit, told(given, &done_words)))
        @if is_conflict { (meanwhile(visit, one)) }
        (refusals(visit, &others, &["subject", "text"]))
        div.stack.reading {
            @if visit.holds(Capability::ChangeSettings) { (form(visit, one, given, &others)) }
            section.card {
                h2 { (words::PREVIEW.to(tongue)) }
                p.soft { (words::PREVIEW_LEAD.to(tongue)) }
                (letter(&one.preview))
            }
        }
    };
    Page::titled(&title).at(Place::MailTemplates).show(visit, &body).await
}

fn letter(words: &Words) -> Markup {
    html! { p { strong { bdi { (words.subject) } } } pre.letter dir="auto" { (words.text) } }
}

fn meanwhile(visit: &Visit, one: &Wording) -> Markup {
    let tongue = visit.tongue();
    html! {
        div.refused role="alert" tabindex="-1" data-focus { (icon("warning")) p { (words::MEANWHILE.to(tongue)) } }
        section.card.reading { h2 { (words::NOW.to(tongue)) } (letter(&one.words)) }
    }
}

fn form(visit: &Visit, one: &Wording, given: &Fields, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let is_given = what(given) == "word";
    let value = |name: &str, now: &str| if is_given { given.text(name).to_owned() } else { now.to_owned() };
    let (subject, text) = (value("subject", &one.words.subject), value("text", &one.words.text));
    let braced =
        |all: &[String]| all.iter().map(|word| format!("{{{{{word}}}}}")).collect::<Vec<_>>().join(", ");
    let hint = format!(
        "{} {}",
        words::FILLED_IN.with(tongue, &[("places", &braced(&one.placeholders))]),
        words::MUST.with(tongue, &[("places", &braced(&one.needed))]),
    );
    html! {
        section.card {
            (asks(visit, &one.path(), "word", &html! {
                input type="hidden" name="revision" value=(one.revision);
                div.fields.letter data-keep {
                    (Field { required: true, ..Field::text("subject", words::SUBJECT.to(tongue), &subject) }.show(visit, flaws))
                    (Field { required: true, kind: "lines", hint: Some(&hint), ..Field::text("text", words::TEXT.to(tongue), &text) }.show(visit, flaws))
                }
                div.buttons { button.primary type="submit" { (frame::SAVE.to(tongue)) } }
            }))
            @if one.own {
                (asks(visit, &one.path(), "reset", &html! {
                    div.buttons.apart { button type="submit" { (words::RESET.to(tongue)) } }
                }))
            }
        }
    }
}

async fn change(visit: Visit, Path(which): Which, fields: Fields) -> Result<Response, Refused> {
    let of = json!({ "template": which.0, "language": which.1 });
    let path = format!("/mail-templates/{}/{}", which.0, which.1);
    let is_known = |name: &str| name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    if !is_known(&which.0) || !is_known(&which.1) {
        return Err(Refused::NotFound);
    }
    let (change, input, word) = match what(&fields) {
        "word" => {
            let mut input = of;
            input["subject"] = fields.text("subject").into();
            input["text"] = fields.text("text").into();
            input["expectedRevision"] = fields.text("revision").parse::<u32>().ok().into();
            (&changes::CHANGE_MAIL_WORDING, input, "saved")
        }
        "reset" => (&changes::RESET_MAIL_WORDING, of, "reset"),
        _ => return Err(Refused::Malformed),
    };
    match asked(&visit, change, input, &format!("{path}?done={word}")).await? {
        Ok(response) => Ok(response),
        Err(flaws) => page(&visit, which, &fields, &flaws).await,
    }
}
