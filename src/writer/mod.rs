//! The one writer: everything that changes goes through here, one batch at a time.
//!
//! One thread takes what waits in the queue, judges each command against the decision models, and seals and chains the
//! events. A second one appends the batch and hands it on, while the first judges the next. Nothing is answered before
//! the bytes are durable and the views hold them: the projector gives the answers, in the order of the batches.
//!
//! After a failed append nothing is acknowledged, what was judged on top of it is dropped, and the writer ends: what the
//! models hold is then ahead of the disk, and only a new start may go on.

mod append;
mod batch;
mod job;
pub mod standing;
mod turn;

pub(crate) use append::Appender;
pub(crate) use batch::Writer;
pub use batch::{Chain, WriterParts};
pub use job::{Answer, CommandError, Committed, Job, Message, Outcome, Reply, Stop};
pub(crate) use turn::by_rule;

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

use rollbook_projections::decision::DecisionModels;
use tokio::sync::mpsc::Receiver;

use crate::status::Status;
use append::Judged;

/// Commands judged together and made durable by one sync, at most.
pub const BATCH_COMMANDS_MAX: usize = 256;
/// Batches that may be durable and not yet folded into the views; then the writer waits.
pub const COMMITTED_BATCHES_MAX: usize = 16;
/// Batches that may be judged and wait for the one that is being appended: none is queued, so that what comes
/// meanwhile is judged together and shares one sync.
const JUDGED_BATCHES_MAX: usize = 0;

/// Starts the writer's threads. They end when told to close, and then give back the models, as the log has them; or at
/// the first fault.
///
/// # Errors
/// What the system says of the threads.
pub fn start(
    parts: WriterParts,
    queue: Receiver<Message>,
    committed: SyncSender<Committed>,
    status: Status,
) -> std::io::Result<JoinHandle<Option<DecisionModels>>> {
    let appender = Appender::of(&parts);
    let (judged, batches) = sync_channel(JUDGED_BATCHES_MAX);
    let of_appender = status.clone();
    let appending = Builder::new()
        .name("rollbook-appender".to_owned())
        .spawn(move || appender.run(&batches, &committed, &of_appender))?;
    Builder::new().name("rollbook-writer".to_owned()).spawn(move || {
        let models = run(Writer::new(parts), queue, judged, &status);
        // Closing goes on when the last batch is with the projector.
        let appended = appending.join().is_ok() && status.stopped().is_none_or(|stop| stop == Stop::Closed);
        models.filter(|_| appended)
    })
}

fn run(
    mut writer: Writer,
    mut queue: Receiver<Message>,
    judged: SyncSender<Judged>,
    status: &Status,
) -> Option<DecisionModels> {
    let mut is_whole = true;
    while let Some(first) = queue.blocking_recv() {
        let mut jobs = Vec::new();
        let mut closing = take(first, &mut jobs);
        while !closing && jobs.len() < BATCH_COMMANDS_MAX {
            match queue.try_recv() {
                Ok(message) => closing = take(message, &mut jobs),
                Err(_) => break,
            }
        }
        if closing {
            // No more comes in; what was accepted is finished.
            queue.close();
        }
        let handed_on = writer.judge_all(jobs).and_then(|batch| {
            // Who appends, or the projector behind, is gone and has said why.
            judged.send(batch).map_err(|unsent| unsent.0.failed(status.stopped().unwrap_or(Stop::Closed)))
        });
        if let Err(failed) = handed_on {
            failed.tell(status);
            is_whole = false;
            break;
        }
    }
    queue.close();
    let stop = status.stopped().unwrap_or(Stop::Closed);
    while let Ok(message) = queue.try_recv() {
        if let Message::Job(job) = message {
            job.reply.give(Err(CommandError::Stopped(stop.clone())));
        }
    }
    is_whole.then(|| writer.into_models())
}

fn take(message: Message, jobs: &mut Vec<Job>) -> bool {
    match message {
        Message::Job(job) => {
            jobs.push(*job);
            false
        }
        Message::Close => true,
    }
}
