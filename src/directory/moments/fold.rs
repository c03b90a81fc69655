//! Folding the log up to a position, from the beginning or from a checkpoint: one thread reads and opens, others fold.

use std::ops::ControlFlow;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use rollbook_event_log::EventLog;
use rollbook_projections::access_review::AccessReview;
use rollbook_projections::view::Views;
use rollbook_schema::{Position, RecordedEvent};

use super::checkpoints::Folded;
use crate::directory::ReadFault;
use crate::directory::folding::{RUN_EVENTS, RUNS_WAITING_MAX, fold_runs, is_at};
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
        pass: impl Fn(Folded) + Send,
    ) -> Result<Folded, ReadFault> {
        let Course { from: Folded { views, mut rights }, until, stride } = self;
        let after = views.reached();
        let (runs, opened) = sync_channel(RUNS_WAITING_MAX);
        thread::scope(|scope| {
            let folding = scope.spawn(move || {
                let views = fold_runs(views, opened, stride, |run, passed| {
                    run.iter().for_each(|recorded| rights.fold(recorded));
                    if let Some(views) = passed {
                        pass(Folded { views, rights: rights.clone() });
                    }
                });
                Folded { views, rights }
            });
            let read = open(log, sealer, (after, until), stride, runs);
            // A fold that panics has met a bug: nothing may be served from what it left.
            let folded = folding.join().unwrap_or_else(|bug| std::panic::resume_unwind(bug));
            read.map(|()| folded)
        })
    }
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
