//! A snapshot of what the log folds to, so that a start folds only what came after.
//!
//! It holds everybody, so it is sealed whole under a key of its own, which goes, with the file, whenever any key
//! goes or a text is to be forgotten: what was forgotten is in no snapshot, and the next one is written without it.
//! Whatever is wrong with one (a byte is not what it was, the log is another), it is left aside and the log folded from
//! zero: a snapshot is never a second truth. One by a build that folds otherwise may be [read from](Found::views) while
//! the log is folded anew.
//!
//! One is written when the directory closes in good order, and after a proof on schedule that the views are what the
//! log says, from what that proof folded, once it is [worth its while](Snapshots::is_due). It is in no backup.

mod file;

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use rollbook_event_log::{APPEND_FREE_BYTES_MIN, Disk, EventLog, Fault};
use rollbook_keyring::{KeyAddress, KeySpace, Keyring, KeyringFault, SnapshotKey};
use rollbook_projections::decision::DecisionModels;
use rollbook_projections::snapshot::{PartSink as _, PartSource as _, SnapshotFault};
use rollbook_projections::view::Views;
use rollbook_schema::codec::CodecError;
use rollbook_schema::id::Digest;
use rollbook_schema::{Position, Record};
use serde::{Deserialize, Serialize};

use crate::directory::digests::{ViewDigest, ViewDigests};
use crate::directory::{DirectoryOptions, OpenFault, Progress, destroyed_after};
use crate::writer::Chain;
use file::{SealedFile, SealedSink};

/// Name of the file in the views' directory.
const FILE: &str = "snapshot";
/// What a snapshot leaves free on the disk: the log needs room before it does.
const LEFT_FREE_BYTES_MIN: u64 = 8 * APPEND_FREE_BYTES_MIN;
/// Name of one that is being written.
const NEXT: &str = "snapshot.next";

/// Why there is no snapshot, or none of use.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoSnapshot {
    /// The file, or what stands in it.
    #[error(transparent)]
    File(#[from] io::Error),
    /// A part of it.
    #[error(transparent)]
    Part(#[from] SnapshotFault),
    /// Its key.
    #[error(transparent)]
    Key(#[from] KeyringFault),
    /// The log it is of.
    #[error(transparent)]
    Log(#[from] Fault),
    /// A record of that.
    #[error(transparent)]
    Record(#[from] CodecError),
    /// Its first part is not one.
    #[error("it does not say what it is of")]
    Head(postcard::Error),
    /// What the log orders destroyed could not be read.
    #[error(transparent)]
    Gone(Box<OpenFault>),
    /// Folds of another build made it, and what they knew is not what these know.
    #[error("another build wrote it, and this one does not read it")]
    OtherFolds,
    /// It is of another log, or of one that was longer.
    #[error("it is of another log")]
    OtherLog,
}

/// What a snapshot is of.
#[derive(Serialize, Deserialize)]
struct Head {
    folds: String,
    /// Of the last record that is in it.
    digest: Digest,
    /// Every key that the log had ordered destroyed by then: space, number, group.
    gone: Vec<(u8, u64, u8)>,
    /// Parts that are the decision models'.
    models: u32,
    /// Names of the parts that are the views', in their order.
    views: Vec<String>,
    /// What the views hold, by which another build tells whether it reads the same.
    digests: Vec<ViewDigest>,
}

/// What the log folds to, at one position.
pub(crate) struct Folded {
    pub models: DecisionModels,
    pub views: Views,
    pub chain: Chain,
}

impl Folded {
    /// Before the first event.
    pub fn nothing() -> Folded {
        Folded { models: DecisionModels::new(), views: Views::default(), chain: Chain::default() }
    }
}

/// A snapshot that was found and is of this log.
pub(crate) struct Found {
    /// Made by these folds; else there are views in it at most.
    is_of_these_folds: bool,
    file: SealedFile,
    head: Head,
}

/// The snapshots of one directory: at most one file.
pub(crate) struct Snapshots {
    folder: PathBuf,
    /// What these folds are called.
    folds: &'static str,
    keyring: Arc<Keyring>,
    /// Asked for room.
    disk: Arc<dyn Disk>,
    /// Events after which another one is worth its while; `None`: never.
    after: Option<u64>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// Where the one on disk stands.
    position: Option<Position>,
    /// Every key that the log orders destroyed, up to a position.
    gone: Vec<KeyAddress>,
    gone_until: Position,
}

impl Snapshots {
    pub fn of(options: &DirectoryOptions, keyring: Arc<Keyring>) -> Snapshots {
        Snapshots {
            folder: options.views_directory(),
            folds: options.folds,
            keyring,
            disk: Arc::clone(&options.disk),
            after: options.snapshot_after,
            known: Mutex::default(),
        }
    }

    /// Whose keys they are sealed under.
    pub fn keyring(&self) -> Arc<Keyring> {
        Arc::clone(&self.keyring)
    }

    /// The snapshot, if there is one and it is of use. One that is not is removed.
    pub fn find(&self, log: &dyn EventLog) -> Option<Found> {
        // Left by a stop while one was written.
        self.remove_file(NEXT);
        let found = self.open(log);
        match found {
            Ok(found) => {
                if let Some(found) = found.as_ref().filter(|found| found.is_of_these_folds) {
                    self.known().position = Some(found.position());
                }
                found
            }
            Err(fault) => {
                tracing::info!(%fault, "the snapshot is left aside: the log is folded from its beginning");
                self.remove();
                None
            }
        }
    }

    /// What the log orders destroyed, up to a position: known from a start, so that nobody reads the log for it.
    pub fn know_gone(&self, gone: Vec<KeyAddress>, until: Position) {
        let mut known = self.known();
        (known.gone, known.gone_until) = (gone, until);
    }

    /// Whether another one is worth its while at this position.
    pub fn is_due(&self, position: Position) -> bool {
        let stands = self.known().position.unwrap_or(Position::START);
        self.after.is_some_and(|after| position.0.saturating_sub(stands.0) >= after)
    }

    /// Where the one on disk stands; `None` where there is none.
    pub fn position(&self) -> Option<Position> {
        self.known().position
    }

    /// The key to seal the next one with. What is folded from now on may be sealed with it, and nothing folded before.
    pub fn key(&self) -> Result<SnapshotKey, KeyringFault> {
        self.keyring.snapshot_key_or_new()
    }

    /// Lets go of what there is, and of what is being written: to be called when something is to be forgotten, before
    /// anybody is told. What is left of the file is noise then.
    pub fn forget(&self) -> Result<(), KeyringFault> {
        self.remove();
        self.keyring.forget_snapshot_key()
    }

    /// Writes one of what was folded since the key was taken, in place of the one before.
    pub fn write(
        &self,
        key: &SnapshotKey,
        folded: (&DecisionModels, &Views),
        digests: &ViewDigests,
        log: &dyn EventLog,
    ) -> Result<(), NoSnapshot> {
        let began = Instant::now();
        let (models, views) = folded;
        let position = views.reached();
        debug_assert_eq!((models.head(), digests.position), (position, position));
        let digest = digest_at(log, position)?.ok_or(NoSnapshot::OtherLog)?;
        let gone = self.gone_until(position, log)?;
        let head = Head {
            folds: self.folds.to_owned(),
            digest,
            gone,
            models: DecisionModels::PARTS.len() as u32,
            views: Views::PARTS.iter().map(|&part| part.to_owned()).collect(),
            digests: digests.views.clone(),
        };
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let next = self.folder.join(NEXT);
        let written = self.store(&next, key, &head, folded);
        if let Err(fault) = written {
            _ = fs::remove_file(&next);
            return Err(fault);
        }
        fs::rename(&next, self.path())?;
        File::open(&self.folder)?.sync_all()?;
        self.known().position = Some(position);
        // Its key went meanwhile: it is noise, and nobody's.
        if self.keyring.snapshot_key().is_none_or(|now| now.name() != key.name()) {
            self.remove();
            return Ok(());
        }
        let millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(%position, millis, "a snapshot was written: the next start folds what comes after it");
        Ok(())
    }

    fn store(
        &self,
        path: &Path,
        key: &SnapshotKey,
        head: &Head,
        (models, views): (&DecisionModels, &Views),
    ) -> Result<(), NoSnapshot> {
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        let has_room = || {
            let free = self.disk.free_bytes(&self.folder)?;
            if free < LEFT_FREE_BYTES_MIN { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        };
        let mut sink = SealedSink::new(file, key, views.reached(), &has_room)?;
        sink.begin()?;
        sink.write(&postcard::to_allocvec(head).map_err(NoSnapshot::Head)?)?;
        models.store(&mut sink)?;
        views.store(&mut sink)?;
        Ok(sink.finish()?)
    }

    fn gone_until(&self, position: Position, log: &dyn EventLog) -> Result<Vec<(u8, u64, u8)>, NoSnapshot> {
        let mut known = self.known();
        // Some more than by then does no harm: what is gone later is gone.
        if known.gone_until < position {
            let more = destroyed_after(known.gone_until, log, &Progress::default());
            known.gone.extend(more.map_err(|fault| NoSnapshot::Gone(Box::new(fault)))?);
            known.gone_until = position;
        }
        Ok(known.gone.iter().map(|key| (key.space as u8, key.number, key.group)).collect())
    }

    fn open(&self, log: &dyn EventLog) -> Result<Option<Found>, NoSnapshot> {
        let file = match File::open(self.path()) {
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        let key = self.keyring.snapshot_key();
        let key = key.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "its key is gone"))?;
        let file = SealedFile::open(file, key)?;
        let first = file.parts(0).next()?;
        let head: Head = postcard::from_bytes(&first).map_err(NoSnapshot::Head)?;
        let is_of_these_folds = head.folds == self.folds;
        let parts = if is_of_these_folds { DecisionModels::PARTS.len() } else { head.models as usize };
        if head.views != Views::PARTS || file.len() != 1 + parts + Views::PARTS.len() {
            return Err(NoSnapshot::OtherFolds);
        }
        if digest_at(log, file.position())? != Some(head.digest) {
            return Err(NoSnapshot::OtherLog);
        }
        Ok(Some(Found { is_of_these_folds, file, head }))
    }

    /// What stays is noise once its key is gone, and left aside by the next start.
    fn remove(&self) {
        self.known().position = None;
        self.remove_file(FILE);
    }

    fn remove_file(&self, name: &str) {
        match fs::remove_file(self.folder.join(name)) {
            Err(fault) if fault.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(%fault, "a snapshot that is of no use could not be removed");
            }
            _ => {}
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Found {
    pub fn is_of_these_folds(&self) -> bool {
        self.is_of_these_folds
    }

    pub fn position(&self) -> Position {
        self.file.position()
    }

    /// Every key that the log had ordered destroyed by then.
    pub fn gone(&self) -> Vec<KeyAddress> {
        let space = |number: u8| KeySpace::ALL.into_iter().find(|space| *space as u8 == number);
        let keys = self.head.gone.iter();
        keys.filter_map(|(of, number, group)| {
            Some(KeyAddress { space: space(*of)?, number: *number, group: *group })
        })
        .collect()
    }

    /// The views alone, as another build folded them, if this one reads in them what that one wrote: the bytes say
    /// nothing of their shape, so the digests have to be the same.
    pub fn views(
        &self,
        digests_of: impl FnOnce(&Views) -> ViewDigests,
    ) -> Result<(Views, Chain), NoSnapshot> {
        let read = || Views::restore(&mut self.file.parts(1 + self.head.models as usize));
        // What was written in another shape may come to anything.
        let views = catch_unwind(AssertUnwindSafe(read)).map_err(|_| NoSnapshot::OtherFolds)??;
        let found = digests_of(&views);
        if found.position != self.position() || found.views != self.head.digests {
            return Err(NoSnapshot::OtherFolds);
        }
        Ok((views, Chain { position: self.position(), digest: self.head.digest }))
    }

    /// Opens it: the models on one thread, the views on another.
    pub fn restore(&self) -> Result<Folded, NoSnapshot> {
        let (models, views) = thread::scope(|scope| {
            let views = scope.spawn(|| Views::restore(&mut self.file.parts(1 + DecisionModels::PARTS.len())));
            let models = DecisionModels::restore(&mut self.file.parts(1));
            (models, views.join().unwrap_or_else(|bug| std::panic::resume_unwind(bug)))
        });
        let (models, views) = (models?, views?);
        let chain = Chain { position: self.position(), digest: self.head.digest };
        if models.head() != chain.position || views.reached() != chain.position {
            return Err(NoSnapshot::OtherLog);
        }
        Ok(Folded { models, views, chain })
    }
}

/// The digest of a record that exists.
fn digest_at(log: &dyn EventLog, position: Position) -> Result<Option<Digest>, NoSnapshot> {
    let Some(stored) = log.get(position.0)? else { return Ok(None) };
    Ok(Some(Record::from_bytes(&stored.bytes)?.digest()))
}
