//! The outbox of the company: every mail, how it stands and why, and sending one again (NOT-07). No text is in
//! it: a mail is written when it goes, and a password that it tells is nobody's to read here.

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use rollbook_schema::UserId;
use rollbook_schema::command::ResendMail;
use rollbook_schema::value::MailTemplate;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::{badge, done, icon, refusals};
use crate::console::refused::Refused;
use crate::console::small_form::{asked, asks, told};
use crate::console::visit::{Visit, encoded};
use crate::console::words::{Text, mail, outbox as words};

document!(
    /// A page of the outbox.
    OUTBOX,
    include_str!("outbox.graphql")
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    outbox: Outbox,
    mail_queue: Option<Queue>,
}

#[derive(Deserialize)]
struct Outbox {
    next: Option<String>,
    mails: Vec<Mail>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mail {
    id: String,
    user_id: String,
    label: String,
    template: String,
    state: String,
    queued_at: String,
    attempts: u64,
    attempted_at: Option<String>,
    fault: Option<String>,
}

/// How the outbox does. The page of health shows it too.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Queue {
    pub sends: bool,
    pub waiting: u64,
    pub oldest_waiting_at: Option<String>,
    pub sent: u64,
    pub failed: u64,
    pub withdrawn: u64,
}

/// The word of an address, what it says, and the state of the schema.
const VIEWS: [(&str, Text, Option<&str>); 5] = [
    ("", words::ALL_MAIL, None),
    ("waiting", mail::WAITING, Some("WAITING")),
    ("failed", mail::FAILED, Some("FAILED")),
    ("sent", mail::SENT, Some("SENT")),
    ("withdrawn", mail::WITHDRAWN, Some("WITHDRAWN")),
];

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/outbox", get(show).post(resend))
}

/// Which page of which view: the same in an address and in a form.
struct Wish<'a> {
    view: &'a str,
    after: Option<&'a str>,
}

impl<'a> Wish<'a> {
    fn of(fields: &'a Fields) -> Wish<'a> {
        let view = VIEWS.iter().find(|(name, ..)| *name == fields.text("view")).map_or("", |(name, ..)| name);
        Wish { view, after: fields.given("after") }
    }

    fn state(&self) -> Option<&'static str> {
        VIEWS.iter().find(|(name, ..)| *name == self.view).and_then(|(.., state)| *state)
    }

    fn address(&self) -> String {
        let view = (!self.view.is_empty()).then(|| format!("view={}", self.view));
        let after = self.after.map(|after| format!("after={}", encoded(after)));
        let pairs: Vec<String> = [view, after].into_iter().flatten().collect();
        if pairs.is_empty() { "/outbox".to_owned() } else { format!("/outbox?{}", pairs.join("&")) }
    }
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(visit: &Visit, fields: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    visit.person().ok_or(Refused::SignIn)?;
    if !visit.holds(Capability::SeePeople) {
        return Err(Refused::Forbidden);
    }
    let wish = Wish::of(fields);
    let variables = json!({
        "state": wish.state(), "after": wish.after, "counts": visit.holds(Capability::SeeViews),
    });
    let found: Found = visit.read(&OUTBOX, variables).await?;
    let tongue = visit.tongue();
    let title = words::TITLE.to(tongue);
    let mails = &found.outbox.mails;
    let body = html! {
        div.head { div.heading { h1 { (title) } p.soft { (words::LEAD.to(tongue)) } } }
        (done(visit, told(fields, &[("queued", words::QUEUED)])))
        (refusals(visit, flaws, &[]))
        @if let Some(queue) = &found.mail_queue { (figures(visit, queue)) }
        div.controls { (views(visit, wish.view)) }
        @if mails.is_empty() && found.outbox.next.is_none() {
            div.empty { p { strong { (words::EMPTY.to(tongue)) } } }
        } @else { (table(visit, mails, &wish)) }
        nav.pages {
            @if wish.after.is_some() {
                a.button.small href=(Wish { after: None, ..wish }.address()) { (words::NEWEST.to(tongue)) }
            }
            @if let Some(next) = &found.outbox.next {
                a.button.small href=(Wish { after: Some(next), ..wish }.address()) { (words::OLDER.to(tongue)) }
            }
        }
    };
    Page::titled(title).at(Place::Outbox).show(visit, &body).await
}

/// The figures of the outbox, and a warning where nothing can go.
pub(super) fn figures(visit: &Visit, queue: &Queue) -> Markup {
    let tongue = visit.tongue();
    let figures = [(queue.sent, words::SENT), (queue.withdrawn, words::WITHDRAWN)];
    html! {
        @if !queue.sends { div.refused { (icon("warning")) p { (words::NOT_SENT.to(tongue)) } } }
        ul.figures {
            li { strong { (visit.number(queue.waiting)) } span.small.soft {
                (words::WAITING.to(tongue))
                @if let Some(at) = &queue.oldest_waiting_at {
                    " · " (words::OLDEST.with(tongue, &[("time", &visit.moment(at))]))
                }
            } }
            li data-over[queue.failed > 0] {
                strong { (visit.number(queue.failed)) } span.small.soft { (words::FAILED.to(tongue)) }
            }
            @for (count, text) in figures {
                li { strong { (visit.number(count)) } span.small.soft { (text.to(tongue)) } }
            }
        }
    }
}

fn views(visit: &Visit, here: &str) -> Markup {
    let tongue = visit.tongue();
    html! {
        nav.views aria-label=(words::VIEWS.to(tongue)) {
            @for (name, text, _) in VIEWS {
                a href=(Wish { view: name, after: None }.address())
                    aria-current=[(name == here).then_some("page")] { (text.to(tongue)) }
            }
        }
    }
}

fn table(visit: &Visit, mails: &[Mail], wish: &Wish<'_>) -> Markup {
    let tongue = visit.tongue();
    let heads = [words::TO, words::MAIL, words::STATE, words::WAS_QUEUED, words::ATTEMPTS, words::DEED];
    html! {
        div.list { div.table-frame { table {
            thead { tr { @for head in heads { th scope="col" { (head.to(tongue)) } } } }
            tbody { @for mail in mails { (row(visit, mail, wish)) } }
        } } }
    }
}

fn row(visit: &Visit, mail: &Mail, wish: &Wish<'_>) -> Markup {
    let tongue = visit.tongue();
    html! {
        tr {
            td data-column="name" data-label=(words::TO.to(tongue)) {
                a.who href=(format!("/people/{}/mail", mail.user_id)) { bdi { (mail.label) } }
            }
            td data-label=(words::MAIL.to(tongue)) { (said(visit, &mail.template)) }
            td data-label=(words::STATE.to(tongue)) { span {
                (badge(kind(&mail.state), &said(visit, &mail.state)))
                @if let Some(fault) = &mail.fault { br; span.small.soft { (said(visit, fault)) } }
            } }
            td data-label=(words::WAS_QUEUED.to(tongue)) {
                time datetime=(mail.queued_at) { (visit.moment(&mail.queued_at)) }
            }
            td data-label=(words::ATTEMPTS.to(tongue)) { span {
                (visit.number(mail.attempts))
                @if let Some(at) = &mail.attempted_at {
                    br; span.small.soft { (mail::LAST.with(tongue, &[("time", &visit.moment(at))])) }
                }
            } }
            td data-label=(words::DEED.to(tongue)) { @if may_resend(visit, mail) {
                (asks(visit, "/outbox", "resend", &html! {
                    input type="hidden" name="user" value=(mail.user_id);
                    input type="hidden" name="of" value=(mail.id);
                    input type="hidden" name="view" value=(wish.view);
                    @if let Some(after) = wish.after { input type="hidden" name="after" value=(after); }
                    button.small type="submit" { (mail::RESEND.to(tongue)) span.unseen { ": " (mail.label) } }
                }))
            } @else { "–" } }
        }
    }
}

/// What the closed lists of mail say.
fn said(visit: &Visit, word: &str) -> String {
    mail::word(word).map_or_else(|| word.to_owned(), |text| text.to(visit.tongue()).to_owned())
}

fn kind(state: &str) -> &'static str {
    match state {
        "SENT" => "good",
        "FAILED" => "bad",
        "WAITING" => "warn",
        _ => "quiet",
    }
}

/// Is it worth a button? What waits goes by itself, and a password is mailed once: a reset makes another.
fn may_resend(visit: &Visit, mail: &Mail) -> bool {
    let tells_password =
        matches!(mail.template.as_str(), "INITIAL_PASSWORD" | "WELCOME_WITH_PASSWORD" | "TEMPORARY_PASSWORD");
    let user = mail.user_id.strip_prefix("user_").and_then(|number| number.parse().ok()).map(UserId);
    let permitted = user.is_some_and(|user| visit.may(ResendMail { user, template: MailTemplate::Welcome }));
    mail.state == "FAILED" && !tells_password && permitted
}

async fn resend(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let input: Value = json!({ "userId": fields.text("user"), "mailId": fields.text("of") });
    let mut to = Wish { after: None, ..Wish::of(&fields) }.address();
    to.push_str(if to.contains('?') { "&done=queued" } else { "?done=queued" });
    match asked(&visit, &changes::RESEND_MAIL, input, &to).await? {
        Ok(response) => Ok(response),
        Err(flaws) => page(&visit, &fields, &flaws).await,
    }
}
