//! The REST door: the one documented call that adds a user (API-01), beside GraphQL.
//!
//! `POST /users` takes the fields of `createUser` as JSON and gives the new user with its address;
//! `GET /users/{id}` answers at that address. The same commands, rights and rules stand behind it: a body
//! becomes a command and is asked of the façade. Refusals are RFC 9457 problems that list every flaw.
//!
//! `fields` is the table of what a body may hold: it is read by `new_user`, which parses, and by
//! `openapi`, which describes, so that the document cannot promise what the parser does not take.
//!
//! Absent on purpose: changing and listing users, which GraphQL does.

mod caller;
mod create;
mod fields;
mod new_user;
mod openapi;
mod problem;
mod read;
mod request;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Map, Value};

use crate::directory::Directory;
use crate::http::EdgeLimits;
use problem::Problem;

pub use fields::{Field, FieldForm, fields};
pub use openapi::openapi;

/// What the calls share.
#[derive(Clone)]
struct Rest {
    directory: Directory,
    limits: EdgeLimits,
}

/// The routes, still without their envelope.
pub fn routes(directory: Directory, limits: EdgeLimits) -> Router {
    Router::new()
        .route("/users", post(create::create_user).fallback(not_allowed))
        .route("/users/{id}", get(read::user).fallback(not_allowed))
        .route("/openapi.json", get(openapi::serve).fallback(not_allowed))
        .with_state(Rest { directory, limits })
}

/// An object as JSON.
fn answer(status: StatusCode, body: Map<String, Value>) -> Response {
    let mut response = Response::new(Body::from(Value::Object(body).to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

async fn not_allowed() -> Response {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED").into()
}
