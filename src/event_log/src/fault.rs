//! Why the log refused or failed, and what the operator can do about it.

use std::io;
use std::path::PathBuf;

use crate::port::{BATCH_BYTES_MAX, BATCH_RECORDS_MAX, Head, RECORD_BYTES_MAX};

/// Why a batch was not appended.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Another batch came first. Nothing changed: catch up to `head`, decide again.
    #[error("the head is at position {}: catch up and decide again", head.position)]
    Conflict {
        /// The durable head.
        head: Head,
    },
    /// The caller broke a limit. Nothing changed.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The log is stopped now. Whether the batch was kept is known after opening the log again.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Which limit of a batch was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// No record.
    #[error("a batch holds at least one record")]
    Empty,
    /// More than [`BATCH_RECORDS_MAX`].
    #[error("{records} records in a batch, at most {BATCH_RECORDS_MAX} are allowed")]
    TooManyRecords {
        /// How many.
        records: usize,
    },
    /// More than [`RECORD_BYTES_MAX`].
    #[error("a record of {bytes} bytes, at most {RECORD_BYTES_MAX} are allowed")]
    RecordTooLarge {
        /// How large.
        bytes: usize,
    },
    /// More than [`BATCH_BYTES_MAX`].
    #[error("a batch of {bytes} bytes, at most {BATCH_BYTES_MAX} are allowed")]
    BatchTooLarge {
        /// How large.
        bytes: usize,
    },
}

/// What went wrong beneath the log. The operator's, never the asker's.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The operating system refused.
    #[error("could not {action}: {source}. Check the disk, its mount and the permissions, then start again")]
    Io {
        /// What was tried.
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// Stored bytes are not what was appended.
    #[error("the log is damaged at position {position}: {damage}. Restore the log directory from a backup")]
    Corrupt {
        /// The first position that does not hold; 0 where it cannot be told.
        position: u64,
        /// In which way.
        damage: Damage,
    },
    /// The log ends before what its witness saw.
    #[error(
        "the log reaches position {found}, but its witness saw {witness}: its end was cut off or an older copy \
         was put in place. Restore the newest backup; only to accept the loss, remove the witness file"
    )]
    Truncated {
        /// Position in the witness file.
        witness: u64,
        /// Position found; 0 where the log is gone or was not opened.
        found: u64,
    },
    /// The log holds another batch where its witness saw one.
    #[error(
        "the log holds another history at position {position} than its witness saw. \
         Check that the witness file and the log directory belong together"
    )]
    OtherHistory {
        /// Position in the witness file.
        position: u64,
    },
    /// The witness file is not one.
    #[error(
        "the witness file {} is unreadable. Restore it, or move it away to open the log without its check", path.display()
    )]
    WitnessUnreadable {
        /// The file.
        path: PathBuf,
    },
    /// The witness must outlive the log's directory.
    #[error("the witness file {} must stand outside the log's directory: configure another place", path.display())]
    WitnessInside {
        /// The file as configured.
        path: PathBuf,
    },
    /// Too little room to open or to go on safely: a full disk can make the log unopenable.
    #[error("{free} bytes are free on the log's disk, {needed} are needed: make room, then start again")]
    NoSpace {
        /// Bytes.
        needed: u64,
        /// Bytes.
        free: u64,
    },
    /// Another process has the log open.
    #[error("another process has {} open: stop it, or use another data directory", directory.display())]
    Locked {
        /// The log's directory.
        directory: PathBuf,
    },
    /// The storage engine panicked.
    #[error(
        "the storage engine panicked while asked to {action}, most likely over a damaged file. Nothing was \
         acknowledged. Keep a copy of the log directory, then restore it from a backup"
    )]
    Panicked {
        /// What was tried.
        action: &'static str,
    },
    /// The storage engine reported a failure of its own.
    #[error(
        "the storage engine could not {action}: {reason}. Keep a copy of the log directory and report it"
    )]
    Engine {
        /// What was tried.
        action: &'static str,
        /// In the engine's words.
        reason: String,
    },
    /// An earlier append failed; nothing is appended until the log is opened again.
    #[error("the log stopped after a failed append: start again to go on from what is durable")]
    Stopped,
    /// The log was closed.
    #[error("the log is closed")]
    Closed,
}

/// In which way stored bytes are wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// Bytes were altered, or stand under another key.
    #[error("a page fails its checksum")]
    Checksum,
    /// Written by a later version of this program, or not by it at all.
    #[error("a page has an unknown version")]
    Version,
    /// The checksum holds but the parts do not fit together.
    #[error("a page is malformed")]
    Layout,
    /// A page that must be there is not.
    #[error("a page is missing")]
    Missing,
    /// A frame does not name the digest of the frame before it.
    #[error("a batch does not follow the one before it")]
    Chain,
    /// The records are not those the frame was made of.
    #[error("a batch does not have the digest it was stored with")]
    Digest,
    /// The head entry and the last batch differ.
    #[error("the head does not match the last batch")]
    Head,
    /// The engine could not read its own file.
    #[error("the storage engine cannot read its file")]
    Engine,
}

impl Damage {
    pub(crate) fn at(self, position: u64) -> Fault {
        Fault::Corrupt { position, damage: self }
    }
}
