//! A directory put together: first what serves reads, then what takes commands.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rollbook_event_log::EventLog;
use rollbook_keyring::Keyring;
use rollbook_projections::decision::DecisionModels;
use rollbook_projections::view::Views;
use rollbook_schema::Position;
use tokio::sync::{Semaphore, mpsc, watch};

use super::avatars::PICTURES_AT_ONCE;
use super::erasing::{Erasing, orders_of};
use super::figures::BackedUp;
use super::settings::configured;
use super::shadow::{self, Compared, Prover};
use super::{Directory, DirectoryOptions, Inner, Moments, OpenFault};
use crate::avatars::files;
use crate::evidence::follower::{self, FollowerParts};
use crate::http::Rates;
use crate::identity::Identities;
use crate::metrics::Metrics;
use crate::passwords::{PasswordPool, PasswordPoolParts};
use crate::projector::Projector;
use crate::sealing::Sealer;
use crate::snapshot::Snapshots;
use crate::status::Status;
use crate::writer::{self, COMMITTED_BATCHES_MAX, Chain, Message, WriterParts};

/// What a directory stands on, before anything is folded.
#[derive(Clone)]
pub(super) struct Ground {
    pub options: DirectoryOptions,
    pub metrics: Metrics,
    pub log: Arc<dyn EventLog>,
    pub snapshots: Arc<Snapshots>,
    pub sealer: Sealer,
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

/// A directory that serves these views, and takes no commands yet. An erasure that was left open is carried out first.
///
/// # Errors
/// What that meets, and what starting threads does.
pub(super) fn assemble(ground: Ground, views: Views) -> Result<(Directory, Idle), OpenFault> {
    let Ground { options, metrics, log, snapshots, sealer } = ground;
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
    let position = views.reached();
    let views = Arc::new(RwLock::new(views));
    let (queue, jobs) = mpsc::channel(options.queue_commands_max);
    let (reached, reached_by_views) = watch::channel(position);
    let configured = configured(&options);
    let compared = Compared {
        log: Arc::clone(&log),
        sealer: sealer.clone(),
        views: Arc::clone(&views),
        snapshots: Arc::clone(&snapshots),
    };
    let (shadow, prover) = shadow::prover(&options, &keyring, compared);
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
    let inner = Inner {
        queue,
        views,
        reached: reached_by_views,
        moments,
        snapshots,
        folded_at_start: AtomicU64::new(0),
        takes_commands: watch::Sender::new(false),
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
        writer: Mutex::default(),
        threads: Mutex::default(),
        rebuilding: Mutex::default(),
        follower: Mutex::new(Some(follower)),
    };
    Ok((Directory { inner: Arc::new(inner) }, Idle { jobs, projector, prover }))
}

/// The threads of a directory, before they run.
pub(super) struct Idle {
    jobs: mpsc::Receiver<Message>,
    projector: Projector,
    prover: Prover,
}

impl Idle {
    /// Takes commands from now on, and judges them by what was folded: so many events, at this start.
    ///
    /// # Errors
    /// [`OpenFault::Thread`].
    pub fn begin(
        self,
        inner: &Inner,
        (models, chain): (DecisionModels, Chain),
        events: u64,
    ) -> Result<(), OpenFault> {
        let Idle { jobs, projector, prover } = self;
        let (committed, batches) = std::sync::mpsc::sync_channel(COMMITTED_BATCHES_MAX);
        let parts = WriterParts {
            log: Arc::clone(&inner.log),
            keyring: Arc::clone(&inner.keyring),
            models,
            chain,
            settings: inner.configured.clone(),
            clock: Arc::clone(&inner.clock),
            identities: inner.identities.clone(),
            metrics: inner.metrics.clone(),
            tracer: inner.options.tracer.clone(),
        };
        inner.folded_at_start.store(events, Ordering::Relaxed);
        let projector = projector.start(batches).map_err(OpenFault::Thread)?;
        let proving = prover.start().map_err(OpenFault::Thread)?;
        inner.threads.lock().unwrap_or_else(PoisonError::into_inner).extend([projector, proving]);
        let writer =
            writer::start(parts, jobs, committed, inner.status.clone()).map_err(OpenFault::Thread)?;
        *inner.writer.lock().unwrap_or_else(PoisonError::into_inner) = Some(writer);
        inner.takes_commands.send_replace(true);
        Ok(())
    }
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
