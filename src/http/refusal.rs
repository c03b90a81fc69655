//! A request the edge itself refuses, before any resolver has run: a status, and coded GraphQL errors.

use axum::http::StatusCode;
use serde::Serialize;

/// Most errors one refusal lists; a document can hold thousands.
const ERRORS_MAX: usize = 20;

/// When to try a busy server again, in seconds.
pub(super) const RETRY_AFTER_SECONDS: u64 = 1;

/// Why a request was refused by the edge.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub status: StatusCode,
    /// True for a request that is sound as HTTP and wrong as GraphQL: `application/json` answers those 200.
    pub of_document: bool,
    pub errors: Vec<EdgeError>,
    /// What the `Allow` header says along with 405.
    pub allow: Option<&'static str>,
    /// What the `Retry-After` header says, in seconds.
    pub retry_after: Option<u64>,
}

/// One error in the form of the GraphQL specification, section 7.1.2.
#[derive(Clone, Debug, Serialize)]
pub(super) struct EdgeError {
    pub message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Location>,
    pub extensions: EdgeErrorExtensions,
}

/// A place in the document, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Location {
    pub line: usize,
    pub column: usize,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EdgeErrorExtensions {
    pub code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
}

impl Refusal {
    /// The code of its first error.
    pub fn code(&self) -> Option<&'static str> {
        self.errors.first().map(|error| error.extensions.code)
    }

    /// The request is wrong as HTTP, whatever its document says.
    pub fn transport(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            of_document: false,
            errors: vec![EdgeError::new(code, message)],
            allow: None,
            retry_after: None,
        }
    }

    /// The body or the query string cannot be read as a GraphQL request.
    pub fn malformed(code: &'static str, message: impl Into<String>) -> Self {
        Self::transport(StatusCode::BAD_REQUEST, code, message)
    }

    /// The document or its variables cannot be run.
    pub fn document(code: &'static str, message: impl Into<String>) -> Self {
        Self::documents(vec![EdgeError::new(code, message)])
    }

    /// As `document`, with several errors; the first twenty are kept.
    pub fn documents(mut errors: Vec<EdgeError>) -> Self {
        errors.truncate(ERRORS_MAX);
        Self { status: StatusCode::BAD_REQUEST, of_document: true, errors, allow: None, retry_after: None }
    }

    /// There is no room at the moment; another try may find some.
    pub fn busy() -> Self {
        let message = "too much is under way: try again shortly";
        Self::transport(StatusCode::SERVICE_UNAVAILABLE, "BUSY", message).retry_after(RETRY_AFTER_SECONDS)
    }

    /// The same, with a hint when to try again, in the header and in the extensions.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.errors.iter_mut().for_each(|error| error.extensions.retry_after_seconds = Some(seconds));
        Self { retry_after: Some(seconds), ..self }
    }

    /// The method is not served here.
    pub fn method(allow: &'static str, message: impl Into<String>) -> Self {
        let refusal = Self::transport(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message);
        Self { allow: Some(allow), ..refusal }
    }
}

impl EdgeError {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        let extensions = EdgeErrorExtensions { code, correlation_id: None, retry_after_seconds: None };
        Self { message: message.into(), locations: Vec::new(), extensions }
    }

    pub fn at(self, locations: impl IntoIterator<Item = Location>) -> Self {
        Self { locations: locations.into_iter().collect(), ..self }
    }
}
