//! The password of somebody else: set by hand (AUT-02), or reset to a temporary one (AUT-07).

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use serde_json::{Value, json};

use super::{Part, read, refused_at_once, went};
use crate::console::ask::Flaw;
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::Page;
use crate::console::parts::{Field, refusals, token};
use crate::console::refused::Refused;
use crate::console::rights::Deeds;
use crate::console::visit::Visit;
use crate::console::words::{frame, person as words};

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Refused> {
    if visit.person().is_some_and(|person| id == format!("user_{}", person.id.0)) {
        return Ok(Redirect::to("/account/security").into_response());
    }
    form(&visit, &id, &[]).await
}

async fn form(visit: &Visit, id: &str, flaws: &[Flaw]) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let (_, person) = read(visit, id, Part::Head, Value::Null).await?;
    if !Deeds::of(visit, person.key()?).set_password {
        return Err(Refused::Forbidden);
    }
    // AUT-06: a direct reset may fall short of the policy, and says so.
    let least = visit.number(u64::from(visit.directory().settings().password_min_length));
    let hint = words::POLICY_HINT.with(tongue, &[("count", &least)]);
    let field = Field {
        hint: Some(&hint),
        ..Field::password("password", frame::NEW_PASSWORD.to(tongue), "new-password")
    };
    let again = Field::password("again", frame::NEW_PASSWORD_AGAIN.to(tongue), "new-password");
    let title = words::CHANGE_PASSWORD.to(tongue);
    let body = html! {
        form.card.ask method="post" action=(format!("{}/password", person.path())) {
            (token(visit))
            h1 { (title) }
            p { bdi { strong { (person.label) } } " · " span.code { (person.id) } }
            p.soft { (words::PASSWORD_LEAD.to(tongue)) }
            (refusals(visit, flaws, &["password", "again"]))
            (field.show(visit, flaws))
            (again.show(visit, flaws))
            div.buttons {
                button.primary type="submit" { (title) }
                a.button href=(person.path()) { (frame::CANCEL.to(tongue)) }
            }
        }
    };
    Page::titled(title).at(person.list().place()).show(visit, &body).await
}

pub(super) async fn set(visit: Visit, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    if fields.text("password") != fields.text("again") {
        let flaw = Flaw::told("again", frame::PASSWORDS_DIFFER.to(visit.tongue()));
        return form(&visit, &id, &[flaw]).await;
    }
    let input = json!({ "userId": id, "password": fields.text("password") });
    match visit.change(&changes::SET_PASSWORD, input).await? {
        Ok(_) => Ok(went(&id, "", "password")),
        Err(flaws) => form(&visit, &id, &flaws).await,
    }
}

/// A page and no redirect, since a temporary password is shown this once.
pub(super) async fn reset(
    visit: Visit,
    Path(id): Path<String>,
    _fields: Fields,
) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let done = match visit.change(&changes::RESET_PASSWORD, json!({ "userId": id })).await? {
        Ok(done) => done,
        Err(flaws) => return refused_at_once(&visit, &id, &flaws).await,
    };
    let (_, person) = read(&visit, &id, Part::Head, Value::Null).await?;
    let until = done["expiresAt"].as_str().map(|at| visit.moment(at)).unwrap_or_default();
    let body = html! {
        section.card.ask {
            h1 { (words::RESET_DONE.to(tongue)) }
            p { bdi { strong { (person.label) } } " · " span.code { (person.id) } }
            @if done["mailed"] == true { p { (words::RESET_MAILED.to(tongue)) } }
            @if let Some(password) = done["temporaryPassword"].as_str() {
                p.secret { code { (password) } }
                p.soft { (words::RESET_SHOWN.to(tongue)) }
            }
            p.soft { (words::RESET_UNTIL.with(tongue, &[("time", &until)])) }
            div.buttons { a.button.primary href=(person.path()) { (frame::CONTINUE.to(tongue)) } }
        }
    };
    Page::titled(words::RESET_DONE.to(tongue)).at(person.list().place()).show(&visit, &body).await
}
