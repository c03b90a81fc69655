//! A directory that nobody serves, read where it stands. Nothing is made there and nothing appended.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use rollbook_event_log::{EventLog, Fault};
use rollbook_schema::codec::CodecError;
use rollbook_schema::{Personal, Position, Record, RecordedEvent};

use super::fence::open_keyring;
use super::open::{OpenFault, open_log};
use super::rehearsal::Rehearsal;
use super::{DirectoryOptions, ReadFault};
use crate::backup::keys;
use crate::backup::segment::Sources;
use crate::evidence::check::{Checked, Signed};
use crate::evidence::note::VerifierKey;
use crate::evidence::verify::{Intact, VerifyFault, verify, verify_signed};
use crate::sealing::{Sealer, UnsealFault};

/// Why a directory cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum OfflineFault {
    /// There is none.
    #[error("there is no directory in {}: give its path by --data", path.display())]
    Absent {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// It does not open.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// A record cannot be read.
    #[error(transparent)]
    Read(#[from] ReadFault),
}

/// Whether there is a directory to open: for commands that must not make one by a typing error.
///
/// # Errors
/// [`OfflineFault::Absent`].
pub fn require_directory(options: &DirectoryOptions) -> Result<(), OfflineFault> {
    // A witness without a log is a directory that lost its log; opening says so.
    let signs = [options.data.join("log").join("db"), options.data.join("log.witness")];
    if signs.iter().any(|sign| sign.exists()) {
        return Ok(());
    }
    Err(OfflineFault::Absent { path: options.data.clone() })
}

/// A directory that this process holds open and nobody serves.
pub struct OfflineDirectory {
    options: DirectoryOptions,
    log: Arc<dyn EventLog>,
}

impl OfflineDirectory {
    /// Opens a directory that exists.
    ///
    /// # Errors
    /// [`OfflineFault::Absent`], and [`OfflineFault::Open`] when the log does not open or is in use.
    pub fn open(options: DirectoryOptions) -> Result<Self, OfflineFault> {
        require_directory(&options)?;
        let log = open_log(&options).map_err(OpenFault::from)?;
        Ok(OfflineDirectory { options, log })
    }

    /// The position of the last record.
    #[must_use]
    pub fn head(&self) -> Position {
        Position(self.log.head().position)
    }

    /// The log itself, for proofs about it.
    #[must_use]
    pub fn log(&self) -> &dyn EventLog {
        self.log.as_ref()
    }

    /// Reads events, and their personal parts by the keys of the directory.
    ///
    /// # Errors
    /// [`OfflineFault::Open`] when the keyring does not open.
    pub fn opener(&self) -> Result<Opener, OfflineFault> {
        Ok(Opener(Some(self.sealer()?)))
    }

    /// Checks the log whole, without a key. Tells `on_progress` how many of `2 × head` steps are done.
    ///
    /// # Errors
    /// [`VerifyFault::Broken`] with the first position that does not hold.
    pub fn verify(&self, on_progress: &mut dyn FnMut(u64)) -> Result<Intact, VerifyFault> {
        verify(self.log.as_ref(), on_progress)
    }

    /// What was signed about the log, and the keys that are trusted: those given, else every key that ever signed
    /// here.
    ///
    /// # Errors
    /// [`OfflineFault::Open`] where a file of the evidence is damaged.
    pub fn signed(&self, pinned: Vec<VerifierKey>) -> Result<Signed, OfflineFault> {
        let directory = self.options.evidence_directory();
        Signed::read(&directory, pinned).map_err(|fault| OpenFault::from(fault).into())
    }

    /// Checks the log whole against what was signed, without a key. Tells `on_progress` how many of `2 × head`
    /// steps are done.
    ///
    /// # Errors
    /// [`VerifyFault::Broken`] with the first position that does not hold.
    pub fn verify_signed(
        &self,
        signed: Signed,
        on_progress: &mut dyn FnMut(u64),
    ) -> Result<Checked, VerifyFault> {
        verify_signed(self.log.as_ref(), signed, on_progress)
    }

    /// The name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.options.log_origin
    }

    /// What a backup of the records is made from: everything, with whatever was signed.
    ///
    /// # Errors
    /// [`OfflineFault::Open`] where a file of the evidence is damaged.
    pub fn sources(&self) -> Result<Sources, OfflineFault> {
        let signed = self.signed(Vec::new())?;
        let mut checkpoints = Some(signed.checkpoints);
        Ok(Sources {
            log: Arc::clone(&self.log),
            origin: self.options.log_origin.clone(),
            keys: signed.trusted,
            checkpoints: Box::new(move |size| {
                let mut all = checkpoints.take().unwrap_or_default();
                all.retain(|signed| signed.checkpoint.size > size);
                Ok(all)
            }),
            pictures: self.options.avatars_directory(),
            made_at: self.options.clock.now(),
        })
    }

    /// A copy of the keys, as a stream.
    ///
    /// # Errors
    /// [`OfflineFault::Open`] when the keyring does not open.
    pub fn copy_keys(&self) -> Result<Vec<u8>, OfflineFault> {
        let keyring = open_keyring(&self.options, self.log.as_ref())?;
        let files = keyring.copy().map_err(OpenFault::from)?;
        let (through, now) = (self.log.head().position, self.options.clock.now());
        Ok(keys::stream(&self.options.log_origin, now, through, files))
    }

    /// Opens personal parts, with the keys of the directory.
    ///
    /// # Errors
    /// [`OfflineFault::Open`] when the keyring does not open.
    pub fn sealer(&self) -> Result<Sealer, OfflineFault> {
        Ok(Sealer::new(open_keyring(&self.options, self.log.as_ref())?))
    }

    /// Shows every record after a position, still sealed, until `visit` breaks off or fails.
    ///
    /// # Errors
    /// [`OfflineFault::Read`], or what `visit` gave.
    pub fn records<E: From<OfflineFault>>(
        &self,
        after: Position,
        mut visit: impl FnMut(Record) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let mut failed = None;
        let mut show = |bytes: &[u8]| match Record::from_bytes(bytes) {
            Ok(record) => visit(record),
            Err(fault) => Err(E::from(fault.into())),
        };
        let read = self.log.replay(after.0, &mut |_, bytes| match show(bytes) {
            Ok(flow) => flow,
            Err(fault) => {
                failed = Some(fault);
                ControlFlow::Break(())
            }
        });
        read.map_err(|fault| E::from(OfflineFault::Read(fault.into())))?;
        failed.map_or(Ok(()), Err)
    }

    /// Everything that commands are judged against, to judge without effect.
    ///
    /// # Errors
    /// [`OfflineFault::Open`] when a record cannot be opened.
    pub fn rehearsal(&self) -> Result<Rehearsal, OfflineFault> {
        let keyring = open_keyring(&self.options, self.log.as_ref())?;
        Ok(Rehearsal::new(self.log.as_ref(), keyring, &self.options)?)
    }

    /// Leaves the log in its safest state.
    ///
    /// # Errors
    /// [`OfflineFault::Open`] when it could not be closed; nothing durable is lost by it.
    pub fn close(self) -> Result<(), OfflineFault> {
        Ok(self.log.close().map_err(OpenFault::from)?)
    }
}

/// Reads records as events, with or without their personal parts.
pub struct Opener(Option<Sealer>);

impl Opener {
    /// Leaves every part sealed, and needs no key. Each then reads as erased, for it was not opened.
    #[must_use]
    pub fn without_keys() -> Opener {
        Opener(None)
    }

    /// The event of a record.
    ///
    /// # Errors
    /// [`OfflineFault::Read`] for an event that this version does not know, or a part that is not of its
    /// record.
    pub fn event(&self, record: &Record) -> Result<RecordedEvent, OfflineFault> {
        let event = match &self.0 {
            Some(sealer) => sealer.open(record),
            None => record.restore(|_, _, _| Ok(Personal::Erased)),
        };
        event.map_err(|fault| OfflineFault::Read(fault.into()))
    }
}

impl From<Fault> for OfflineFault {
    fn from(fault: Fault) -> Self {
        OfflineFault::Open(fault.into())
    }
}

impl From<CodecError> for OfflineFault {
    fn from(fault: CodecError) -> Self {
        OfflineFault::Read(UnsealFault::from(fault).into())
    }
}
