//! Pictures over HTTP: `PUT /avatars/user_8` with the picture as the body, `DELETE /avatars/user_8`,
//! and `GET` of the address that `avatarUrl` gives. All with the bearer of a session.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rollbook_schema::id::Digest;
use rollbook_schema::{Context, RejectionCode, UserId};
use serde_json::json;

use super::url;
use crate::access::Caller;
use crate::directory::{AVATAR_BYTES_MAX, Asking, Directory};
use crate::http::{RequestContext, bearer_of};
use crate::identity::SessionToken;
use crate::writer::{Answer, CommandError};

/// A picture never changes under its address; but rights do.
const CACHE: HeaderValue = HeaderValue::from_static("private, max-age=3600");

/// How long a client may take to send a picture.
const BODY_WITHIN: Duration = Duration::from_secs(30);

/// The routes, to be put into the envelope of the edge.
pub fn routes(directory: Directory) -> Router {
    Router::new().route("/avatars/{name}", get(read).put(set).delete(remove)).with_state(directory)
}

async fn read(
    State(directory): State<Directory>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let caller = caller(&directory, &headers)?;
    let avatar = parse_digest(&name).ok_or(Refused(RejectionCode::NotFound))?;
    let tag = format!("\"{avatar}\"");
    if !directory.sees_avatar(&caller, &avatar) {
        return Err(Refused(RejectionCode::NotFound));
    }
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let response = if known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let reading = tokio::task::spawn_blocking(move || directory.avatar(&avatar)).await;
        let picture = reading.ok().flatten().ok_or(Refused(RejectionCode::NotFound))?;
        ([(header::CONTENT_TYPE, "image/png")], Body::from(picture.to_vec())).into_response()
    };
    let mut response = response;
    response.headers_mut().insert(header::CACHE_CONTROL, CACHE);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

async fn set(
    State(directory): State<Directory>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Refused> {
    let (parts, body) = request.into_parts();
    let asking = asking(&directory, &parts)?;
    let user = parse_user(&name).ok_or(Refused(RejectionCode::NotFound))?;
    // Who may not set a picture sends none.
    directory.may_set_avatar(&asking, user).await.map_err(refused)?;
    let reading = tokio::time::timeout(BODY_WITHIN, to_bytes(body, AVATAR_BYTES_MAX)).await;
    let picture = reading.map_err(|_| Refused(RejectionCode::Busy))?;
    let picture = picture.map_err(|_| Refused(RejectionCode::ImageTooLarge))?;
    answer(&directory, user, directory.set_avatar(asking, user, picture.to_vec()).await)
}

async fn remove(
    State(directory): State<Directory>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Refused> {
    let (parts, _) = request.into_parts();
    let asking = asking(&directory, &parts)?;
    let user = parse_user(&name).ok_or(Refused(RejectionCode::NotFound))?;
    answer(&directory, user, directory.remove_avatar(asking, user).await)
}

fn answer(directory: &Directory, user: UserId, answer: Answer) -> Result<Response, Refused> {
    let outcome = answer.map_err(refused)?;
    let avatar = directory.views().avatars.of(user);
    let body = json!({ "avatarUrl": avatar.map(|avatar| url(&avatar)), "position": outcome.position });
    Ok(json_response(StatusCode::OK, &body))
}

fn asking(directory: &Directory, parts: &axum::http::request::Parts) -> Result<Asking, Refused> {
    let caller = caller(directory, &parts.headers)?;
    let context = parts.extensions.get::<RequestContext>().map(|request| Context {
        request_id: Some(request.request_id.clone()).filter(|id| !id.is_empty()),
        client_address: request.client_address.map(|address| address.to_string()),
        user_agent: request.user_agent.clone(),
        reason: None,
    });
    Ok(Asking { context: context.unwrap_or_default(), ..Asking::by(caller) })
}

fn caller(directory: &Directory, headers: &HeaderMap) -> Result<Caller, Refused> {
    let bearer = bearer_of(headers).ok().flatten();
    let caller = bearer.and_then(|token| directory.caller(&SessionToken::from_client(&token)));
    caller.ok_or(Refused(RejectionCode::Unauthenticated))
}

fn parse_user(name: &str) -> Option<UserId> {
    let digits = name.strip_prefix("user_")?;
    digits.parse().ok().filter(|number: &u64| number.to_string() == digits).map(UserId)
}

/// Only the form that is handed out.
pub(crate) fn parse_digest(name: &str) -> Option<Digest> {
    let digest: Digest = serde_json::from_value(json!(name)).ok()?;
    (digest.to_string() == name).then_some(digest)
}

/// Why not, as a status and a code.
struct Refused(RejectionCode);

fn refused(error: CommandError) -> Refused {
    match error {
        CommandError::Refused(rejections) => Refused(rejections.code()),
        CommandError::Stopped(_) => Refused(RejectionCode::Busy),
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = match self.0 {
            RejectionCode::Unauthenticated => StatusCode::UNAUTHORIZED,
            RejectionCode::Forbidden | RejectionCode::ReadOnlyLicence => StatusCode::FORBIDDEN,
            RejectionCode::NotFound => StatusCode::NOT_FOUND,
            RejectionCode::ImageTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            RejectionCode::ImageNotSupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            RejectionCode::Busy => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::CONFLICT,
        };
        let message = rollbook_schema::Rejection::new(self.0).to_string();
        let body = json!({ "errors": [{ "code": self.0.as_str(), "message": message }] });
        json_response(status, &body)
    }
}

fn json_response(status: StatusCode, body: &serde_json::Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
