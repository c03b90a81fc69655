//! Why a page is not shown. A screen gives it back; [`frame`](super::frame) makes the page of it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Nobody is signed in, or no longer.
    SignIn,
    /// Before anything else a new password is set (AUT-05).
    NewPassword,
    /// The reader may not see this.
    Forbidden,
    /// There is no such thing, or not for this reader.
    NotFound,
    /// The form is not of this session: it was left open, or somebody else sent it.
    Stale,
    /// The request makes no sense.
    Malformed,
    /// More was sent than is taken.
    TooLarge,
    /// Too much waits already.
    Busy,
    /// The directory cannot answer.
    Unavailable,
}

impl Refused {
    /// What a code of the schema means for a page.
    pub fn of_code(code: Option<&str>) -> Refused {
        match code {
            Some("UNAUTHENTICATED") => Refused::SignIn,
            Some("PASSWORD_CHANGE_REQUIRED") => Refused::NewPassword,
            Some("FORBIDDEN") => Refused::Forbidden,
            Some("NOT_FOUND") => Refused::NotFound,
            Some("INVALID" | "INVALID_CURSOR" | "TOO_MANY" | "TOO_LONG") => Refused::Malformed,
            Some("BUSY") => Refused::Busy,
            _ => Refused::Unavailable,
        }
    }

    pub fn status(self) -> StatusCode {
        match self {
            Refused::SignIn | Refused::NewPassword => StatusCode::SEE_OTHER,
            Refused::Forbidden | Refused::Stale => StatusCode::FORBIDDEN,
            Refused::NotFound => StatusCode::NOT_FOUND,
            Refused::Malformed => StatusCode::BAD_REQUEST,
            Refused::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Refused::Busy | Refused::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl IntoResponse for Refused {
    /// Carries the reason to the frame, which knows the reader and writes the page.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
