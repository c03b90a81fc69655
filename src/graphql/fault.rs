//! GraphQL errors: what could not be answered at all, each with a code that programs can act on.

use async_graphql::{Error, ErrorExtensions as _};
use rollbook_schema::{Rejection, RejectionCode};

use crate::directory::ReadFault;
use crate::writer::Stop;

/// Nothing can be changed until the next start.
const UNAVAILABLE: &str = "UNAVAILABLE";
/// A cursor that this server did not make, or made for another list.
const INVALID_CURSOR: &str = "INVALID_CURSOR";

/// When to try a busy server again, in seconds.
pub(super) const RETRY_AFTER_SECONDS: u32 = 1;

/// An error with a code. The message holds no value that anybody sent.
pub(super) fn coded(code: &'static str, message: &'static str) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}

/// A question that is refused.
pub(super) fn refused(code: RejectionCode) -> Error {
    Error::new(Rejection::new(code).to_string()).extend_with(|_, extensions| {
        extensions.set("code", code.as_str());
        if code == RejectionCode::Busy {
            extensions.set("retryAfterSeconds", RETRY_AFTER_SECONDS);
        }
    })
}

/// An argument that makes no sense.
pub(super) fn invalid(message: &'static str) -> Error {
    coded(RejectionCode::Invalid.as_str(), message)
}

pub(super) fn invalid_cursor() -> Error {
    coded(INVALID_CURSOR, "the cursor is not one of this list")
}

/// The reason goes to the operator's log; the client learns that there is one.
pub(super) fn stopped(stop: &Stop) -> Error {
    tracing::error!(%stop, "a command could not be carried out");
    coded(UNAVAILABLE, "nothing can be changed at the moment")
}

pub(super) fn unreadable(fault: &ReadFault) -> Error {
    tracing::error!(%fault, "an event could not be read");
    coded(UNAVAILABLE, "the history cannot be read at the moment")
}

/// A task of the server's own was lost.
pub(super) fn lost() -> Error {
    tracing::error!("a reading task was lost");
    coded(UNAVAILABLE, "this cannot be read at the moment")
}
