//! The screens, each a file or a folder of its own.

mod access_profiles;
pub(super) mod account;
mod applications;
mod attributes;
mod avatar;
mod event;
mod groups;
mod health;
mod history;
mod licenses;
pub(super) mod list;
mod live;
mod moments;
mod outbox;
mod person;
mod privacy;
mod roles;
mod rules;
mod settings;
mod sign_in;
mod wordings;

use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::Console;
use super::visit::Visit;
use crate::access::Capability;

/// Every screen at its address.
pub(super) fn routes() -> Router<Console> {
    let screens = [
        sign_in::routes(),
        account::routes(),
        avatar::routes(),
        event::routes(),
        list::routes(),
        person::routes(),
        licenses::routes(),
        roles::routes(),
        access_profiles::routes(),
        groups::routes(),
        applications::routes(),
        attributes::routes(),
        rules::routes(),
        settings::routes(),
        outbox::routes(),
        wordings::routes(),
        privacy::routes(),
        history::routes(),
        live::routes(),
        moments::routes(),
        health::routes(),
    ];
    let start = Router::new().route("/", get(start));
    screens.into_iter().fold(start, Router::merge)
}

/// The start: the list that most people come for, or what is one's own.
async fn start(visit: Visit) -> Response {
    let to = match visit.person() {
        None => "/sign-in",
        Some(person) if person.must_change_password => "/new-password",
        Some(_) if visit.holds(Capability::SeeUsers) => "/agents",
        Some(_) => "/account",
    };
    Redirect::to(to).into_response()
}
