//! `POST /users`.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use rollbook_schema::{Context, UserId};
use serde_json::{Map, Value, json};

use super::new_user::NewUser;
use super::problem::Problem;
use super::read::id_of;
use super::request::idempotency_key;
use super::{Rest, answer};
use crate::access::Caller;
use crate::directory::Asking;
use crate::http::RequestContext;
use crate::writer::Outcome;

/// Says that a request was done before and this is what it did.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Makes a user as `createUser` does, and answers when it is durable and every view holds it.
pub(super) async fn create_user(
    State(rest): State<Rest>,
    Extension(context): Extension<RequestContext>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    // Nobody is told what is wrong with a form they may not send, or has it read.
    let caller = match rest.caller(&parts.headers) {
        Ok(caller) => caller,
        Err(problem) => return problem.into(),
    };
    let created = async {
        let members = rest.object(&parts, body).await?;
        rest.create(caller, &parts, context, members).await
    };
    match created.await {
        Ok((user, outcome)) => rest.created(user, &caller, outcome),
        Err(problem) => problem.into(),
    }
}

impl Rest {
    async fn create(
        &self,
        caller: Caller,
        parts: &Parts,
        context: RequestContext,
        members: Map<String, Value>,
    ) -> Result<(UserId, Outcome), Problem> {
        let idempotency_key = idempotency_key(&parts.headers)?;
        let NewUser { command, password, reason } = NewUser::parse(members).map_err(Problem::of)?;
        let context = Context {
            request_id: Some(context.request_id),
            client_address: context.client_address.map(|address| address.to_string()),
            user_agent: context.user_agent,
            reason,
        };
        let asking = Asking { caller, context, idempotency_key, expected_version: None };
        let outcome = self.directory.create_user(asking, command, password).await?;
        // A creation is about the user it made.
        let user = outcome.user().ok_or(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL"))?;
        Ok((user, outcome))
    }

    fn created(&self, user: UserId, caller: &Caller, outcome: Outcome) -> Response {
        let mut body = self.body(user, caller).unwrap_or_default();
        body.insert("position".to_owned(), json!(outcome.position));
        body.insert("repeated".to_owned(), json!(outcome.repeated));
        let mut response = answer(StatusCode::CREATED, body);
        let headers = response.headers_mut();
        if let Ok(location) = HeaderValue::from_str(&format!("/users/{}", id_of(user))) {
            headers.insert(header::LOCATION, location);
        }
        if outcome.repeated {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}
