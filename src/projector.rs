//! Folds what is durable into the views, then gives the answers: whoever is answered reads the change.
//!
//! What orders keys destroyed is handed on to the eraser, after the views have forgotten; whoever ordered it is
//! answered there, and nobody else waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::Builder;
use std::time::{Duration, Instant};

use rollbook_event_log::EventLog;
use rollbook_projections::view::Views;
use rollbook_schema::id::Digest;
use rollbook_schema::{Event, Position, RecordedEvent};
use tokio::sync::watch;

use crate::directory::Shadow;
use crate::directory::erasing::Erasing;
use crate::eraser::{Eraser, Ordered};
use crate::evidence::live::Evidence;
use crate::metrics::Metrics;
use crate::status::Status;
use crate::writer::{Answer, CommandError, Committed, Stop};

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
        Builder::new().name("rollbook-projector".to_owned()).spawn(move || self.run(&committed))
    }

    fn run(&self, committed: &Receiver<Committed>) {
        // Whoever ends first, the other ends too: the projector by the queue, the eraser by its status.
        std::thread::scope(|scope| {
            let (orders, ordered) = channel();
            let eraser = self.eraser();
            let erasing = Builder::new().name("rollbook-eraser".to_owned());
            match erasing.spawn_scoped(scope, move || eraser.run(&ordered)) {
                Ok(_) => self.project(committed, &orders),
                Err(fault) => self.status.stop(Stop::Erasure(fault.to_string())),
            }
        });
    }

    fn project(&self, committed: &Receiver<Committed>, orders: &Sender<Ordered>) {
        let mut noted = Instant::now();
        while let Ok(batch) = committed.recv() {
            if let Err(stop) = self.take(batch, orders) {
                self.status.stop(stop);
                return;
            }
            // Nothing more is written once keys cannot be destroyed.
            if self.status.stopped().is_some_and(|stop| stop != Stop::Closed) {
                return;
            }
            if noted.elapsed() >= WITNESS_INTERVAL {
                noted = Instant::now();
                self.note_head();
            }
        }
        self.note_head();
    }

    fn take(&self, batch: Committed, orders: &Sender<Ordered>) -> Result<(), Stop> {
        let Committed { events, answers, leaves, span, destroyed } = batch;
        let began = Instant::now();
        let folding = span.child("fold");
        let ordered = Ordered::by(&events, destroyed);
        if let Err(stop) = self.know(&events, ordered.is_some()) {
            answers.into_iter().for_each(|(reply, _)| reply.give(Err(CommandError::Stopped(stop.clone()))));
            return Err(stop);
        }
        self.metrics.fold_seconds.took(began.elapsed());
        drop(folding);
        let (waiting, done) = match Ordered::first_of(&events) {
            Some(first) => answers.into_iter().partition(|(_, answer)| is_after(answer, first)),
            None => (Vec::new(), answers),
        };
        done.into_iter().for_each(|(reply, answer)| reply.give(answer));
        if let Some(first) = events.first().map(|recorded| recorded.envelope.position) {
            self.evidence.extend(first, leaves);
        }
        let Some(ordered) = ordered else { return Ok(()) };
        orders.send(ordered.awaited_by(waiting)).map_err(|unsent| {
            // The eraser ended, and has said why.
            let stop = self.status.stopped().unwrap_or(Stop::Closed);
            unsent.0.stopped(&stop);
            stop
        })
    }

    /// Folds. What is to be destroyed is known then to no view.
    fn know(&self, events: &[RecordedEvent], keys_go: bool) -> Result<(), Stop> {
        let Some(last) = events.last().map(|recorded| recorded.envelope.position) else { return Ok(()) };
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
        Ok(())
    }

    fn eraser(&self) -> Eraser {
        Eraser {
            views: Arc::clone(&self.views),
            log: Arc::clone(&self.log),
            erasing: Arc::clone(&self.erasing),
            shadow: self.shadow.clone(),
            status: self.status.clone(),
        }
    }

    fn note_head(&self) {
        if let Err(fault) = self.log.record_witness() {
            tracing::warn!(%fault, "the head could not be noted outside the log");
        }
    }
}

/// Is it of a command that ordered something, or came after one that did?
fn is_after(answer: &Answer, first: Position) -> bool {
    answer.as_ref().is_ok_and(|outcome| outcome.position >= first)
}

/// Pictures of users that these events delete: nobody is shown them any more.
fn pictures_of_deleted(views: &Views, events: &[RecordedEvent]) -> Vec<Digest> {
    let deleted = events.iter().filter_map(|recorded| match &recorded.event {
        Event::UserDeleted(deleted) => Some(deleted.user),
        _ => None,
    });
    deleted.filter_map(|user| views.avatars.of(user)).collect()
}
