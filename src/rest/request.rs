//! A body, read within its bounds.

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::{Map, Value};

use super::Rest;
use super::problem::{Flawed, Problem};
use crate::http::{is_json, parse_json};

/// The client's own name for a request: sent twice, done once.
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

impl Rest {
    /// The JSON object of a body.
    pub(super) async fn object(&self, parts: &Parts, body: Body) -> Result<Map<String, Value>, Problem> {
        if !is_json(&parts.headers) {
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE"));
        }
        let bytes = self.bytes(body).await?;
        match parse_json(&bytes) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err(Problem::malformed("BAD_REQUEST", "the body must be a JSON object".to_owned())),
            Err(error) => Err(Problem::malformed("BAD_JSON", error.to_string())),
        }
    }

    async fn bytes(&self, body: Body) -> Result<Vec<u8>, Problem> {
        let whole = Limited::new(body, self.limits.body_bytes_max).collect();
        match tokio::time::timeout(self.limits.body_within, whole).await {
            Ok(Ok(body)) => Ok(body.to_bytes().into()),
            Ok(Err(error)) if error.is::<LengthLimitError>() => {
                Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE"))
            }
            Ok(Err(_)) => Err(Problem::new(StatusCode::BAD_REQUEST, "BAD_REQUEST")),
            Err(_) => Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "REQUEST_TIMEOUT")),
        }
    }
}

/// The key of a request, with or without the quotes of a structured field (RFC 9651).
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(header) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let text = header.to_str().unwrap_or_default().trim();
    let key = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    if key.is_empty() {
        let rejection =
            rollbook_schema::Rejection::of("idempotencyKey", rollbook_schema::RejectionCode::Invalid);
        return Err(Problem::of(vec![Flawed::from(&rejection)]));
    }
    Ok(Some(key.to_owned()))
}
