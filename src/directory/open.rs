//! Opening a directory: log, keys, replay, the fence, and only then the writer.

use std::fs::{DirBuilder, File};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::{Arc, PoisonError};

use rollbook_event_log::{EventLog, Fault, SledLog, SledLogOptions};
use rollbook_keyring::{Keyring, KeyringFault, MasterFault};
use rollbook_schema::Position;

use super::assembling::{Ground, assemble};
use super::erasing::ErasingFault;
use super::fence::{destroyed_after, fence, open_unfenced};
use super::replay::replay_on;
use super::standing_in::{rebuild, stand_in};
use super::{Directory, DirectoryOptions, Progress};
use crate::backup::BackupFault;
use crate::evidence::fault::EvidenceFault;
use crate::metrics::Metrics;
use crate::passwords::PasswordFault;
use crate::sealing::{Sealer, UnsealFault};
use crate::snapshot::{Folded, Found, Snapshots};

/// Why a directory did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// A folder could not be made or read.
    #[error("could not use {}: {source}", path.display())]
    Folder {
        /// Which.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The log.
    #[error(transparent)]
    Log(#[from] Fault),
    /// The keys.
    #[error(transparent)]
    Keyring(#[from] KeyringFault),
    /// The master key that was given.
    #[error(transparent)]
    Master(#[from] MasterFault),
    /// A record that cannot be read or opened.
    #[error("the record at position {position} cannot be read: {source}")]
    Record {
        /// Where.
        position: Position,
        /// Why.
        source: UnsealFault,
    },
    /// A record does not follow the one before it.
    #[error("the chain of records is BROKEN at position {0}: restore the log from a backup")]
    Chain(Position),
    /// The evidence.
    #[error(transparent)]
    Evidence(#[from] EvidenceFault),
    /// The list of keys that a restore was told of.
    #[error(transparent)]
    Forgotten(#[from] BackupFault),
    /// An erasure that an earlier run left.
    #[error(transparent)]
    Erasure(#[from] ErasingFault),
    /// The password pool.
    #[error(transparent)]
    Passwords(#[from] PasswordFault),
    /// A thread could not be started.
    #[error("a thread could not be started: {0}")]
    Thread(std::io::Error),
    /// Whoever asked for it waits no longer ([`Progress::give_up`]). Nothing was changed.
    #[error("opening was given up")]
    GivenUp,
}

impl Directory {
    /// Opens a directory, or makes an empty one. Blocks until every record is folded, or those behind a snapshot.
    ///
    /// # Errors
    /// [`OpenFault`] names what is wrong and the way out.
    pub fn open(mut options: DirectoryOptions) -> Result<Directory, OpenFault> {
        let metrics = Metrics::default();
        options.disk = metrics.timing(options.disk, options.tracer.clone());
        let data = &options.data;
        make_folder(data).map_err(|source| OpenFault::Folder { path: data.clone(), source })?;
        let log = open_log(&options)?;
        let keyring = open_unfenced(&options, log.as_ref())?;
        let snapshots = Arc::new(Snapshots::of(&options, Arc::clone(&keyring)));
        let sealer = Sealer::new(keyring);
        let ground = Ground { options, metrics, log, snapshots, sealer };
        match ground.snapshots.find(ground.log.as_ref()) {
            Some(found) if !found.is_of_these_folds() => open_on_other(ground, &found),
            found => open_on(ground, found),
        }
    }
}

impl Ground {
    /// Everything that the log comes to, from a snapshot on if there is one.
    pub fn folded(&self, found: Option<Found>) -> Result<Opened, OpenFault> {
        let (log, keyring) = (self.log.as_ref(), self.snapshots.keyring());
        let found = fenced(&self.options, log, &keyring, &self.snapshots, found)?;
        fold(log, (&self.sealer, &self.options.progress), &self.snapshots, found)
    }
}

fn open_on(ground: Ground, found: Option<Found>) -> Result<Directory, OpenFault> {
    let Opened { folded: Folded { models, views, chain }, events } = ground.folded(found)?;
    let (directory, idle) = assemble(ground, views)?;
    idle.begin(&directory.inner, (models, chain), events)?;
    Ok(directory)
}

/// Serves what another build folded, if this one reads it, while the log is folded anew.
fn open_on_other(ground: Ground, found: &Found) -> Result<Directory, OpenFault> {
    let Some(views) = stand_in(&ground, found) else { return open_on(ground, None) };
    let (directory, idle) = assemble(ground.clone(), views)?;
    let rebuilding = rebuild(ground, Arc::clone(&directory.inner), idle).map_err(OpenFault::Thread)?;
    *directory.inner.rebuilding.lock().unwrap_or_else(PoisonError::into_inner) = Some(rebuilding);
    Ok(directory)
}

/// Nothing of an erased person is opened: the keys are held against the log first. Gives the snapshot, if there is one
/// that this leaves.
fn fenced(
    options: &DirectoryOptions,
    log: &dyn EventLog,
    keyring: &Keyring,
    snapshots: &Snapshots,
    found: Option<Found>,
) -> Result<Option<Found>, OpenFault> {
    let (mut gone, known) =
        found.as_ref().map_or_else(Default::default, |found| (found.gone(), found.position()));
    gone.extend(destroyed_after(known, log, &options.progress)?);
    let back = fence(options, keyring, &gone)?;
    snapshots.know_gone(gone, Position(log.head().position));
    if back > 0 {
        // Older keys than the log: what was sealed beside them may know whom they knew.
        snapshots.forget()?;
        return Ok(None);
    }
    Ok(found)
}

/// From the snapshot on; from zero where there is none.
fn fold(
    log: &dyn EventLog,
    (sealer, progress): (&Sealer, &Progress),
    snapshots: &Snapshots,
    found: Option<Found>,
) -> Result<Opened, OpenFault> {
    let restored = found.and_then(|found| match found.restore() {
        Ok(folded) => Some(folded),
        Err(fault) => {
            tracing::warn!(%fault, "the snapshot is left aside: the log is folded from its beginning");
            _ = snapshots.forget();
            None
        }
    });
    let from = restored.unwrap_or_else(Folded::nothing);
    let position = from.chain.position;
    let folded = replay_on(from, log, sealer, progress)?;
    let events = folded.chain.position.0.saturating_sub(position.0);
    tracing::debug!(snapshot = %position, events, "the log is folded");
    Ok(Opened { folded, events })
}

/// What was folded, and how many events of it now.
pub(super) struct Opened {
    pub folded: Folded,
    pub events: u64,
}

/// The data folder, readable by its owner only, its own name durable before anything is acknowledged.
fn make_folder(data: &Path) -> std::io::Result<()> {
    if data.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(data)?;
    let parent = data.parent().filter(|parent| !parent.as_os_str().is_empty());
    File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
}

/// The log of a directory, as its options say.
pub(crate) fn open_log(options: &DirectoryOptions) -> Result<Arc<dyn EventLog>, Fault> {
    let mut log = SledLogOptions::new(options.data.join("log"), options.data.join("log.witness"));
    log.cache_bytes = options.log_cache_bytes;
    log.disk = Arc::clone(&options.disk);
    Ok(Arc::new(SledLog::open(log)?))
}
