//! Folds what is durable into the views, then gives the answers: whoever is answered reads the change.
//!
//! Masking and password changes also destroy keys. That happens here, after the views have forgotten
//! and before the answer: the order of events, views, keys is the fence (an interrupted destruction is
//! done again at the next start, from the log).

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use rollbook_event_log::EventLog;
use rollbook_keyring::{KeyAddress, KeySpace, Keyring, KeyringFault};
use rollbook_projections::view::Views;
use rollbook_schema::{Position, RecordedEvent};
use tokio::sync::watch;

use crate::directory::{Moments, Shadow};
use crate::evidence::live::Evidence;
use crate::status::Status;
use crate::writer::{CommandError, Committed, Stop};

/// Between two notes of the head outside the log's directory.
const WITNESS_INTERVAL: Duration = Duration::from_secs(1);

/// What a projector is made of.
pub struct Projector {
    /// Folded into, and read by everybody.
    pub views: Arc<RwLock<Views>>,
    /// Folds one event into the live views.
    pub fold: fn(&mut Views, &RecordedEvent),
    /// Told when what can be read of the log changes.
    pub shadow: Shadow,
    /// Views of the past, which hold what has to be forgotten too.
    pub moments: Arc<Moments>,
    /// Says how far the views are.
    pub reached: watch::Sender<Position>,
    /// Where keys are destroyed.
    pub keyring: Arc<Keyring>,
    /// Whose head is noted.
    pub log: Arc<dyn EventLog>,
    /// Told of records, once they are folded.
    pub evidence: Evidence,
    /// Told when a fold fails.
    pub status: Status,
}

impl Projector {
    /// Starts the projector's thread. It ends with the writer, or at the first fold that fails.
    pub fn start(self, committed: Receiver<Committed>) -> std::io::Result<std::thread::JoinHandle<()>> {
        std::thread::Builder::new().name("rollbook-projector".to_owned()).spawn(move || self.run(&committed))
    }

    fn run(&self, committed: &Receiver<Committed>) {
        let mut noted = Instant::now();
        while let Ok(batch) = committed.recv() {
            if let Err(stop) = self.take(batch) {
                self.status.stop(stop);
                return;
            }
            if noted.elapsed() >= WITNESS_INTERVAL {
                noted = Instant::now();
                self.note_head();
            }
        }
        self.note_head();
    }

    fn take(&self, batch: Committed) -> Result<(), Stop> {
        let Committed { events, answers, leaves, destroyed } = batch;
        if !destroyed.is_empty() {
            self.shadow.keys_go();
        }
        if let Some(last) = events.last().map(|recorded| recorded.envelope.position) {
            let folded = catch_unwind(AssertUnwindSafe(|| {
                let mut views = self.views.write().unwrap_or_else(PoisonError::into_inner);
                events.iter().for_each(|recorded| (self.fold)(&mut views, recorded));
            }));
            if folded.is_err() {
                let stop = Stop::Fold(last);
                answers
                    .into_iter()
                    .for_each(|(reply, _)| reply.give(Err(CommandError::Stopped(stop.clone()))));
                return Err(stop);
            }
            self.reached.send_replace(last);
        }
        if !destroyed.is_empty() {
            self.shadow.keys_go();
        }
        if let Err(fault) = self.destroy(&destroyed) {
            let stop = Stop::Keyring(fault.to_string());
            answers.into_iter().for_each(|(reply, _)| reply.give(Err(CommandError::Stopped(stop.clone()))));
            return Err(stop);
        }
        // No view holds what a credential's key sealed.
        if tells_of_a_person(&destroyed) {
            self.moments.forget();
        }
        answers.into_iter().for_each(|(reply, answer)| reply.give(answer));
        if let Some(first) = events.first().map(|recorded| recorded.envelope.position) {
            self.evidence.extend(first, leaves);
        }
        Ok(())
    }

    /// After a masking the wrapping key goes too: what is left of older files of keys is noise then. Passwords
    /// change often and are verifiers only, so the next masking takes theirs along.
    fn destroy(&self, keys: &[KeyAddress]) -> Result<(), KeyringFault> {
        self.keyring.shred(keys)?;
        if tells_of_a_person(keys) { self.keyring.rotate_wrapping_key() } else { Ok(()) }
    }

    fn note_head(&self) {
        if let Err(fault) = self.log.record_witness() {
            tracing::warn!(%fault, "the head could not be noted outside the log");
        }
    }
}

fn tells_of_a_person(destroyed: &[KeyAddress]) -> bool {
    destroyed.iter().any(|key| key.space != KeySpace::Credential)
}
