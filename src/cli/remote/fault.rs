//! What can go wrong with a server somewhere else.

use axum::http::StatusCode;

use crate::cli::{Exit, Failure};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum RemoteFault {
    /// Nobody listens there.
    #[error("could not connect to the server: {0}")]
    Connect(std::io::Error),
    /// The connection failed.
    #[error("the connection to the server failed: {0}")]
    Connection(#[from] hyper::Error),
    /// The URL or the token cannot stand in a request.
    #[error("--server or ROLLBOOK_TOKEN cannot stand in a request")]
    Request,
    /// The token opens nothing.
    #[error("the token in ROLLBOOK_TOKEN opens nothing: sign in again")]
    Token,
    /// The server answered, but not as Rollbook does.
    #[error("the server answered {0}: is it Rollbook?")]
    Status(StatusCode),
    /// The server refused what was asked.
    #[error("the server refused: {0}")]
    Refused(String),
    /// What came is not what was asked for.
    #[error("the server's answer cannot be read: is it of another version?")]
    Unreadable,
}

impl RemoteFault {
    /// Says from where to go on.
    pub(in crate::cli) fn with_way_on(self, after: u64) -> Failure {
        match self {
            RemoteFault::Connection(_) => {
                Failure::new(Exit::Fault, format!("{self}: go on with --after {after}"))
            }
            fault => fault.into(),
        }
    }
}

impl From<RemoteFault> for Failure {
    fn from(fault: RemoteFault) -> Self {
        Failure::new(Exit::Fault, fault.to_string())
    }
}
