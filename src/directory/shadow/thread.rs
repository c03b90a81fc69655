//! The thread that proves: on schedule and on request, one proof at a time.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rollbook_keyring::{Keyring, SnapshotKey};
use rollbook_projections::decision::DecisionModels;
use rollbook_projections::view::Views;
use rollbook_schema::Position;
use rollbook_schema::id::Digest;
use rollbook_schema::value::Timestamp;
use tokio::sync::oneshot;

use super::compare::{Compared, NoProof, Proved, compare};
use super::{Message, SHADOW_SHARE, Shadow, ShadowOutcome, ShadowProof, Shared, kept};
use crate::clock::Clock;
use crate::directory::DirectoryOptions;
use crate::directory::digests::{Rebuilt, ViewDigests};
use crate::priority::step_back;
use crate::snapshot::NoSnapshot;

/// No proof on schedule sooner after a start: a start has other work.
const AFTER_START: Duration = Duration::from_secs(60);
/// Where there is no schedule, the thread waits for requests; it wakes so often, and finds nothing to do.
const NO_SCHEDULE: Duration = Duration::from_secs(24 * 60 * 60);

/// Proves, once it is started.
pub(in crate::directory) struct Prover {
    shared: Arc<Shared>,
    /// Where proofs are kept.
    directory: PathBuf,
    /// Between two proofs; `None`: on request only.
    every: Option<Duration>,
    compared: Compared,
    keyring: Arc<Keyring>,
    clock: Arc<dyn Clock>,
    messages: Receiver<Message>,
    started: Instant,
    /// Who waits for the next proof that ends.
    waiting: Vec<oneshot::Sender<ShadowProof>>,
    closing: bool,
}

/// Who proves, and who asks for it.
pub(in crate::directory) fn prover(
    options: &DirectoryOptions,
    keyring: &Arc<Keyring>,
    compared: Compared,
) -> (Shadow, Prover) {
    let (directory, shared) = (options.evidence_directory(), Arc::<Shared>::default());
    shared.proofs().kept = kept::read(&directory);
    let (shadow, messages) = Shadow::over(Arc::clone(&shared));
    let prover = Prover {
        shared,
        directory,
        every: options.shadow_every,
        compared,
        keyring: Arc::clone(keyring),
        clock: Arc::clone(&options.clock),
        messages,
        started: Instant::now(),
        waiting: Vec::new(),
        closing: false,
    };
    (shadow, prover)
}

impl Prover {
    /// Starts the thread. It ends when told to close.
    pub fn start(mut self) -> std::io::Result<JoinHandle<()>> {
        self.started = Instant::now();
        let thread = std::thread::Builder::new().name("rollbook-shadow".to_owned());
        thread.spawn(move || {
            step_back();
            self.run();
        })
    }

    fn run(&mut self) {
        while !self.closing {
            match self.messages.recv_timeout(self.until_due()) {
                Ok(message) => self.hear(message),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let is_due = self.every.is_some() && self.until_due().is_zero();
            if !self.closing && (is_due || !self.waiting.is_empty()) {
                self.prove();
            }
        }
    }

    fn hear(&mut self, message: Message) {
        match message {
            Message::Prove(reply) => self.waiting.push(reply),
            Message::Close => self.closing = true,
        }
    }

    /// Counted from the last proof, whichever process made it, or from the start.
    fn until_due(&self) -> Duration {
        let Some(every) = self.every else { return NO_SCHEDULE };
        let since_start = self.started.elapsed();
        let since_last = self.shared.proofs().kept.last().map_or(since_start, |last| {
            let millis = self.clock.now().millis().saturating_sub(last.started_at.millis());
            Duration::from_millis(u64::try_from(millis).unwrap_or(0))
        });
        every.saturating_sub(since_last).max(AFTER_START.min(every).saturating_sub(since_start))
    }

    fn prove(&mut self) {
        self.shared.proofs().under_way = true;
        let (started_at, began) = (self.clock.now(), Instant::now());
        // Taken first: what is forgotten from here on destroys it, and so makes noise of what was folded before.
        let key = self.key_if_due();
        let mut reached = Position::START;
        // The rebuild is dropped with a panic; the live views are only read.
        let ended = catch_unwind(AssertUnwindSafe(|| self.compare(key.is_some(), &mut reached)));
        let proved = match ended {
            Ok(Ok(proved)) => Some(proved),
            Ok(Err(NoProof::Closing)) => return,
            Ok(Err(fault)) => {
                tracing::error!(position = %reached, %fault, "the views could not be held against the log");
                None
            }
            Err(_) => {
                tracing::error!(position = %reached, "a fold met a bug while the log was folded again");
                None
            }
        };
        let (rebuilt, folded) = match proved {
            Some(Proved { rebuilt, view_bytes, folded }) => {
                self.shared.proofs().view_bytes = view_bytes;
                (Some(rebuilt), folded)
            }
            None => (None, None),
        };
        let proof = self.proof(rebuilt.as_ref(), reached, started_at, began.elapsed());
        self.record(&proof);
        let folded = folded.zip(rebuilt.map(|rebuilt| rebuilt.rebuilt));
        self.keep(&proof, key, folded);
        self.waiting.drain(..).for_each(|waiting| drop(waiting.send(proof.clone())));
    }

    /// The key for a snapshot of what the proof folds, where one is worth its while.
    fn key_if_due(&self) -> Option<SnapshotKey> {
        let snapshots = &self.compared.snapshots;
        let at = self.compared.live(Views::reached);
        let key = snapshots.is_due(at).then(|| snapshots.key())?;
        key.inspect_err(|fault| tracing::warn!(%fault, "there is no key for a snapshot")).ok()
    }

    /// Writes what was proved to be the log's, and lets go of a snapshot where the views were not: a start then folds
    /// the log.
    fn keep(
        &self,
        proof: &ShadowProof,
        key: Option<SnapshotKey>,
        folded: Option<((DecisionModels, Views), ViewDigests)>,
    ) {
        let Compared { snapshots, log, .. } = &self.compared;
        let kept = match (proof.outcome, key, folded) {
            (ShadowOutcome::Different, ..) => snapshots.forget().map_err(NoSnapshot::from),
            (ShadowOutcome::Equal, Some(key), Some(((models, views), digests))) => {
                snapshots.write(&key, (&models, &views), &digests, log.as_ref())
            }
            _ => Ok(()),
        };
        if let Err(fault) = kept {
            tracing::warn!(%fault, "the snapshot could not be written or let go of");
        }
    }

    /// At its share of a core, unless somebody waits.
    fn compare(&mut self, is_kept: bool, reached: &mut Position) -> Result<Proved, NoProof> {
        let Prover { shared, compared, keyring, messages, waiting, closing, .. } = self;
        let mut worked = Instant::now();
        let mut pause = || {
            let mut rest = worked.elapsed() * (SHADOW_SHARE - 1);
            while !*closing {
                let message = if waiting.is_empty() && !rest.is_zero() {
                    let slept = Instant::now();
                    let message = messages.recv_timeout(rest).ok();
                    rest = rest.saturating_sub(slept.elapsed());
                    message
                } else {
                    messages.try_recv().ok()
                };
                match message {
                    Some(Message::Prove(reply)) => waiting.push(reply),
                    Some(Message::Close) => *closing = true,
                    None => break,
                }
            }
            worked = Instant::now();
            if *closing { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        compare(compared, keyring, shared, is_kept, reached, &mut pause)
    }

    fn proof(
        &self,
        rebuilt: Option<&Rebuilt>,
        reached: Position,
        started_at: Timestamp,
        took: Duration,
    ) -> ShadowProof {
        let different: Vec<String> =
            rebuilt.iter().flat_map(|rebuilt| rebuilt.different()).map(str::to_owned).collect();
        ShadowProof {
            position: rebuilt.map_or(reached, |rebuilt| rebuilt.rebuilt.position),
            digest: rebuilt.map(|rebuilt| self.over_all(&rebuilt.rebuilt)),
            outcome: match rebuilt {
                None => ShadowOutcome::Failed,
                Some(_) if different.is_empty() => ShadowOutcome::Equal,
                Some(_) => ShadowOutcome::Different,
            },
            different,
            started_at,
            duration_millis: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        }
    }

    fn over_all(&self, digests: &ViewDigests) -> Digest {
        let mut bytes = Vec::new();
        for view in &digests.views {
            bytes.extend_from_slice(&(view.view.len() as u64).to_le_bytes());
            bytes.extend_from_slice(view.view.as_bytes());
            bytes.extend_from_slice(&view.digest.0);
        }
        Digest(self.keyring.keyed_digest("views", &bytes))
    }

    fn record(&self, proof: &ShadowProof) {
        let (position, millis) = (proof.position, proof.duration_millis);
        let mut proofs = self.shared.proofs();
        proofs.under_way = false;
        proofs.counts[proof.outcome as usize] += 1;
        match proof.outcome {
            ShadowOutcome::Equal => {
                tracing::info!(%position, millis, "every view is what the log says");
                proofs.mismatch.clear();
            }
            ShadowOutcome::Different => {
                let views = proof.different.join(", ");
                tracing::error!(%position, %views, "views DIFFER from the log: start again, which folds it anew");
                proofs.mismatch.clone_from(&proof.different);
            }
            // What was found before still stands.
            ShadowOutcome::Failed => {}
        }
        proofs.kept.push(proof.clone());
        if let Err(fault) = kept::keep(&self.directory, &mut proofs.kept) {
            tracing::warn!(%fault, "the comparison of the views with the log could not be noted");
        }
    }
}
