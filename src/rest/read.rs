//! A user as JSON, as far as the reader may see it.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use rollbook_projections::view::UserRow;
use rollbook_schema::UserId;
use rollbook_schema::value::{PersonField, UserKind};
use serde_json::{Map, Value, json};

use super::problem::Problem;
use super::{Rest, answer};
use crate::access::{Caller, Capability, holds, reaches, uses};

/// `GET /users/{id}`: what one may not see does not exist.
pub(super) async fn user(State(rest): State<Rest>, Path(id): Path<String>, request: Request) -> Response {
    let caller = match rest.caller(request.headers()) {
        Ok(caller) => caller,
        Err(problem) => return problem.into(),
    };
    match user_of(&id).and_then(|user| rest.body(user, &caller)) {
        Some(body) => answer(StatusCode::OK, body),
        None => Problem::new(StatusCode::NOT_FOUND, "NOT_FOUND").into(),
    }
}

impl Rest {
    /// The user of now.
    pub(super) fn body(&self, user: UserId, caller: &Caller) -> Option<Map<String, Value>> {
        let is_own = caller.user() == Some(user);
        if !is_own && !holds(caller, Capability::SeeUsers) {
            return None;
        }
        let views = self.directory.views();
        let row = views.users.get_any(user)?;
        if !reaches(caller, &views.teams, user) || !uses(caller, &views, user) {
            return None;
        }
        let sees_person = is_own || row.kind == UserKind::Standard || holds(caller, Capability::SeePeople);
        let sees_roles = is_own || holds(caller, Capability::SeeRoles);
        Some(body_of(row, sees_person, sees_roles))
    }
}

fn body_of(row: &UserRow, sees_person: bool, sees_roles: bool) -> Map<String, Value> {
    let roles: Vec<String> =
        row.roles().iter().filter(|_| sees_roles).map(|role| format!("role_{role}")).collect();
    let mut body = Map::new();
    let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
    put("id", json!(id_of(row.id)));
    put("kind", json!(row.kind));
    put("username", json!(row.username().filter(|_| sees_person)));
    put("email", json!(row.email().filter(|_| sees_person)));
    put("emailVerified", json!(row.email_verified));
    for field in PersonField::ALL {
        put(field.name(), json!(row.person(field).filter(|_| sees_person)));
    }
    put("active", json!(row.active));
    put("locked", json!(row.locked));
    put("deleted", json!(row.deleted));
    put("masked", json!(row.masked));
    put("license", json!(row.license));
    put("roles", json!(roles));
    put("accessProfile", json!(row.access_profile));
    put("createdAt", json!(row.created_at));
    put("version", json!(row.version));
    body
}

/// The id as GraphQL gives it.
pub(super) fn id_of(user: UserId) -> String {
    format!("user_{user}")
}

/// Only the form that is handed out.
fn user_of(id: &str) -> Option<UserId> {
    let number: u64 = id.strip_prefix("user_")?.parse().ok()?;
    (id_of(UserId(number)) == id).then_some(UserId(number))
}
