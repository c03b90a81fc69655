//! Forms: read within bounds, and only if they are ours and of this session.
//!
//! A form is believed when it carries the token that belongs to the session in the cookie, and when no header
//! says that another site sent it.

use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};

use super::refused::Refused;
use super::visit::{Visit, own_path};
use crate::http::query_pairs;

/// Longest form without a picture, in bytes.
const FORM_BYTES_MAX: usize = 128 * 1024;
/// How long a browser may take to send one.
const FORM_WITHIN: Duration = Duration::from_secs(30);
/// The field that holds the token.
pub(super) const TOKEN: &str = "token";
const FORM: &str = "application/x-www-form-urlencoded";

/// The fields of a form, in order; or of a query string.
#[derive(Clone, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Of a query string; what cannot be read is nothing.
    pub fn of_query(query: Option<&str>) -> Fields {
        Fields(query_pairs(query.unwrap_or_default()).unwrap_or_default())
    }

    pub(super) fn of_pairs(pairs: Vec<(String, String)>) -> Fields {
        Fields(pairs)
    }

    /// As it was typed; blank where it is absent.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// As it was typed, if anything was.
    pub fn given(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.trim().is_empty())
    }

    /// Is the field there at all?
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// A page of ours that the form names to go on to.
    pub fn own_path(&self, name: &str) -> Option<&str> {
        own_path(self.text(name))
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refused> {
        let (parts, body) = request.into_parts();
        let visit = parts.extensions.get::<Visit>().ok_or(Refused::Unavailable)?;
        if !is_from_us(&parts.headers) {
            return Err(Refused::Stale);
        }
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if kind.and_then(|kind| kind.split(';').next()).map(str::trim) != Some(FORM) {
            return Err(Refused::Malformed);
        }
        let reading = tokio::time::timeout(FORM_WITHIN, to_bytes(body, FORM_BYTES_MAX)).await;
        let body = reading.map_err(|_| Refused::Busy)?.map_err(|_| Refused::TooLarge)?;
        let text = std::str::from_utf8(&body).map_err(|_| Refused::Malformed)?;
        let fields = Fields(query_pairs(text).map_err(|_| Refused::Malformed)?);
        if is_same(fields.text(TOKEN), visit.form_token()) { Ok(fields) } else { Err(Refused::Stale) }
    }
}

/// Does nothing say that another site sent it? Browsers that say nothing are held by the token alone.
pub(super) fn is_from_us(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let host = text("host").unwrap_or_default();
    let origin = text("origin")
        .is_none_or(|origin| origin.split_once("://").is_some_and(|(_, of)| of.eq_ignore_ascii_case(host)));
    site && origin
}

/// Compares in a time that tells nothing of where two tokens differ.
pub(super) fn is_same(given: &str, wanted: &str) -> bool {
    let differences = given.bytes().zip(wanted.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    !wanted.is_empty() && given.len() == wanted.len() && differences == 0
}
