//! Why there is no figure.

use rollbook_schema::value::Flaw;

use crate::directory::offline::OfflineFault;
use crate::directory::{FirstStartFault, OpenFault};
use crate::evidence::verify::VerifyFault;
use crate::passwords::PasswordFault;
use crate::writer::{CommandError, Stop};

/// Why a measurement ended without a figure.
#[derive(Debug, thiserror::Error)]
pub enum BenchFault {
    /// The disk under the temporary directory.
    #[error("could not write to the disk that is measured: {0}")]
    Disk(std::io::Error),
    /// The temporary directory could not be made ready.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// As above.
    #[error(transparent)]
    FirstStart(#[from] FirstStartFault),
    /// As above.
    #[error("a user to measure with was not created: {0}")]
    Population(#[from] CommandError),
    /// As above.
    #[error(transparent)]
    Stopped(#[from] Stop),
    /// As above.
    #[error(transparent)]
    Read(#[from] OfflineFault),
    /// A log that was written a moment ago does not hold.
    #[error(transparent)]
    Verify(#[from] VerifyFault),
    /// A directory is generated where there is none.
    #[error("there is a directory already: name a folder that holds none")]
    Occupied,
    /// A made-up value is not one.
    #[error("a made-up value {0}")]
    MadeUp(#[from] Flaw),
    /// The one password could not be hashed.
    #[error(transparent)]
    Hashing(PasswordFault),
    /// The server did not come up.
    #[error("the server could not be started: {0}")]
    Start(std::io::Error),
    /// The server did not say where it serves.
    #[error("the server ended before it served")]
    Ended,
    /// A connection broke.
    #[error("the connection to the server broke: {0}")]
    Connection(std::io::Error),
    /// A request in preparation was not answered as it must be.
    #[error("the server gave an unexpected answer to {0}")]
    Answer(&'static str),
}

impl From<hyper::Error> for BenchFault {
    fn from(fault: hyper::Error) -> Self {
        BenchFault::Connection(std::io::Error::other(fault))
    }
}
