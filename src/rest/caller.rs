//! Who sends a request.

use axum::http::HeaderMap;
use axum::http::StatusCode;

use super::Rest;
use super::problem::Problem;
use crate::access::Caller;
use crate::http::bearer_of;
use crate::identity::SessionToken;

impl Rest {
    /// Whoever holds the token of the request; nobody is let in without one.
    pub(super) fn caller(&self, headers: &HeaderMap) -> Result<Caller, Problem> {
        let refused = || Problem::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED");
        let token = bearer_of(headers).ok().flatten().ok_or_else(refused)?;
        self.directory.caller(&SessionToken::from_client(&token)).ok_or_else(refused)
    }
}
