//! Why something could not be backed up, checked or restored.

use std::io;
use std::path::{Path, PathBuf};

use rollbook_event_log::{AppendError, Fault};
use rollbook_keyring::KeyringFault;

use super::frame::StreamFault;
use crate::evidence::fault::EvidenceFault;
use crate::evidence::verify::Broken;

/// A fault of a backup or a restore. Its sentences say the way out, and nothing personal.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// A step on a file failed.
    #[error("could not {step} {}: {source}", path.display())]
    Disk {
        /// What was tried.
        step: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no backup.
    #[error("there is no backup in {}", path.display())]
    Absent {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A segment does not hold.
    #[error("{name}: {source}. Take it again, or use another copy of it")]
    Segment {
        /// The name of its file.
        name: String,
        /// In which way.
        source: StreamFault,
    },
    /// A segment does not follow the one before.
    #[error("{name} does not follow the segment before it: one is missing, or of another log")]
    Gap {
        /// The name of its file.
        name: String,
    },
    /// The records do not hold.
    #[error("{name}: {source}")]
    Broken {
        /// The name of the file that holds the record.
        name: String,
        /// Where and how.
        source: Broken,
    },
    /// The log is not the one that was backed up before.
    #[error(
        "the log holds another record at position {0} than the backup: it is of another log, or the log was restored \
         since. Begin a new backup in an empty folder, and keep this one"
    )]
    OtherHistory(u64),
    /// The log.
    #[error(transparent)]
    Log(#[from] Fault),
    /// The restored log refused records.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// The evidence.
    #[error(transparent)]
    Evidence(#[from] EvidenceFault),
    /// The keyring.
    #[error(transparent)]
    Keyring(#[from] KeyringFault),
    /// A restore goes into nothing but an empty folder.
    #[error("{} is not empty: a restore goes into a new folder only", path.display())]
    NotEmpty {
        /// Which.
        path: PathBuf,
    },
    /// The backup does not reach so far.
    #[error("the backup ends at position {through}, and --until says {until}")]
    EndsBefore {
        /// Its last position.
        through: u64,
        /// What was asked for.
        until: u64,
    },
    /// The keys are newer than the end of what is restored.
    #[error(
        "no copy of the keys was taken at or before position {until}, the oldest is of position {oldest}: numbers that \
         the restored log would give again have lost their keys there. Give an older copy by --keys, or restore at \
         least to position {oldest}"
    )]
    KeysTooNew {
        /// The end of what is restored.
        until: u64,
        /// How far the log was when the oldest copy was taken.
        oldest: u64,
    },
    /// The list of what was forgotten is none.
    #[error("line {line} of {} is no line of a list of forgotten keys", path.display())]
    NotAList {
        /// The file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
    },
    /// Another backup is under way.
    #[error("another backup is under way")]
    Busy,
}

/// Names the step and the file of a failure.
pub(super) fn on_disk(step: &'static str, path: &Path) -> impl FnOnce(io::Error) -> BackupFault + use<> {
    let path = path.to_owned();
    move |source| BackupFault::Disk { step, path, source }
}
