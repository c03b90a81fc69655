//! The one writer: everything that changes goes through here, one batch at a time.
//!
//! A thread of its own takes what waits in the queue, judges each command against the decision models,
//! seals and chains the events, appends the batch, and hands it on. Nothing is answered before the
//! bytes are durable and the views hold them: the projector gives the answers.
//!
//! After a failed append nothing is acknowledged and the writer ends: what the models hold is then
//! ahead of the disk, and only a new start may go on.
//!
//! Judging goes on no further while the disk works, on purpose: what comes meanwhile is judged together afterwards and
//! shares one sync. With a thread of its own for appending, batches were smaller, and on two cores a tenth fewer commands
//! were answered over HTTP, with one client and with 64.

mod batch;
mod job;
pub mod standing;
mod turn;

pub(crate) use batch::Writer;
pub use batch::{Chain, WriterParts};
pub use job::{Answer, CommandError, Committed, Job, Message, Outcome, Reply, Stop};
pub(crate) use turn::by_rule;

use std::sync::mpsc::SyncSender;

use rollbook_projections::decision::DecisionModels;
use tokio::sync::mpsc::Receiver;

use crate::status::Status;

/// Commands judged together and made durable by one sync, at most.
pub const BATCH_COMMANDS_MAX: usize = 256;
/// Batches that may be durable and not yet folded into the views; then the writer waits.
pub const COMMITTED_BATCHES_MAX: usize = 16;

/// Starts the writer's thread. It ends when told to close, and then gives back the models, as the log has them; or at
/// the first fault.
pub fn start(
    parts: WriterParts,
    queue: Receiver<Message>,
    committed: SyncSender<Committed>,
    status: Status,
) -> std::io::Result<std::thread::JoinHandle<Option<DecisionModels>>> {
    std::thread::Builder::new()
        .name("rollbook-writer".to_owned())
        .spawn(move || run(Writer::new(parts), queue, &committed, &status))
}

fn run(
    mut writer: Writer,
    mut queue: Receiver<Message>,
    committed: &SyncSender<Committed>,
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
        match writer.commit(jobs) {
            Ok(done) => {
                if committed.send(done).is_err() {
                    // The projector is gone and has said why.
                    is_whole = false;
                    break;
                }
            }
            Err((stop, replies)) => {
                status.stop(stop.clone());
                replies.into_iter().for_each(|reply| reply.give(Err(CommandError::Stopped(stop.clone()))));
                is_whole = false;
                break;
            }
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
