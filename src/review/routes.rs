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
    download(&directory, caller(&directory, &headers)?, as_of(query.as_deref())?, Form::Csv)
        .await
        .map_err(Refused)
}

async fn json(State(directory): State<Directory>, headers: HeaderMap, RawQuery(query): RawQuery) -> Asked {
    download(&directory, caller(&directory, &headers)?, as_of(query.as_deref())?, Form::Json)
        .await
        .map_err(Refused)
}

fn caller(directory: &Directory, headers: &HeaderMap) -> Result<Caller, Refused> {
    let bearer = bearer_of(headers).ok().flatten();
    let caller = bearer.and_then(|token| directory.caller(&SessionToken::from_client(&token)));
    caller.ok_or(Refused(RejectionCode::Unauthenticated))
}

/// What a review is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A table.
    Csv,
    /// For programs.
    Json,
}

/// The whole review of a moment (now, if none is named), as far as the caller may see it. The log may be folded
/// for it.
///
/// # Errors
/// Why not.
pub async fn download(
    directory: &Directory,
    caller: Caller,
    as_of: Option<AsOf>,
    form: Form,
) -> Result<Response, RejectionCode> {
    if let Caller::Person(person) = caller
        && person.must_change_password
    {
        return Err(RejectionCode::PasswordChangeRequired);
    }
    if !holds(&caller, Capability::SeeHistory) || !holds(&caller, Capability::SeeUsers) {
        return Err(RejectionCode::Forbidden);
    }
    let position = match as_of {
        Some(as_of) => directory.position_of(as_of)?,
        None => directory.reached(),
    };
    let directory = directory.clone();
    let reading = tokio::task::spawn_blocking(move || {
        let moment = directory.moment(position).inspect_err(|fault| {
            tracing::error!(%fault, "a moment could not be read");
        });
        let moment = moment.map_err(|_| RejectionCode::Busy)?;
        let today = directory.views();
        let Moment { views, rights, .. } = &*moment;
        Ok(written(Reviewer { rights, views: Some(views), today: Some(&today), caller }, form))
    });
    let body = reading.await.unwrap_or(Err(RejectionCode::Busy))?;
    let media = match form {
        Form::Csv => HeaderValue::from_static("text/csv; charset=utf-8"),
        Form::Json => HeaderValue::from_static("application/json"),
    };
    let disposition = HeaderValue::from_static(match form {
        Form::Csv => "attachment; filename=\"access-review.csv\"",
        Form::Json => "attachment; filename=\"access-review.json\"",
    });
    Ok(([(header::CONTENT_TYPE, media), (header::CONTENT_DISPOSITION, disposition)], body).into_response())
}

fn written(reviewer: Reviewer<'_>, form: Form) -> Vec<u8> {
    let lines = reviewer.holdings(None).map(|holding| reviewer.line(&holding));
    match form {
        Form::Json => serde_json::to_vec(&lines.collect::<Vec<_>>()).unwrap_or_default(),
        Form::Csv => {
            let mut out = HEADING.as_bytes().to_vec();
            for line in lines {
                // Writing into memory does not fail.
                let _ = write_line(&line, &mut out);
            }
            out
        }
    }
}

/// The only parameter there is.
fn as_of(query: Option<&str>) -> Result<Option<AsOf>, Refused> {
    let query = query.unwrap_or_default();
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
