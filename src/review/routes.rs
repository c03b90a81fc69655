//! The review over HTTP: `GET /review/access.csv?asOf=…` and `/review/access.json?asOf=…`, for who may see
//! history, with the bearer of a session. `asOf` is a position or a time; without it, now.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rollbook_schema::{Rejection, RejectionCode};
use serde_json::json;

use super::{HEADING, Reviewer, write_line};
use crate::access::{Caller, Capability, holds};
use crate::directory::{AsOf, Directory, Moment};
use crate::http::bearer_of;
use crate::identity::SessionToken;

/// The routes, to be put into the envelope of the edge.
pub fn routes(directory: Directory) -> Router {
    Router::new()
        .route("/review/access.csv", get(csv))
        .route("/review/access.json", get(json))
        .with_state(directory)
}

type Asked = Result<Response, Refused>;

async fn csv(State(directory): State<Directory>, headers: HeaderMap, RawQuery(query): RawQuery) -> Asked {
    let written = write(directory, &headers, query, |reviewer| {
        let mut out = HEADING.as_bytes().to_vec();
        for holding in reviewer.holdings(None) {
            // Writing into memory does not fail.
            let _ = write_line(&reviewer.line(&holding), &mut out);
        }
        out
    });
    let disposition = HeaderValue::from_static("attachment; filename=\"access-review.csv\"");
    let media = HeaderValue::from_static("text/csv; charset=utf-8");
    let headers = [(header::CONTENT_TYPE, media), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, written.await?).into_response())
}

async fn json(State(directory): State<Directory>, headers: HeaderMap, RawQuery(query): RawQuery) -> Asked {
    let written = write(directory, &headers, query, |reviewer| {
        let lines: Vec<_> = reviewer.holdings(None).map(|holding| reviewer.line(&holding)).collect();
        serde_json::to_vec(&lines).unwrap_or_default()
    });
    Ok(([(header::CONTENT_TYPE, "application/json")], written.await?).into_response())
}

/// The body that `write` makes of the moment that is asked for. The log may be folded for it.
async fn write(
    directory: Directory,
    headers: &HeaderMap,
    query: Option<String>,
    write: impl FnOnce(Reviewer<'_>) -> Vec<u8> + Send + 'static,
) -> Result<Vec<u8>, Refused> {
    let bearer = bearer_of(headers).ok().flatten();
    let caller = bearer.and_then(|token| directory.caller(&SessionToken::from_client(&token)));
    let caller = caller.ok_or(Refused(RejectionCode::Unauthenticated))?;
    if let Caller::Person(person) = caller
        && person.must_change_password
    {
        return Err(Refused(RejectionCode::PasswordChangeRequired));
    }
    if !holds(&caller, Capability::SeeHistory) || !holds(&caller, Capability::SeeUsers) {
        return Err(Refused(RejectionCode::Forbidden));
    }
    let position = match as_of(query.as_deref().unwrap_or_default())? {
        Some(as_of) => directory.position_of(as_of).map_err(Refused)?,
        None => directory.reached(),
    };
    let reading = tokio::task::spawn_blocking(move || {
        let moment = directory.moment(position).inspect_err(|fault| {
            tracing::error!(%fault, "a moment could not be read");
        });
        let moment = moment.map_err(|_| Refused(RejectionCode::Busy))?;
        let today = directory.views();
        let Moment { views, rights, .. } = &*moment;
        Ok(write(Reviewer { rights, views: Some(views), today: Some(&today), caller }))
    });
    reading.await.unwrap_or(Err(Refused(RejectionCode::Busy)))
}

/// The only parameter there is.
fn as_of(query: &str) -> Result<Option<AsOf>, Refused> {
    let invalid = || Refused(RejectionCode::Invalid);
    let mut named = None;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let text = pair.strip_prefix("asOf=").ok_or_else(invalid)?;
        let text = text.replace("%3A", ":").replace("%3a", ":").replace("%2B", "+").replace("%2b", "+");
        named = Some(AsOf::parse(&text).ok_or_else(invalid)?);
    }
    Ok(named)
}

/// Why not, as a status and a code.
struct Refused(RejectionCode);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = match self.0 {
            RejectionCode::Unauthenticated => StatusCode::UNAUTHORIZED,
            RejectionCode::NotFound => StatusCode::NOT_FOUND,
            RejectionCode::Invalid => StatusCode::BAD_REQUEST,
            RejectionCode::Busy => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::FORBIDDEN,
        };
        let message = Rejection::new(self.0).to_string();
        let body = json!({ "errors": [{ "code": self.0.as_str(), "message": message }] });
        (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
    }
}
