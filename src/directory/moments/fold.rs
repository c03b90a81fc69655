//! Folding the log up to a position, from the beginning or from a checkpoint: one thread reads and opens, the
//! other folds.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use rollbook_event_log::EventLog;
use rollbook_projections::access_review::AccessReview;
use rollbook_projections::view::Views;
use rollbook_schema::{Position, RecordedEvent};

use super::checkpoints::Folded;
use crate::directory::ReadFault;
use crate::directory::replay::{RUN_EVENTS, RUNS_WAITING_MAX};
use crate::review::permits_proxy;
use crate::sealing::Sealer;

impl Folded {
    /// Nothing yet.
    pub(super) fn new() -> Folded {
        Folded { views: Views::default(), rights: AccessReview::new(permits_proxy) }
    }
}

/// From where to where, and where to look up on the way.
pub(super) struct Course {
    pub from: Folded,
    pub until: Position,
    /// A power of two, of events; `None`: nowhere.
    pub stride: Option<u64>,
}

impl Course {
    /// Folds on, showing `pass` what there is at each multiple of the stride.
    pub(super) fn fold(
        self,
        log: &dyn EventLog,
        sealer: &Sealer,
        pass: impl Fn(&Folded) + Send,
    ) -> Result<Folded, ReadFault> {
        let Course { from, until, stride } = self;
        let after = from.views.reached();
        let (runs, opened) = sync_channel(RUNS_WAITING_MAX);
        thread::scope(|scope| {
            let folding = scope.spawn(|| fold(from, opened, stride, pass));
            let read = open(log, sealer, (after, until), stride, runs);
            // A fold that panics has met a bug: nothing may be served from what it left.
            let folded = folding.join().unwrap_or_else(|bug| std::panic::resume_unwind(bug));
            read.map(|()| folded)
        })
    }
}

fn is_at(position: u64, stride: Option<u64>) -> bool {
    stride.is_some_and(|stride| position.is_multiple_of(stride))
}

fn fold(
    mut folded: Folded,
    opened: Receiver<Vec<RecordedEvent>>,
    stride: Option<u64>,
    pass: impl Fn(&Folded),
) -> Folded {
    while let Ok(run) = opened.recv() {
        folded.views.fold_all(&run);
        run.iter().for_each(|recorded| folded.rights.fold(recorded));
        if !run.is_empty() && is_at(folded.views.reached().0, stride) {
            pass(&folded);
        }
    }
    folded
}

fn open(
    log: &dyn EventLog,
    sealer: &Sealer,
    (after, until): (Position, Position),
    stride: Option<u64>,
    runs: SyncSender<Vec<RecordedEvent>>,
) -> Result<(), ReadFault> {
    let mut run = Vec::new();
    let mut fault = None;
    log.replay(after.0, &mut |position, bytes| {
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
        // A run ends where somebody looks. Who folds is gone only if it panicked.
        let is_full = run.len() == RUN_EVENTS || is_at(position, stride);
        if is_full && runs.send(std::mem::take(&mut run)).is_err() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    let _ = runs.send(run);
    fault.map_or(Ok(()), |fault| Err(fault.into()))
}
