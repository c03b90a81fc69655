//! Opening a directory: log, keys, replay, the fence, and only then the writer.

use std::collections::HashSet;
use std::fs::{DirBuilder, File};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, RwLock};

use rollbook_event_log::{EventLog, Fault, SledLog, SledLogOptions};
use rollbook_keyring::{Keyring, KeyringFault, MasterFault};
use rollbook_projections::view::Views;
use rollbook_schema::Position;
use tokio::sync::{Semaphore, mpsc, watch};

use super::avatars::PICTURES_AT_ONCE;
use super::erasing::{Erasing, ErasingFault, orders_of};
use super::fence::{destroyed_after, fence, open_unfenced};
use super::figures::BackedUp;
use super::replay::replay_on;
use super::settings::configured;
use super::shadow::{self, Compared};
use super::{Directory, DirectoryOptions, Inner, Moments, Progress};
use crate::avatars::files;
use crate::backup::BackupFault;
use crate::evidence::fault::EvidenceFault;
use crate::evidence::follower::{self, FollowerParts};
use crate::http::Rates;
use crate::identity::Identities;
use crate::metrics::Metrics;
use crate::passwords::{PasswordFault, PasswordPool, PasswordPoolParts};
use crate::projector::Projector;
use crate::sealing::{Sealer, UnsealFault};
use crate::snapshot::{Folded, Found, Snapshots};
use crate::status::Status;
use crate::writer::{self, COMMITTED_BATCHES_MAX, WriterParts};

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
        let found = fenced(&options, log.as_ref(), &keyring, &snapshots)?;
        let sealer = Sealer::new(Arc::clone(&keyring));
        let folded = fold(log.as_ref(), (&sealer, &options.progress), &snapshots, found)?;
        start(options, metrics, log, snapshots, sealer, folded)
    }
}

/// Nothing of an erased person is opened: the keys are held against the log first. Gives the snapshot, if there is one
/// that this leaves.
fn fenced(
    options: &DirectoryOptions,
    log: &dyn EventLog,
    keyring: &Keyring,
    snapshots: &Snapshots,
) -> Result<Option<Found>, OpenFault> {
    let found = snapshots.find(log);
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
struct Opened {
    folded: Folded,
    events: u64,
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

/// Before anybody is served: every step of every erasure without a receipt, and pictures that nobody has.
fn take_up(erasing: &Erasing, views: &Views, log: &dyn EventLog) -> Result<(), OpenFault> {
    let open: Vec<Position> = views.erasures.open().map(|(order, _)| order).collect();
    if !open.is_empty() {
        tracing::warn!(erasures = open.len(), "erasures without a receipt are carried out again");
        erasing.carry_out(&orders_of(views, log, open)?)?;
    }
    let held: HashSet<String> = views.avatars.all().map(ToString::to_string).collect();
    if let Err(fault) = files::sweep(&erasing.pictures, |name| held.contains(name)) {
        tracing::warn!(%fault, "pictures that nobody has could not be removed");
    }
    Ok(())
}

fn start(
    options: DirectoryOptions,
    metrics: Metrics,
    log: Arc<dyn EventLog>,
    snapshots: Arc<Snapshots>,
    sealer: Sealer,
    opened: Opened,
) -> Result<Directory, OpenFault> {
    let Opened { folded: Folded { models, views, chain }, events: folded_at_start } = opened;
    let keyring = snapshots.keyring();
    let identities = Identities::new(Arc::clone(&options.entropy));
    let passwords = PasswordPool::new(PasswordPoolParts {
        cost: options.hashing,
        places: options.hashing_places,
        before: Arc::clone(&options.before_hashing),
        entropy: Arc::clone(&options.entropy),
        metrics: metrics.clone(),
    })?;
    let status = Status::default();
    let moments = Arc::new(Moments::every(options.checkpoint_stride));
    let erasing = Arc::new(Erasing {
        keyring: Arc::clone(&keyring),
        moments: Arc::clone(&moments),
        snapshots: Arc::clone(&snapshots),
        pictures: options.avatars_directory(),
        clock: Arc::clone(&options.clock),
        interruptions: Arc::clone(&options.interruptions),
        taken: Mutex::default(),
        working: Mutex::default(),
        completing: tokio::sync::Mutex::default(),
    });
    // Before any thread: who stops here leaves nothing running.
    take_up(&erasing, &views, log.as_ref())?;
    let (evidence, follower) = follower::start(followed(&options, &log, &keyring, &views, &status))?;
    let views = Arc::new(RwLock::new(views));
    let (queue, jobs) = mpsc::channel(options.queue_commands_max);
    let (committed, batches) = std::sync::mpsc::sync_channel(COMMITTED_BATCHES_MAX);
    let (reached, reached_by_views) = watch::channel(chain.position);
    let configured = configured(&options);
    let parts = WriterParts {
        log: Arc::clone(&log),
        keyring: Arc::clone(&keyring),
        models,
        chain,
        settings: configured.clone(),
        clock: Arc::clone(&options.clock),
        identities: identities.clone(),
        metrics: metrics.clone(),
        tracer: options.tracer.clone(),
    };
    let compared = Compared {
        log: Arc::clone(&log),
        sealer: sealer.clone(),
        views: Arc::clone(&views),
        snapshots: Arc::clone(&snapshots),
    };
    let (shadow, proving) = shadow::start(&options, &keyring, compared).map_err(OpenFault::Thread)?;
    let projector = Projector {
        views: Arc::clone(&views),
        fold: options.live_fold,
        shadow: shadow.clone(),
        erasing: Arc::clone(&erasing),
        reached,
        log: Arc::clone(&log),
        evidence: evidence.clone(),
        metrics: metrics.clone(),
        status: status.clone(),
    };
    let projector = projector.start(batches).map_err(OpenFault::Thread)?;
    let writer = writer::start(parts, jobs, committed, status.clone()).map_err(OpenFault::Thread)?;
    let inner = Inner {
        queue,
        views,
        reached: reached_by_views,
        moments,
        snapshots,
        folded_at_start,
        shadow,
        erasing,
        log,
        keyring,
        sealer,
        passwords,
        entries: Rates::new(options.sign_ins_per_address),
        drawing: Semaphore::new(PICTURES_AT_ONCE),
        identities,
        opened_at: options.clock.now(),
        clock: Arc::clone(&options.clock),
        metrics,
        backed_up: BackedUp::default(),
        status,
        options,
        configured,
        unknown_sign_ins: AtomicU64::new(0),
        evidence,
        writer: Mutex::new(Some(writer)),
        threads: Mutex::new(vec![projector, proving]),
        follower: Mutex::new(Some(follower)),
    };
    Ok(Directory { inner: Arc::new(inner) })
}

fn followed(
    options: &DirectoryOptions,
    log: &Arc<dyn EventLog>,
    keyring: &Arc<Keyring>,
    views: &Views,
    status: &Status,
) -> FollowerParts {
    FollowerParts {
        options: options.evidence(),
        log: Arc::clone(log),
        keyring: Arc::clone(keyring),
        rotated: views.signing_keys.last().map(|rotation| rotation.rotated.clone()),
        clock: Arc::clone(&options.clock),
        status: status.clone(),
    }
}
