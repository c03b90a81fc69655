//! Folding the log up to a position: one thread reads and opens, the other folds.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use rollbook_event_log::EventLog;
use rollbook_projections::access_review::AccessReview;
use rollbook_projections::view::Views;
use rollbook_schema::{Position, RecordedEvent};

use crate::directory::ReadFault;
use crate::directory::replay::{RUN_EVENTS, RUNS_WAITING_MAX};
use crate::review::permits_proxy;
use crate::sealing::Sealer;

/// Views and rights at a position.
pub(super) fn fold_until(
    log: &dyn EventLog,
    sealer: &Sealer,
    until: Position,
) -> Result<(Views, AccessReview), ReadFault> {
    let (runs, opened) = sync_channel(RUNS_WAITING_MAX);
    thread::scope(|scope| {
        let folding = scope.spawn(|| fold(opened));
        let read = open(log, sealer, until, runs);
        // A fold that panics has met a bug: nothing may be served from what it left.
        let folded = folding.join().unwrap_or_else(|bug| std::panic::resume_unwind(bug));
        read.map(|()| folded)
    })
}

fn fold(opened: Receiver<Vec<RecordedEvent>>) -> (Views, AccessReview) {
    let (mut views, mut rights) = (Views::default(), AccessReview::new(permits_proxy));
    while let Ok(run) = opened.recv() {
        views.fold_all(&run);
        run.iter().for_each(|recorded| rights.fold(recorded));
    }
    (views, rights)
}

fn open(
    log: &dyn EventLog,
    sealer: &Sealer,
    until: Position,
    runs: SyncSender<Vec<RecordedEvent>>,
) -> Result<(), ReadFault> {
    let mut run = Vec::new();
    let mut fault = None;
    log.replay(0, &mut |position, bytes| {
        if position > until.0 {
            return ControlFlow::Break(());
        }
        match sealer.open_for_views(bytes) {
            Ok(recorded) => run.push(recorded),
            Err(found) => {
                fault = Some(found);
                return ControlFlow::Break(());
            }
        }
        // A full run goes on its way; who folds is gone only if it panicked.
        if run.len() == RUN_EVENTS && runs.send(std::mem::take(&mut run)).is_err() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    let _ = runs.send(run);
    fault.map_or(Ok(()), |fault| Err(fault.into()))
}
