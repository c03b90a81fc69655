//! The own account: [`profile`] with the picture, [`preferences`], [`security`] with the sessions, and the own
//! history.

mod preferences;
pub(super) mod profile;
pub(super) mod security;

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::console::Console;
use crate::console::ask::document;
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::{Tab, done, tabs};
use crate::console::refused::Refused;
use crate::console::timeline::{self, Timeline};
use crate::console::visit::Visit;
use crate::console::words::{Text, account as words, frame};

/// Entries of a page of history.
const ENTRIES: i32 = 50;

document!(
    /// What was done to the reader.
    HISTORY,
    include_str!("history.graphql")
);

pub(super) fn routes() -> Router<Console> {
    Router::new()
        .route("/account", get(profile::show).post(profile::save))
        .route("/account/picture", post(profile::save_picture))
        .route("/account/picture/remove", post(profile::remove_picture))
        .route("/account/notice", post(profile::dismiss))
        .route("/account/preferences", get(preferences::show).post(preferences::save))
        .route("/account/security", get(security::show))
        .route("/account/password", post(security::change_password))
        .route("/account/question", post(security::set_question))
        .route("/account/question/remove", post(security::remove_question))
        .route("/account/sessions", post(security::end))
        .route("/account/history", get(history))
}

const TABS: [Tab; 4] = [
    Tab { to: "/account", text: words::PROFILE },
    Tab { to: "/account/preferences", text: words::PREFERENCES },
    Tab { to: "/account/security", text: words::SECURITY },
    Tab { to: "/account/history", text: words::HISTORY },
];

/// A tab of the account.
async fn shown(visit: &Visit, here: &str, told: Option<Text>, body: &Markup) -> Result<Response, Refused> {
    let title = frame::ACCOUNT.to(visit.tongue());
    let body = html! {
        div.head { h1 { (title) } }
        (tabs(visit, words::TABS, "", &TABS, here))
        (done(visit, told))
        div.stack.reading { (body) }
    };
    Page::titled(title).at(Place::Account).show(visit, &body).await
}

/// What a page says was done, by the word in its address.
fn told(query: Option<&str>) -> Option<Text> {
    match Fields::of_query(query).text("done") {
        "saved" => Some(words::SAVED),
        "password" => Some(words::PASSWORD_CHANGED),
        "ended" => Some(words::SESSION_ENDED),
        _ => None,
    }
}

fn own_id(visit: &Visit) -> Result<String, Refused> {
    visit.person().map(|person| format!("user_{}", person.id.0)).ok_or(Refused::SignIn)
}

/// The version that a form was made with.
pub(in crate::console) fn version(fields: &Fields) -> Value {
    fields.text("version").parse::<u64>().map_or(Value::Null, Value::from)
}

async fn history(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    #[derive(Deserialize)]
    struct Found {
        me: Option<Own>,
    }
    #[derive(Deserialize)]
    struct Own {
        history: Timeline,
    }
    let window = window(&Fields::of_query(query.as_deref()));
    let found: Found = visit.read(&HISTORY, window).await?;
    let own = found.me.ok_or(Refused::SignIn)?.history;
    let body = html! {
        (timeline::followed(&visit, &own))
        (timeline::turns(&visit, &own.page_info, "/account/history"))
    };
    shown(&visit, "/account/history", None, &body).await
}

/// Which page of a history an address names.
pub(in crate::console) fn window(fields: &Fields) -> Value {
    match (fields.given("after"), fields.given("before")) {
        (Some(after), _) => json!({ "first": ENTRIES, "after": after, "last": null, "before": null }),
        (None, Some(before)) => json!({ "first": null, "after": null, "last": ENTRIES, "before": before }),
        (None, None) => json!({ "first": ENTRIES, "after": null, "last": null, "before": null }),
    }
}
