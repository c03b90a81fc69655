//! Replay, from zero or from where a snapshot stands: one thread reads, checks, opens and folds into the models; others
//! fold into the views.

use std::ops::ControlFlow;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use rollbook_event_log::EventLog;
use rollbook_projections::view::Views;
use rollbook_schema::codec::CodecError;
use rollbook_schema::{Position, Record, RecordedEvent};

use super::folding::{RUN_EVENTS, RUNS_WAITING_MAX, fold_runs};
use super::{OpenFault, Progress};
use crate::sealing::{Sealer, UnsealFault};
use crate::snapshot::Folded;
use crate::writer::Chain;

/// Folds the whole log, checking the chain on the way.
///
/// # Errors
/// [`OpenFault::Record`] and [`OpenFault::Chain`] at the first record that does not hold; [`OpenFault::GivenUp`].
pub(crate) fn replay(log: &dyn EventLog, sealer: &Sealer) -> Result<Folded, OpenFault> {
    replay_on(Folded::nothing(), log, sealer, &Progress::default())
}

/// Folds what the log has behind what is folded already, checking the chain on the way and saying how far it is.
///
/// # Errors
/// As [`replay`].
pub(super) fn replay_on(
    from: Folded,
    log: &dyn EventLog,
    sealer: &Sealer,
    progress: &Progress,
) -> Result<Folded, OpenFault> {
    let Folded { mut models, views, chain } = from;
    let beside = |recorded: &RecordedEvent| models.fold(recorded);
    let (views, chain) = replay_views((views, chain), log, (sealer, progress), beside)?;
    Ok(Folded { models, views, chain })
}

/// The same for views; `beside` is given each event too, on the thread that opens them.
///
/// # Errors
/// As [`replay`].
pub(super) fn replay_views(
    (views, chain): (Views, Chain),
    log: &dyn EventLog,
    (sealer, progress): (&Sealer, &Progress),
    beside: impl FnMut(&RecordedEvent),
) -> Result<(Views, Chain), OpenFault> {
    let (runs, opened) = sync_channel(RUNS_WAITING_MAX);
    thread::scope(|scope| {
        let folding = scope.spawn(|| fold_runs(views, opened, None, |_, _| ()));
        progress.begin(chain.position, Position(log.head().position));
        let read = open((chain, beside), log, (sealer, progress), runs);
        // A fold that panics has met a bug: nothing may be served from what it left.
        let views = folding.join().unwrap_or_else(|bug| std::panic::resume_unwind(bug));
        Ok((views, read?))
    })
}

fn open(
    (mut chain, mut beside): (Chain, impl FnMut(&RecordedEvent)),
    log: &dyn EventLog,
    (sealer, progress): (&Sealer, &Progress),
    runs: SyncSender<Vec<RecordedEvent>>,
) -> Result<Chain, OpenFault> {
    let mut run = Vec::with_capacity(RUN_EVENTS);
    let mut fault = None;
    log.replay(chain.position.0, &mut |position, bytes| {
        let is_given_up = run.is_empty() && progress.is_given_up();
        let recorded = match is_given_up {
            true => Err(OpenFault::GivenUp),
            false => next(&mut chain, sealer, Position(position), bytes),
        };
        match recorded {
            Ok(recorded) => {
                beside(&recorded);
                run.push(recorded);
            }
            Err(found) => {
                fault = Some(found);
                return ControlFlow::Break(());
            }
        }
        if run.len() == RUN_EVENTS {
            progress.reach(Position(position));
            let full = std::mem::replace(&mut run, Vec::with_capacity(RUN_EVENTS));
            // A full run goes on its way; who folds is gone only if it panicked.
            if runs.send(full).is_err() {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    let _ = runs.send(run);
    fault.map_or(Ok(chain), Err)
}

/// The next event, if it follows the one before.
fn next(
    chain: &mut Chain,
    sealer: &Sealer,
    position: Position,
    bytes: &[u8],
) -> Result<RecordedEvent, OpenFault> {
    let at = |source: UnsealFault| OpenFault::Record { position, source };
    let record = Record::from_bytes(bytes).map_err(|source: CodecError| at(source.into()))?;
    if record.header.previous != chain.digest || record.header.position != position {
        return Err(OpenFault::Chain(position));
    }
    // Models ask for no context either, and read a verifier where it is stored; the chain vouches for both.
    let recorded = sealer.open_for_folds(&record).map_err(at)?;
    *chain = Chain { position, digest: record.digest() };
    Ok(recorded)
}
