//! Signing in, the new password that is demanded, signing out, and switching back.

use axum::Router;
use axum::extract::RawQuery;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde_json::json;

use crate::console::Console;
use crate::console::ask::Flaw;
use crate::console::changes;
use crate::console::cookies::{self, Keys, Theme};
use crate::console::form::Fields;
use crate::console::page::Page;
use crate::console::parts::{Field, refusals, token};
use crate::console::refused::Refused;
use crate::console::visit::{Visit, encoded};
use crate::console::words::frame as words;
use crate::identity::SessionToken;

pub(super) fn routes() -> Router<Console> {
    Router::new()
        .route("/sign-in", get(show).post(sign_in))
        .route("/new-password", get(show_new_password).post(set_new_password))
        .route("/sign-out", post(sign_out))
        .route("/switch-back", post(switch_back))
        .route("/theme", post(choose_theme))
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Response {
    let query = Fields::of_query(query.as_deref());
    match visit.person() {
        Some(person) if person.must_change_password => Redirect::to("/new-password").into_response(),
        Some(_) => Redirect::to(query.own_path("to").unwrap_or("/")).into_response(),
        None => form(&visit, &query, &[]),
    }
}

fn form(visit: &Visit, given: &Fields, flaws: &[Flaw]) -> Response {
    let tongue = visit.tongue();
    let (login, password) = (words::LOGIN.to(tongue), words::PASSWORD.to(tongue));
    let login = Field {
        required: true,
        autocomplete: "username",
        focused: flaws.is_empty(),
        ..Field::text("login", login, given.text("login"))
    };
    let body = html! {
        section.card.narrow {
            h1 { (words::SIGN_IN.to(tongue)) }
            p.lead { (words::SIGN_IN_LEAD.to(tongue)) }
            @if given.has("out") { p.done role="status" { (words::SIGNED_OUT.to(tongue)) } }
            (refusals(visit, flaws, &["login", "password"]))
            form.fields method="post" action="/sign-in" {
                (token(visit))
                @if let Some(to) = given.own_path("to") { input type="hidden" name="to" value=(to); }
                (login.show(visit, flaws))
                (Field::password("password", password, "current-password").show(visit, flaws))
                button.primary type="submit" { (words::SIGN_IN.to(tongue)) }
            }
        }
    };
    Page::titled(words::SIGN_IN.to(tongue)).show_alone(visit, &body)
}

async fn sign_in(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let input = json!({ "login": fields.text("login"), "password": fields.text("password") });
    let opened = match visit.change(&changes::SIGN_IN, input).await? {
        Ok(opened) => opened,
        Err(flaws) => return Ok(form(&visit, &fields, &flaws)),
    };
    let token = opened["token"].as_str().ok_or(Refused::Unavailable)?;
    // The session that the browser had is not left behind, open and forgotten.
    if visit.person().is_some() {
        end_all(&visit).await?;
    }
    let demanded = opened["mustChangePassword"].as_bool() == Some(true);
    let to = fields.own_path("to").unwrap_or("/");
    let to = match (demanded, to) {
        (true, "/") => "/new-password".to_owned(),
        (true, to) => format!("/new-password?to={}", encoded(to)),
        (false, to) => to.to_owned(),
    };
    let keys = Keys { now: SessionToken::from_client(token), own: None };
    Ok(with_keys(&visit, Some(&keys), &to))
}

/// Goes on with other tokens, or with none.
pub(super) fn with_keys(visit: &Visit, keys: Option<&Keys>, to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    let secure = visit.is_secure();
    let cookie = match keys {
        Some(keys) => cookies::keep(keys, secure),
        None => cookies::forget(secure),
    };
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn show_new_password(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    let person = visit.person().ok_or(Refused::SignIn)?;
    if !person.must_change_password {
        return Ok(Redirect::to("/").into_response());
    }
    new_password(&visit, &Fields::of_query(query.as_deref()), &[])
}

fn new_password(visit: &Visit, given: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let person = visit.person().ok_or(Refused::SignIn)?;
    let asked = visit.directory().asked_after_reset(person.id).map_err(|_| Refused::Unavailable)?;
    let question = asked.as_ref().map(|question| question.as_str());
    let body = html! {
        section.card.narrow {
            h1 { (words::CHOOSE_PASSWORD.to(tongue)) }
            p.lead { (words::CHOOSE_PASSWORD_LEAD.to(tongue)) }
            (refusals(visit, flaws, &["currentPassword", "password", "again", "securityAnswer"]))
            form.fields method="post" action="/new-password" {
                (token(visit))
                @if let Some(to) = given.own_path("to") { input type="hidden" name="to" value=(to); }
                (new_password_fields(visit, flaws))
                @if let Some(question) = question {
                    p { span.label { (words::SECURITY_QUESTION.to(tongue)) } br; (question) }
                    (Field { required: true, ..Field::text("securityAnswer", words::ANSWER.to(tongue), "") }
                        .show(visit, flaws))
                }
                button.primary type="submit" { (words::CONTINUE.to(tongue)) }
            }
        }
    };
    Ok(Page::titled(words::CHOOSE_PASSWORD.to(tongue)).show_alone(visit, &body))
}

/// The three fields with which people change their own password.
pub(super) fn new_password_fields(visit: &Visit, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let least = visit.number(u64::from(visit.directory().settings().password_min_length));
    let hint = words::PASSWORD_HINT.with(tongue, &[("count", &least)]);
    let new = Field {
        hint: Some(&hint),
        ..Field::password("password", words::NEW_PASSWORD.to(tongue), "new-password")
    };
    html! {
        (Field::password("currentPassword", words::CURRENT_PASSWORD.to(tongue), "current-password")
            .show(visit, flaws))
        (new.show(visit, flaws))
        (Field::password("again", words::NEW_PASSWORD_AGAIN.to(tongue), "new-password").show(visit, flaws))
    }
}

async fn set_new_password(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    match change_own_password(&visit, &fields).await? {
        Ok(()) => {
            let to = fields.own_path("to").unwrap_or("/");
            Ok(Redirect::to(to).into_response())
        }
        Err(flaws) => new_password(&visit, &fields, &flaws),
    }
}

/// Changes the reader's own password. That the new one was typed twice alike is seen to here, since it is
/// about the form and not about the password.
pub(super) async fn change_own_password(
    visit: &Visit,
    fields: &Fields,
) -> Result<Result<(), Vec<Flaw>>, Refused> {
    let person = visit.person().ok_or(Refused::SignIn)?;
    if fields.text("password") != fields.text("again") {
        return Ok(Err(vec![Flaw::told("again", words::PASSWORDS_DIFFER.to(visit.tongue()))]));
    }
    let input = json!({
        "userId": format!("user_{}", person.id.0),
        "password": fields.text("password"),
        "currentPassword": fields.text("currentPassword"),
        "securityAnswer": fields.given("securityAnswer"),
    });
    Ok(visit.change(&changes::SET_PASSWORD, input).await?.map(drop))
}

async fn sign_out(visit: Visit, _fields: Fields) -> Result<Response, Refused> {
    if visit.person().is_some() {
        end_all(&visit).await?;
    }
    Ok(with_keys(&visit, None, "/sign-in?out"))
}

/// Ends the session, and while acting as another, both.
async fn end_all(visit: &Visit) -> Result<(), Refused> {
    let own = visit.as_oneself();
    // One that has ended meanwhile is ended.
    for session in [Some(visit.clone()), own].into_iter().flatten() {
        match session.change(&changes::SIGN_OUT, json!({})).await {
            Ok(_) | Err(Refused::SignIn) => {}
            Err(refused) => return Err(refused),
        }
    }
    Ok(())
}

async fn switch_back(visit: Visit, _fields: Fields) -> Result<Response, Refused> {
    let Some(own) = visit.keys().and_then(|keys| keys.own.clone()) else {
        return Ok(Redirect::to("/").into_response());
    };
    match visit.change(&changes::END_PROXY, json!({})).await {
        Ok(_) | Err(Refused::SignIn) => {}
        Err(refused) => return Err(refused),
    }
    Ok(with_keys(&visit, Some(&Keys { now: own, own: None }), "/"))
}

async fn choose_theme(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let theme = Theme::of(fields.text("theme")).ok_or(Refused::Malformed)?;
    let mut response = Redirect::to(fields.own_path("to").unwrap_or("/")).into_response();
    if let Some(cookie) = cookies::keep_theme(theme, visit.is_secure()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
