//! The own password, sessions and security question.

use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::super::sign_in::{change_own_password, new_password_fields};
use super::{own_id, shown, told};
use crate::console::ask::{Changed, Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::parts::{Field, badge, refusals, token};
use crate::console::refused::Refused;
use crate::console::visit::Visit;
use crate::console::words::{account as words, frame};

document!(
    /// Sessions and question.
    SECURITY,
    include_str!("security.graphql")
);

#[derive(Deserialize)]
struct Found {
    me: Option<Own>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Own {
    security_question: Option<String>,
    sessions: Vec<Session>,
}

/// A session that runs.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::console) struct Session {
    pub id: String,
    pub started_at: String,
    pub expires_at: String,
    pub current: bool,
    pub client_address: Option<String>,
    pub user_agent: Option<String>,
}

/// Whose refusals are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Password,
    Question,
    Sessions,
}

pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, query.as_deref(), None).await
}

async fn page(
    visit: &Visit,
    query: Option<&str>,
    refused: Option<(Part, &[Flaw])>,
) -> Result<Response, Refused> {
    let found: Found = visit.read(&SECURITY, json!({})).await?;
    let own = found.me.ok_or(Refused::SignIn)?;
    let flaws = |part: Part| refused.filter(|(of, _)| *of == part).map_or(&[][..], |(_, flaws)| flaws);
    let tongue = visit.tongue();
    let body = html! {
        section.card {
            h2 { (words::CHANGE_PASSWORD.to(tongue)) }
            (refusals(visit, flaws(Part::Password), &["currentPassword", "password", "again"]))
            form.fields.slim method="post" action="/account/password" {
                (token(visit))
                (new_password_fields(visit, flaws(Part::Password)))
                div.buttons { button.primary type="submit" { (words::CHANGE_PASSWORD.to(tongue)) } }
            }
        }
        section.card {
            h2 { (words::SESSIONS.to(tongue)) }
            p.soft { (words::SESSIONS_LEAD.to(tongue)) }
            (refusals(visit, flaws(Part::Sessions), &[]))
            (sessions(visit, &own.sessions, "/account/sessions"))
        }
        // AUT-08: where the company asks no questions, there is none to choose.
        @if asks_questions(visit) { (question(visit, &own, flaws(Part::Question))) }
    };
    shown(visit, "/account/security", told(query), &body).await
}

fn asks_questions(visit: &Visit) -> bool {
    let settings = visit.directory().settings();
    settings.security_question_after_reset || settings.security_question_before_proxy
}

/// The sessions of somebody, each with a way to end it.
pub(in crate::console) fn sessions(visit: &Visit, sessions: &[Session], action: &str) -> Markup {
    let tongue = visit.tongue();
    html! {
        ul.sessions {
            @for session in sessions {
                @let program = session.user_agent.as_deref().map_or(words::UNKNOWN_PROGRAM.to(tongue), program);
                li {
                    div {
                        p { strong { (program) } @if session.current { " " (badge("good", words::THIS_SESSION.to(tongue))) } }
                        p.small.soft {
                            @if let Some(address) = &session.client_address { span { (address) } " · " }
                            (words::SINCE.with(tongue, &[("time", &visit.moment(&session.started_at))])) " · "
                            (words::UNTIL.with(tongue, &[("time", &visit.moment(&session.expires_at))]))
                        }
                    }
                    form method="post" action=(action) {
                        (token(visit))
                        input type="hidden" name="session" value=(session.id);
                        button.small type="submit" aria-label=(words::END_SESSION.with(tongue, &[("program", program)])) {
                            (words::END.to(tongue))
                        }
                    }
                }
            }
        }
        @if sessions.len() > 1 {
            form.after method="post" action=(action) {
                (token(visit))
                button type="submit" name="others" value="true" { (words::END_OTHERS.to(tongue)) }
            }
        }
    }
}

/// A browser's name, out of what it says of itself.
fn program(agent: &str) -> &str {
    let known = ["Edg", "OPR", "Firefox", "Chrome", "Safari", "curl"];
    match known.into_iter().find(|name| agent.contains(&format!("{name}/"))) {
        Some("Edg") => "Edge",
        Some("OPR") => "Opera",
        Some(name) => name,
        None => agent.split(['/', ' ']).next().unwrap_or(agent),
    }
}

fn question(visit: &Visit, own: &Own, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    html! {
        section.card {
            h2 { (frame::SECURITY_QUESTION.to(tongue)) }
            p.soft { (words::QUESTION_LEAD.to(tongue)) }
            p {
                @match &own.security_question {
                    Some(question) => bdi { (words::YOUR_QUESTION.with(tongue, &[("question", question)])) },
                    None => (words::NO_QUESTION.to(tongue)),
                }
            }
            (refusals(visit, flaws, &["question", "answer"]))
            form.fields.slim method="post" action="/account/question" {
                (token(visit))
                (Field { required: true, ..Field::text("question", words::QUESTION.to(tongue), "") }.show(visit, flaws))
                (Field { required: true, ..Field::text("answer", frame::ANSWER.to(tongue), "") }.show(visit, flaws))
                div.field {
                    label for="question-password" { (frame::CURRENT_PASSWORD.to(tongue)) span.required { " *" } }
                    input #question-password type="password" name="currentPassword" required autocomplete="current-password";
                }
                div.buttons {
                    button.primary type="submit" { (words::SET_QUESTION.to(tongue)) }
                    @if own.security_question.is_some() {
                        button type="submit" formaction="/account/question/remove" formnovalidate { (words::REMOVE.to(tongue)) }
                    }
                }
            }
        }
    }
}

pub(super) async fn change_password(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    match change_own_password(&visit, &fields).await? {
        Ok(()) => Ok(Redirect::to("/account/security?done=password").into_response()),
        Err(flaws) => page(&visit, None, Some((Part::Password, &flaws))).await,
    }
}

async fn after(visit: &Visit, part: Part, done: &str, changed: Changed) -> Result<Response, Refused> {
    match changed {
        Ok(_) => Ok(Redirect::to(&format!("/account/security?done={done}")).into_response()),
        Err(flaws) => page(visit, None, Some((part, &flaws))).await,
    }
}

pub(super) async fn set_question(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let input = json!({
        "question": fields.text("question"),
        "answer": fields.text("answer"),
        "currentPassword": fields.text("currentPassword"),
    });
    let changed = visit.change(&changes::SET_SECURITY_QUESTION, input).await?;
    after(&visit, Part::Question, "saved", changed).await
}

pub(super) async fn remove_question(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let input = json!({ "userId": own_id(&visit)?, "currentPassword": fields.text("currentPassword") });
    let changed = visit.change(&changes::REMOVE_SECURITY_QUESTION, input).await?;
    after(&visit, Part::Question, "saved", changed).await
}

pub(super) async fn end(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let changed = if fields.has("others") {
        let input = json!({ "userId": own_id(&visit)?, "keepCurrent": true });
        visit.change(&changes::END_SESSIONS, input).await?
    } else {
        visit.change(&changes::END_SESSION, json!({ "sessionId": fields.text("session") })).await?
    };
    after(&visit, Part::Sessions, "ended", changed).await
}
