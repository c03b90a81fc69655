//! The façade: everything a door (GraphQL, console, command line) may do, and nothing else.
//!
//! A door gives a caller and a command, and gets an outcome when the change is durable and visible; or
//! it reads the views and the records. It never sees the log, the keys or the writer.

mod acting;
mod asking;
mod assembling;
mod avatars;
mod backup;
mod bare_writer;
mod bulk;
mod creating;
pub mod digests;
pub mod erasing;
mod evidence;
mod fence;
mod figures;
mod first_start;
mod folding;
mod history;
mod lockout;
mod mailing;
mod masking;
mod masking_requests;
mod moments;
pub mod offline;
mod open;
mod options;
mod person_file;
mod progress;
mod proofs;
mod provider;
mod proxy;
mod readings;
mod rehearsal;
mod replay;
mod replaying;
mod resetting;
mod retention;
mod security_questions;
mod settings;
mod shadow;
mod sign_in;
mod snapshots;
mod standing;
mod standing_in;
mod support;
mod user_rules;

pub use asking::Asking;
pub use avatars::AVATAR_BYTES_MAX;
pub(crate) use bare_writer::BareWriter;
pub use bulk::BULK_USERS_MAX;
pub(crate) use fence::destroyed_after;
pub use figures::Figures;
pub use first_start::{FirstAdministrator, FirstStart, FirstStartFault};
pub use history::{HistoryEntry, ReadFault};
pub use mailing::{Addressee, Enclosed};
pub use masking::MaskRequest;
pub use moments::{
    AsOf, CHECKPOINT_STRIDE_MIN, CHECKPOINT_USERS_MAX, CHECKPOINTS_MAX, MOMENT_USERS_KEPT_MAX,
    MOMENTS_KEPT_MAX, Moment, Moments,
};
pub use open::OpenFault;
pub use options::DirectoryOptions;
pub use person_file::PersonFileFault;
pub use progress::Progress;
pub use proofs::{ConsistencyProof, InclusionProof};
pub use provider::SeatsSizedBy;
pub use proxy::{OpenedProxy, PROXY_SESSION_MILLIS_MAX};
pub use readings::ReadOf;
pub use rehearsal::{Rehearsal, Rehearsed};
pub use resetting::{PasswordWay, ResetDone};
pub use retention::RetentionPlan;
pub use shadow::{SHADOW_PROOFS_KEPT_MAX, SHADOW_SHARE, Shadow, ShadowOutcome, ShadowProof};
pub use sign_in::{OpenedSession, Proofs, SignInRequest};
pub use support::SUPPORT_SESSION_MILLIS_MAX;

use std::net::IpAddr;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::thread::JoinHandle;

use rollbook_event_log::EventLog;
use rollbook_keyring::Keyring;
use rollbook_projections::decision::DecisionModels;
use rollbook_projections::view::Views;
use rollbook_schema::value::{Settings, Timestamp};
use rollbook_schema::{Position, RejectionCode};
use tokio::sync::{Semaphore, mpsc, watch};

use self::erasing::Erasing;
use self::figures::BackedUp;
use crate::access::Caller;
use crate::clock::Clock;
use crate::evidence::live::Evidence;
use crate::http::Rates;
use crate::identity::{Identities, SessionToken};
use crate::metrics::Metrics;
use crate::passwords::PasswordPool;
use crate::sealing::Sealer;
use crate::snapshot::Snapshots;
use crate::status::Status;
use crate::writer::{Message, Stop};

/// One company's directory of users. Cheap to clone; all clones are the same directory.
#[derive(Clone)]
pub struct Directory {
    inner: Arc<Inner>,
}

struct Inner {
    queue: mpsc::Sender<Message>,
    views: Arc<RwLock<Views>>,
    reached: watch::Receiver<Position>,
    /// Shared with the projector, which lets go of them when keys are destroyed.
    moments: Arc<Moments>,
    /// Shared with whoever lets go of them.
    snapshots: Arc<Snapshots>,
    folded_at_start: AtomicU64,
    /// False while the log is folded anew beside what is served.
    takes_commands: watch::Sender<bool>,
    shadow: Shadow,
    /// Shared with the projector, which takes the steps.
    erasing: Arc<Erasing>,
    log: Arc<dyn EventLog>,
    keyring: Arc<Keyring>,
    sealer: Sealer,
    passwords: PasswordPool,
    /// Tries to sign in, by address.
    entries: Rates<IpAddr>,
    /// Places for pictures that are drawn anew.
    drawing: Semaphore,
    identities: Identities,
    clock: Arc<dyn Clock>,
    opened_at: Timestamp,
    metrics: Metrics,
    backed_up: BackedUp,
    status: Status,
    options: DirectoryOptions,
    /// The settings where the tenant chose nothing.
    configured: Settings,
    unknown_sign_ins: AtomicU64,
    evidence: Evidence,
    /// Joined once, by whoever closes, for what it gives back.
    writer: Mutex<Option<JoinHandle<Option<DecisionModels>>>>,
    /// Folds the log anew, and then starts the other threads. Joined before them.
    rebuilding: Mutex<Option<JoinHandle<()>>>,
    /// Joined once too.
    threads: Mutex<Vec<JoinHandle<()>>>,
    /// Joined after the others, since it follows them.
    follower: Mutex<Option<JoinHandle<()>>>,
}

impl Directory {
    /// The views, as they are now. Hold the guard shortly, and never across an await: folding waits for it.
    pub fn views(&self) -> RwLockReadGuard<'_, Views> {
        // A fold that failed has stopped the directory; what was served before stays readable.
        self.inner.views.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far the views are.
    #[must_use]
    pub fn reached(&self) -> Position {
        *self.inner.reached.borrow()
    }

    /// Follows how far the views are: a wake-up for whoever reads the log by a cursor.
    #[must_use]
    pub fn watch_reached(&self) -> watch::Receiver<Position> {
        self.inner.reached.clone()
    }

    /// Waits until the views hold a position, if it exists.
    ///
    /// # Errors
    /// [`RejectionCode::NotFound`] for a position that the log has not given yet.
    pub async fn at_least(&self, position: Position) -> Result<(), RejectionCode> {
        if position.0 > self.inner.log.head().position && position > self.reached() {
            return Err(RejectionCode::NotFound);
        }
        let mut reached = self.inner.reached.clone();
        match reached.wait_for(|reached| *reached >= position).await {
            Ok(_) => Ok(()),
            Err(_) => Err(RejectionCode::Busy),
        }
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Makes ids.
    #[must_use]
    pub fn identities(&self) -> &Identities {
        &self.inner.identities
    }

    /// Whether guests may open cases (RSV-09).
    #[must_use]
    pub fn guests_open_cases(&self) -> bool {
        self.inner.options.guest_cases
    }

    /// Whether commands are still accepted.
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.inner.status
    }

    /// Who holds a session token, as they are now (under a proxy: as whom they act); `None` for a token that opens nothing.
    #[must_use]
    pub fn caller(&self, token: &SessionToken) -> Option<Caller> {
        if self.is_provider(token) {
            return Some(Caller::Provider);
        }
        let views = self.views();
        let session = views.sessions.find(&token.digest(), self.now())?;
        standing::signed_in_by(&views, session).filter(|person| self.is_let_in(person)).map(Caller::Person)
    }

    /// Finishes what was accepted, refuses the rest, and leaves the log in its safest state.
    ///
    /// # Errors
    /// What had stopped the directory before, or why the log could not be closed.
    pub async fn close(&self) -> Result<(), Stop> {
        // A full queue empties, since the writer lives; a closed one needs no message.
        let _ = self.inner.queue.send(Message::Close).await;
        let this = self.clone();
        let closing = tokio::task::spawn_blocking(move || {
            this.end_rebuilding();
            this.inner.shadow.close();
            let writer = this.inner.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
            // A thread that panicked has been reported by the status already.
            let models = writer.and_then(|writer| writer.join().ok().flatten());
            let threads =
                std::mem::take(&mut *this.inner.threads.lock().unwrap_or_else(PoisonError::into_inner));
            threads.into_iter().for_each(|thread| drop(thread.join()));
            this.inner.evidence.close();
            let follower = this.inner.follower.lock().unwrap_or_else(PoisonError::into_inner).take();
            follower.into_iter().for_each(|thread| drop(thread.join()));
            let had_stopped = this.inner.status.stopped();
            this.inner.status.stop(Stop::Closed);
            // What another build folded was saved by that one.
            if this.takes_commands() {
                let digests = this.digests();
                this.save_digests(&digests);
                let models = models.filter(|_| had_stopped.is_none());
                models.iter().for_each(|models| this.save_snapshot(models, &digests));
            }
            let closed = this.inner.log.close().map_err(|fault| Stop::Log(fault.to_string()));
            had_stopped.map_or(closed, Err)
        });
        closing.await.unwrap_or(Err(Stop::Closed))
    }
}
