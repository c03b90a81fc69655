//! Continuous proof: the log is folded from zero beside the live views, and both are held against each other.
//!
//! A thread of its own does it: once in every [`DirectoryOptions::shadow_every`](super::DirectoryOptions), at
//! [`SHADOW_SHARE`] of a core, and on request as fast as it goes, since somebody waits. The live views are
//! compared as they stood at one position: a clone shares its pages with them, so that no reader and no writer
//! waits for a digest. The price is memory for one more set of views while a proof is under way.
//!
//! What came of it is kept as a status (in memory, and the last [`SHADOW_PROOFS_KEPT_MAX`] in
//! `evidence/rebuilds.json`) and is no event: it says something about what one process holds and nothing about
//! users; the same log elsewhere has other views; and a fold that went wrong must be told of by something that
//! does not pass through folds.

mod compare;
mod kept;
mod thread;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rollbook_schema::id::Digest;
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Position, RejectionCode};
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use super::Directory;
use crate::access::{Caller, Capability, holds};
pub(super) use compare::Compared;
pub(super) use thread::{Prover, prover};

/// Proofs that are kept, at most: the last ones.
pub const SHADOW_PROOFS_KEPT_MAX: usize = 100;
/// Which part of a core a proof on schedule takes: one in so many.
pub const SHADOW_SHARE: u32 = 4;
/// Requests for a proof that may wait: one proof answers all of them.
const ASKED_MAX: usize = 64;

/// How a proof ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ShadowOutcome {
    /// Every view is what the log says.
    Equal,
    /// Some view is not.
    Different,
    /// It could not be done: the log or the keys could not be read, or a fold met a bug.
    Failed,
}

/// The log folded from zero, held against the live views.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShadowProof {
    /// Where both stood; where it failed, how far the rebuild was.
    pub position: Position,
    /// Over the digests of all views as the log has them, keyed; `None` where it failed.
    pub digest: Option<Digest>,
    /// How it ended.
    pub outcome: ShadowOutcome,
    /// Names of the views that differ.
    pub different: Vec<String>,
    /// When it began.
    pub started_at: Timestamp,
    /// How long it took, in milliseconds.
    pub duration_millis: u64,
}

/// What is known of proofs. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Shadow {
    shared: Arc<Shared>,
    asked: SyncSender<Message>,
}

/// Held by the thread too, which ends when nobody is left who could ask.
#[derive(Default)]
struct Shared {
    proofs: Mutex<Proofs>,
    /// Rises when keys are about to go.
    destroyed: AtomicU64,
}

#[derive(Default)]
struct Proofs {
    /// The oldest first.
    kept: Vec<ShadowProof>,
    under_way: bool,
    /// Views that the last proof of this process found to differ.
    mismatch: Vec<String>,
    counts: [u64; 3],
    /// Of the last proof of this process.
    view_bytes: Vec<(&'static str, u64)>,
}

enum Message {
    Prove(oneshot::Sender<ShadowProof>),
    Close,
}

impl Shadow {
    fn over(shared: Arc<Shared>) -> (Shadow, Receiver<Message>) {
        let (asked, messages) = sync_channel(ASKED_MAX);
        (Shadow { shared, asked }, messages)
    }

    /// The last proof, of this process or one before.
    #[must_use]
    pub fn last(&self) -> Option<ShadowProof> {
        self.shared.proofs().kept.last().cloned()
    }

    /// The last proofs, the newest first.
    #[must_use]
    pub fn latest(&self, limit: usize) -> Vec<ShadowProof> {
        self.shared.proofs().kept.iter().rev().take(limit).cloned().collect()
    }

    /// Whether one is under way.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        self.shared.proofs().under_way
    }

    /// The views that the last proof since the start found to differ: an alarm while there are any. A start
    /// folds the log, and so ends it.
    #[must_use]
    pub fn mismatch(&self) -> Vec<String> {
        self.shared.proofs().mismatch.clone()
    }

    /// How many bytes each view came to at the last proof since the start, if it was written.
    #[must_use]
    pub fn view_bytes(&self) -> Vec<(&'static str, u64)> {
        self.shared.proofs().view_bytes.clone()
    }

    /// How many proofs ended so since the start.
    #[must_use]
    pub fn count(&self, outcome: ShadowOutcome) -> u64 {
        self.shared.proofs().counts[outcome as usize]
    }

    /// To be called before the live views hold why keys go, and again when they do, before the keys are gone:
    /// what is compared meanwhile may find parts erased that a view of before still knew, or the other way round.
    pub(crate) fn keys_go(&self) {
        self.shared.destroyed.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn close(&self) {
        // A full queue empties, since the thread lives; a closed one needs no message.
        let _ = self.asked.send(Message::Close);
    }
}

impl Shared {
    fn destroyed(&self) -> u64 {
        self.destroyed.load(Ordering::SeqCst)
    }

    fn proofs(&self) -> MutexGuard<'_, Proofs> {
        self.proofs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Directory {
    /// What is known of proofs that the views are what the log says.
    #[must_use]
    pub fn shadow(&self) -> &Shadow {
        &self.inner.shadow
    }

    /// Folds the log from zero beside the live views and compares. Takes as long as a start; who asks while a
    /// proof is under way is given that one.
    ///
    /// # Errors
    /// [`RejectionCode::Forbidden`] for who may not; [`RejectionCode::Busy`] for too many at once, where the
    /// directory closes meanwhile, or does not take commands yet.
    pub async fn prove_views(&self, caller: &Caller) -> Result<ShadowProof, RejectionCode> {
        match caller {
            Caller::Anonymous => return Err(RejectionCode::Unauthenticated),
            caller if holds(caller, Capability::SeeViews) => {}
            _ => return Err(RejectionCode::Forbidden),
        }
        if !self.takes_commands() {
            // What is served is another build's: the log is being folded anyway.
            return Err(RejectionCode::Busy);
        }
        let (reply, proof) = oneshot::channel();
        self.inner.shadow.asked.try_send(Message::Prove(reply)).map_err(|_| RejectionCode::Busy)?;
        proof.await.map_err(|_| RejectionCode::Busy)
    }
}
