//! Why evidence could not be kept, or given.

use std::io;
use std::path::{Path, PathBuf};

use rollbook_event_log::Fault;
use rollbook_keyring::KeyringFault;
use rollbook_schema::Position;
use rollbook_schema::codec::CodecError;

/// A fault of the evidence.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceFault {
    /// A step on a file failed.
    #[error("cannot {step} {}: {source}", path.display())]
    Disk {
        /// What was tried.
        step: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file holds what was never written there.
    #[error("{} is damaged at byte {at}: restore it from a backup", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
        /// Where.
        at: u64,
    },
    /// The log is not the one that was signed.
    #[error("the log is BROKEN: it contradicts the checkpoint over {size} records that was signed")]
    Contradiction {
        /// The size of the checkpoint.
        size: u64,
    },
    /// The log.
    #[error(transparent)]
    Log(#[from] Fault),
    /// The keys.
    #[error(transparent)]
    Keyring(#[from] KeyringFault),
    /// A record that is none.
    #[error("the record at position {position} cannot be read: {source}")]
    Record {
        /// Where.
        position: Position,
        /// Why.
        source: CodecError,
    },
    /// There is no key to sign with.
    #[error("there is no key to sign checkpoints with")]
    NoKey,
    /// A signature is not of a checkpoint that this log signed.
    #[error("this log has signed no such checkpoint")]
    NotOurs,
    /// The thread that keeps evidence has ended.
    #[error("evidence is no longer kept: see the log of the program, and start again")]
    Ended,
}

/// Names the step and the file of a failure.
pub(super) fn on_disk(step: &'static str, path: &Path) -> impl FnOnce(io::Error) -> EvidenceFault + use<> {
    let path = path.to_owned();
    move |source| EvidenceFault::Disk { step, path, source }
}
