//! Acting as somebody else: the reminder comes first (PXY-03). The way back stands in the frame.

use axum::extract::Path;
use axum::response::Response;
use maud::html;
use serde_json::{Value, json};

use super::super::sign_in::with_keys;
use super::{Part, read};
use crate::console::ask::Flaw;
use crate::console::changes;
use crate::console::cookies::Keys;
use crate::console::form::Fields;
use crate::console::page::Page;
use crate::console::parts::{Field, icon, refusals, token};
use crate::console::refused::Refused;
use crate::console::visit::Visit;
use crate::console::words::{frame, person as words};
use crate::identity::SessionToken;

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Refused> {
    remind(&visit, &id, &[]).await
}

async fn remind(visit: &Visit, id: &str, flaws: &[Flaw]) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let (_, person) = read(visit, id, Part::Head, Value::Null).await?;
    if !person.may_proxy {
        return Err(Refused::Forbidden);
    }
    let name = [("name", person.label.as_str())];
    let title = words::PROXY_QUESTION.with(tongue, &name);
    // AUT-15: the first time may ask for one's own answer.
    let asks = visit.directory().settings().security_question_before_proxy;
    let body = html! {
        form.card.ask method="post" action=(format!("{}/proxy", person.path())) {
            (token(visit))
            h1 { bdi { (title) } }
            (refusals(visit, flaws, &["securityAnswer", "reason"]))
            p.told { (icon("mask")) span { (words::PROXY_REMINDER.with(tongue, &name)) } }
            p.soft { (words::PROXY_LENGTH.to(tongue)) }
            @if asks { (Field::text("securityAnswer", frame::ANSWER.to(tongue), "").show(visit, flaws)) }
            (Field::text("reason", words::REASON.to(tongue), "").show(visit, flaws))
            div.buttons {
                button.primary type="submit" { (words::PROXY_CONTINUE.with(tongue, &name)) }
                a.button href=(person.path()) { (frame::CANCEL.to(tongue)) }
            }
        }
    };
    Page::titled(title).at(person.list().place()).show(visit, &body).await
}

pub(super) async fn start(visit: Visit, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let input = json!({
        "userId": id,
        "acknowledged": true,
        "securityAnswer": fields.given("securityAnswer"),
        "reason": fields.given("reason"),
    });
    let started = match visit.change(&changes::START_PROXY, input).await? {
        Ok(started) => started,
        Err(flaws) => return remind(&visit, &id, &flaws).await,
    };
    let token = started["token"].as_str().ok_or(Refused::Unavailable)?;
    let own = visit.keys().map(|keys| keys.now.clone()).ok_or(Refused::SignIn)?;
    let keys = Keys { now: SessionToken::from_client(token), own: Some(own) };
    Ok(with_keys(&visit, Some(&keys), "/"))
}
