//! Refusals as RFC 9457 problems: a status, a code, and every flaw with its field.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use rollbook_schema::{Rejection, RejectionCode, Rejections};
use serde::Serialize;

use crate::writer::CommandError;

/// How long a client waits before it tries a busy server again, in seconds.
const RETRY_AFTER_SECONDS: HeaderValue = HeaderValue::from_static("1");

/// Why a request had no effect.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    /// No page describes it: its title is that of the status (RFC 9457 4.2.1).
    r#type: &'static str,
    title: &'static str,
    #[serde(serialize_with = "as_number")]
    status: StatusCode,
    /// Of the first flaw.
    code: &'static str,
    errors: Vec<Flawed>,
}

/// One flaw.
#[derive(Debug, Serialize)]
pub(super) struct Flawed {
    pub code: &'static str,
    /// The member of the body, or the header; null for the whole.
    pub field: Option<String>,
    /// For people. Repeats no value that was sent.
    pub message: String,
}

fn as_number<S: serde::Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}

impl Problem {
    /// With nothing to list.
    pub(super) fn new(status: StatusCode, code: &'static str) -> Problem {
        let title = status.canonical_reason().unwrap_or("Refused");
        Problem { r#type: "about:blank", title, status, code, errors: Vec::new() }
    }

    /// The request cannot be read at all.
    pub(super) fn malformed(code: &'static str, message: String) -> Problem {
        let flaw = Flawed { code, field: None, message };
        Problem { errors: vec![flaw], ..Problem::new(StatusCode::BAD_REQUEST, code) }
    }

    /// Everything that is wrong with a body; `flaws` has at least one.
    pub(super) fn of(flaws: Vec<Flawed>) -> Problem {
        let codes = || flaws.iter().map(|flaw| flaw.code);
        let code = codes().next().unwrap_or(RejectionCode::Invalid.as_str());
        let status = status_of(codes());
        Problem { errors: flaws, ..Problem::new(status, code) }
    }
}

/// The status that says most: no right before a flaw of form, that before a conflict.
fn status_of<'a>(codes: impl Iterator<Item = &'a str>) -> StatusCode {
    let is = |code: &str, of: RejectionCode| code == of.as_str();
    let mut status = StatusCode::CONFLICT;
    for code in codes {
        if is(code, RejectionCode::Unauthenticated) {
            return StatusCode::UNAUTHORIZED;
        }
        if is(code, RejectionCode::Forbidden) || is(code, RejectionCode::ReadOnlyLicence) {
            return StatusCode::FORBIDDEN;
        }
        if is(code, RejectionCode::Busy) {
            return StatusCode::SERVICE_UNAVAILABLE;
        }
        let conflicts = [
            RejectionCode::EmailTaken,
            RejectionCode::UsernameTaken,
            RejectionCode::NoLicenceAvailable,
            RejectionCode::IdempotencyConflict,
        ];
        if !conflicts.into_iter().any(|of| is(code, of)) {
            status = StatusCode::UNPROCESSABLE_ENTITY;
        }
    }
    status
}

impl From<&Rejection> for Flawed {
    fn from(rejection: &Rejection) -> Self {
        let field = rejection.field.map(|field| match field {
            "idempotencyKey" => "Idempotency-Key".to_owned(),
            field => field.to_owned(),
        });
        Flawed { code: rejection.code.as_str(), field, message: rejection.to_string() }
    }
}

impl From<&Rejections> for Problem {
    fn from(rejections: &Rejections) -> Self {
        Problem::of(rejections.iter().map(Flawed::from).collect())
    }
}

impl From<CommandError> for Problem {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::Refused(rejections) => Problem::from(&rejections),
            CommandError::Stopped(stop) => {
                tracing::error!(%stop, "a command could not be carried out");
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE")
            }
        }
    }
}

impl From<Problem> for Response {
    fn from(problem: Problem) -> Self {
        // Texts and numbers have a JSON form.
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = problem.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if problem.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if problem.code == RejectionCode::Busy.as_str() {
            headers.insert(header::RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        response
    }
}
