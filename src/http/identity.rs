//! The seam to whoever knows the bearers: a token goes in, data for the resolvers comes out.

use async_graphql::Data;
use axum::http::{HeaderMap, StatusCode, header};
use thiserror::Error;

use super::rates::TooMuch;
use super::refusal::Refusal;
use super::request_context::RequestContext;

/// Judges bearer tokens. Called for every operation, and at intervals while a stream is open, so that a
/// session that ended stops a stream too. It must be quick: no I/O, no hashing of passwords.
pub trait Authenticate: Send + Sync + 'static {
    /// What the resolvers may know of the one who asks; `None` is a request without a token.
    ///
    /// # Errors
    /// A token that is unknown, expired or revoked, or an anonymous request where none is welcome.
    fn authenticate(
        &self,
        bearer: Option<&str>,
        context: &RequestContext,
    ) -> Result<Data, AuthenticationError>;

    /// Whether whoever `data` describes may ask one more operation now: called once for each.
    ///
    /// # Errors
    /// [`TooMuch`], which says when to try again.
    fn admit(&self, _data: &Data, _context: &RequestContext) -> Result<(), TooMuch> {
        Ok(())
    }

    /// Whether these are the data of somebody whom nobody knows.
    fn is_stranger(&self, _: &Data) -> bool {
        false
    }
}

/// Why nobody is let in.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum AuthenticationError {
    /// The token says nothing to us: 401, or close code 4403.
    #[error("the bearer token is not valid or no longer valid")]
    Unauthenticated,
    /// Sessions cannot be judged at the moment: 503, or close code 1013.
    #[error("sign-in cannot be checked at the moment")]
    Unavailable,
}

impl From<AuthenticationError> for Refusal {
    fn from(error: AuthenticationError) -> Self {
        let (status, code) = match error {
            AuthenticationError::Unauthenticated => (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED"),
            AuthenticationError::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE"),
        };
        Refusal::transport(status, code, error.to_string())
    }
}

/// Lets everyone in and tells the resolvers nothing: for servers without accounts, and for tests.
pub struct Anyone;

impl Authenticate for Anyone {
    fn authenticate(&self, _: Option<&str>, _: &RequestContext) -> Result<Data, AuthenticationError> {
        Ok(Data::default())
    }
}

/// The token of an `Authorization: Bearer` header, if there is such a header.
///
/// # Errors
/// More than one such header, or one of another form.
pub fn bearer_of(headers: &HeaderMap) -> Result<Option<String>, AuthenticationError> {
    let mut offered = headers.get_all(header::AUTHORIZATION).iter();
    let Some(first) = offered.next() else { return Ok(None) };
    if offered.next().is_some() {
        return Err(AuthenticationError::Unauthenticated);
    }
    let text = first.to_str().map_err(|_| AuthenticationError::Unauthenticated)?;
    bearer_in(text).map(Some)
}

/// The token of the text `Bearer <token>`, the scheme in any case.
pub(super) fn bearer_in(text: &str) -> Result<String, AuthenticationError> {
    let (scheme, token) = text.trim().split_once(' ').ok_or(AuthenticationError::Unauthenticated)?;
    let token = token.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() {
        return Err(AuthenticationError::Unauthenticated);
    }
    Ok(token.to_owned())
}
