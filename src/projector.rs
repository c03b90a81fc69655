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
use rollbook_keyring::{KeyAddress, KeySpace, KeyringFault};
use rollbook_projections::view::Views;
use rollbook_schema::id::Digest;
use rollbook_schema::{Event, Position, RecordedEvent};
use tokio::sync::watch;

use crate::directory::Shadow;
use crate::directory::erasing::{Erasing, ErasingFault, orders_of};
use crate::evidence::live::Evidence;
use crate::metrics::Metrics;
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
    /// Forgets whom an event orders forgotten.
    pub erasing: Arc<Erasing>,
    /// Says how far the views are.
    pub reached: watch::Sender<Position>,
    /// Whose head is noted.
    pub log: Arc<dyn EventLog>,
    /// Told of records, once they are folded.
    pub evidence: Evidence,
    /// What is counted.
    pub metrics: Metrics,
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
        let Committed { events, answers, leaves, span, destroyed } = batch;
        let began = Instant::now();
        let folding = span.child("fold");
        if let Err(stop) = self.know(&events, &destroyed) {
            answers.into_iter().for_each(|(reply, _)| reply.give(Err(CommandError::Stopped(stop.clone()))));
            return Err(stop);
        }
        self.metrics.fold_seconds.took(began.elapsed());
        drop(folding);
        answers.into_iter().for_each(|(reply, answer)| reply.give(answer));
        if let Some(first) = events.first().map(|recorded| recorded.envelope.position) {
            self.evidence.extend(first, leaves);
        }
        Ok(())
    }

    /// Folds, and forgets what was ordered forgotten.
    fn know(&self, events: &[RecordedEvent], destroyed: &[KeyAddress]) -> Result<(), Stop> {
        let Some(last) = events.last().map(|recorded| recorded.envelope.position) else { return Ok(()) };
        let keys_go = !destroyed.is_empty()
            || events.iter().any(|recorded| Views::FORGETTING.contains(&recorded.event.event_type()));
        if keys_go {
            self.shadow.keys_go();
        }
        let folded = catch_unwind(AssertUnwindSafe(|| {
            let mut views = self.views.write().unwrap_or_else(PoisonError::into_inner);
            let left = pictures_of_deleted(&views, events);
            events.iter().for_each(|recorded| (self.fold)(&mut views, recorded));
            left
        }));
        let left = folded.map_err(|_| Stop::Fold(last))?;
        self.reached.send_replace(last);
        self.erasing.drop_pictures(left);
        if keys_go {
            self.shadow.keys_go();
        }
        self.forget(events).map_err(|fault| Stop::Erasure(fault.to_string()))?;
        self.shred(destroyed).map_err(|fault| Stop::Keyring(fault.to_string()))?;
        // Views of the past hold the texts of artefacts too.
        if events.iter().any(|recorded| Views::FORGETTING.contains(&recorded.event.event_type())) {
            self.erasing.moments.forget();
        }
        Ok(())
    }

    /// Destroys what went with no order to forget a person. Of secrets no view holds anything, and passwords change
    /// often and are verifiers only: what is left of them in older files becomes noise with the next erasure.
    fn shred(&self, destroyed: &[KeyAddress]) -> Result<(), KeyringFault> {
        let keyring = &self.erasing.keyring;
        let left: Vec<_> = destroyed.iter().copied().filter(|key| !keyring.is_shredded(*key)).collect();
        keyring.shred(&left)?;
        if left.iter().all(|key| key.space == KeySpace::Credential) {
            return Ok(());
        }
        self.erasing.moments.forget();
        keyring.rotate_wrapping_key()
    }

    /// Takes the steps of what these events order, but for the receipt.
    fn forget(&self, events: &[RecordedEvent]) -> Result<(), ErasingFault> {
        let is_order = |recorded: &&RecordedEvent| matches!(recorded.event, Event::PiiMasked(_));
        let ordered: Vec<_> = events.iter().filter(is_order).map(|one| one.envelope.position).collect();
        if ordered.is_empty() {
            return Ok(());
        }
        let orders = {
            let views = self.views.read().unwrap_or_else(PoisonError::into_inner);
            orders_of(&views, self.log.as_ref(), ordered)?
        };
        self.erasing.carry_out(&orders)
    }

    fn note_head(&self) {
        if let Err(fault) = self.log.record_witness() {
            tracing::warn!(%fault, "the head could not be noted outside the log");
        }
    }
}

/// Pictures of users that these events delete: nobody is shown them any more.
fn pictures_of_deleted(views: &Views, events: &[RecordedEvent]) -> Vec<Digest> {
    let deleted = events.iter().filter_map(|recorded| match &recorded.event {
        Event::UserDeleted(deleted) => Some(deleted.user),
        _ => None,
    });
    deleted.filter_map(|user| views.avatars.of(user)).collect()
}
