//! Appending what was judged: a thread of its own, so that the next batch is judged while the disk works.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};
use std::time::Instant;

use rollbook_event_log::{Batch, EventLog};
use rollbook_keyring::KeyAddress;
use rollbook_schema::id::Digest;
use rollbook_schema::{Position, RecordedEvent};

use super::batch::WriterParts;
use super::job::{Answer, Committed, Failed, Reply, Stop};
use crate::metrics::Metrics;
use crate::status::Status;
use crate::traces::{Span, within_sync};

/// A batch that was judged and is not durable yet.
pub struct Judged {
    /// What it follows.
    pub after: Position,
    /// Its records; none where every command was refused without a trace, or known already.
    pub batch: Option<Batch>,
    /// Its events, opened, in order.
    pub events: Vec<RecordedEvent>,
    /// Who waits, and for what.
    pub answers: Vec<(Reply, Answer)>,
    /// The leaves of its records, in order.
    pub leaves: Vec<Digest>,
    /// Ends when the answers are given.
    pub span: Span,
    /// Keys that its events order destroyed.
    pub destroyed: Vec<KeyAddress>,
}

impl Judged {
    /// Nobody of it is acknowledged.
    pub fn failed(self, stop: Stop) -> Failed {
        Failed { stop, replies: self.answers.into_iter().map(|(reply, _)| reply).collect() }
    }
}

/// Makes batches durable, one after the other.
pub struct Appender {
    log: Arc<dyn EventLog>,
    metrics: Metrics,
}

impl Appender {
    /// To the log of these parts.
    pub fn of(parts: &WriterParts) -> Appender {
        Appender { log: Arc::clone(&parts.log), metrics: parts.metrics.clone() }
    }

    /// Appends one batch after another, in the order in which they were judged. Ends with whoever judges, or at the
    /// first fault; then nothing that was judged later is written.
    pub fn run(&self, judged: &Receiver<Judged>, committed: &SyncSender<Committed>, status: &Status) {
        while let Ok(batch) = judged.recv() {
            let done = match self.append(batch) {
                Ok(done) => done,
                Err(failed) => return failed.tell(status),
            };
            if committed.send(done).is_err() {
                // The projector is gone and has said why.
                return;
            }
        }
    }

    /// Makes a batch durable.
    ///
    /// # Errors
    /// [`Stop::Log`]: whether the batch is on the disk only a new start can tell.
    pub fn append(&self, judged: Judged) -> Result<Committed, Failed> {
        if let Some(batch) = &judged.batch
            && let Err(stop) = self.write(judged.after, batch, &judged.span)
        {
            return Err(judged.failed(stop));
        }
        let Judged { events, answers, leaves, span, destroyed, .. } = judged;
        Ok(Committed { events, answers, leaves, span, destroyed })
    }

    fn write(&self, after: Position, batch: &Batch, within: &Span) -> Result<(), Stop> {
        let mut span = within.child("append");
        span.say("rollbook.records", batch.records.len() as u64);
        let began = Instant::now();
        let append = || self.log.append(after.0, batch);
        within_sync(span.context(), append).map_err(|fault| {
            span.fail();
            Stop::Log(fault.to_string())
        })?;
        let sizes: Vec<usize> = batch.records.iter().map(Vec::len).collect();
        self.metrics.appended(&sizes, began.elapsed());
        Ok(())
    }
}
