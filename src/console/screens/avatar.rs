//! Pictures of people, for the reader whose cookie says who they are: the address that the schema gives takes a
//! bearer instead.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::avatars::parse_digest;
use crate::console::Console;
use crate::console::refused::Refused;
use crate::console::visit::Visit;

/// A picture never changes under its address; but rights do.
const CACHE: HeaderValue = HeaderValue::from_static("private, max-age=3600");

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/console/avatars/{name}", get(show))
}

async fn show(
    visit: Visit,
    State(console): State<Console>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let avatar = parse_digest(&name).ok_or(Refused::NotFound)?;
    if !console.directory.sees_avatar(&visit.caller(), &avatar) {
        return Err(Refused::NotFound);
    }
    let tag = format!("\"{avatar}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let mut response = if known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let directory = console.directory.clone();
        let reading = tokio::task::spawn_blocking(move || directory.avatar(&avatar)).await;
        let picture = reading.ok().flatten().ok_or(Refused::NotFound)?;
        ([(header::CONTENT_TYPE, "image/png")], Body::from(picture.to_vec())).into_response()
    };
    response.headers_mut().insert(header::CACHE_CONTROL, CACHE);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}
