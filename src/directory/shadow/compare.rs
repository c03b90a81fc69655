//! One proof: folds the log from zero, takes the live views as they stand, folds on to where they stood, and
//! compares.
//!
//! Keys may be destroyed on the way. What the rebuild learnt before, it forgets at once; what it reads after
//! is erased to it, while the live views that were taken may know it still. So a difference counts only where no
//! key went since they were taken, else they are taken again.

use std::ops::ControlFlow;
use std::sync::{Arc, PoisonError, RwLock};

use rollbook_event_log::EventLog;
use rollbook_keyring::Keyring;
use rollbook_projections::decision::DecisionModels;
use rollbook_projections::snapshot::PartSizes;
use rollbook_projections::view::{HistoryDirection, HistoryQuery, HistoryWindow, Views};
use rollbook_schema::{Position, RecordedEvent};

use super::Shared;
use crate::directory::ReadFault;
use crate::directory::digests::{Rebuilt, digests_of};
use crate::sealing::{Sealer, UnsealFault};
use crate::snapshot::Snapshots;

/// Events folded between two pauses: some milliseconds of work, and few enough to wait in memory.
const RUN_EVENTS: usize = 4096;
/// Times that the live views are taken, while keys go in between.
const TAKES_MAX: u32 = 16;

/// What a proof reads.
pub(in crate::directory) struct Compared {
    pub log: Arc<dyn EventLog>,
    pub sealer: Sealer,
    pub views: Arc<RwLock<Views>>,
    /// Told of what was proved, and what was not.
    pub snapshots: Arc<Snapshots>,
}

/// What came of a proof.
pub(super) struct Proved {
    pub rebuilt: Rebuilt,
    /// How many bytes each view comes to when it is written.
    pub view_bytes: Vec<(&'static str, u64)>,
    /// What was folded for it, where it was asked for and is as the log has it.
    pub folded: Option<(DecisionModels, Views)>,
}

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoProof {
    /// The directory closes.
    #[error("the directory closes")]
    Closing,
    /// The log or the keys.
    #[error(transparent)]
    Read(#[from] ReadFault),
    /// Live views are what was folded, and they cannot be ahead of the log.
    #[error("the log ends at position {0}, before the views do")]
    Short(Position),
    /// It would end some time, but nobody waits for ever.
    #[error("keys were destroyed each time that the views were taken")]
    Unrest,
}

/// Folds and compares, calling `pause` between steps. Says how far it is in `reached`. Folds the decision models too
/// where all of it is to be kept.
pub(super) fn compare(
    parts: &Compared,
    keyring: &Keyring,
    shared: &Shared,
    is_kept: bool,
    reached: &mut Position,
    pause: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<Proved, NoProof> {
    let models = is_kept.then(DecisionModels::new);
    let mut rebuild =
        Rebuild { parts, shared, models, views: Views::default(), forgotten: shared.destroyed() };
    for _ in 0..TAKES_MAX {
        // Close to the live views first: the clone is short-lived then.
        let near = parts.live(Views::reached);
        rebuild.fold_until(near, reached, pause)?;
        let before = shared.destroyed();
        let live = parts.live(Views::clone);
        rebuild.fold_until(live.reached(), reached, pause)?;
        let rebuilt =
            Rebuilt { rebuilt: digests_of(&rebuild.views, keyring), live: Some(digests_of(&live, keyring)) };
        let is_equal = rebuilt.different().is_empty();
        if is_equal || shared.destroyed() == before {
            let Rebuild { models, views, .. } = rebuild;
            let view_bytes = bytes_of(&views);
            let folded = models.filter(|_| is_equal).map(|models| (models, views));
            return Ok(Proved { rebuilt, view_bytes, folded });
        }
    }
    Err(NoProof::Unrest)
}

fn bytes_of(views: &Views) -> Vec<(&'static str, u64)> {
    let mut sizes = PartSizes::default();
    // It keeps nothing, so nothing can fail but a part that says itself in no bytes; then the sizes end there.
    let _ = views.store(&mut sizes);
    Views::PARTS.iter().copied().zip(sizes.0).collect()
}

impl Compared {
    /// Looks at the live views, shortly.
    pub(super) fn live<T>(&self, look: impl FnOnce(&Views) -> T) -> T {
        look(&self.views.read().unwrap_or_else(PoisonError::into_inner))
    }
}

struct Rebuild<'a> {
    parts: &'a Compared,
    shared: &'a Shared,
    views: Views,
    models: Option<DecisionModels>,
    /// How often keys had gone when the rebuild forgot last.
    forgotten: u64,
}

impl Rebuild<'_> {
    fn fold_until(
        &mut self,
        until: Position,
        reached: &mut Position,
        pause: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<(), NoProof> {
        while self.views.reached() < until {
            let run = self.next_run(until)?;
            if run.is_empty() {
                return Err(NoProof::Short(self.views.reached()));
            }
            self.views.fold_all(&run);
            if let Some(models) = &mut self.models {
                run.iter().for_each(|recorded| models.fold(recorded));
            }
            drop(run);
            *reached = self.views.reached();
            if pause().is_break() {
                return Err(NoProof::Closing);
            }
            self.forget()?;
        }
        Ok(())
    }

    fn next_run(&self, until: Position) -> Result<Vec<RecordedEvent>, ReadFault> {
        let mut run = Vec::with_capacity(RUN_EVENTS);
        let mut fault: Option<UnsealFault> = None;
        self.parts.log.replay(self.views.reached().0, &mut |position, bytes| {
            if position > until.0 || run.len() == RUN_EVENTS {
                return ControlFlow::Break(());
            }
            match self.parts.sealer.open_for_views(bytes) {
                Ok(recorded) => {
                    run.push(recorded);
                    ControlFlow::Continue(())
                }
                Err(found) => {
                    fault = Some(found);
                    ControlFlow::Break(())
                }
            }
        })?;
        fault.map_or(Ok(run), |fault| Err(fault.into()))
    }

    /// Whoever was erased since is not to be found in the rebuild either, though it has not come to that event yet.
    fn forget(&mut self) -> Result<(), ReadFault> {
        let destroyed = self.shared.destroyed();
        if destroyed == std::mem::replace(&mut self.forgotten, destroyed) {
            return Ok(());
        }
        // They forget nobody ahead of the log; the next proof keeps them.
        self.models = None;
        let later = HistoryQuery {
            types: Some(Views::FORGETTING.into()),
            from: Some(self.views.reached().next()),
            direction: HistoryDirection::OldestFirst,
            window: HistoryWindow::After(None, usize::MAX - 1),
            ..HistoryQuery::default()
        };
        for at in self.parts.live(|views| views.history.page(&later).positions) {
            let stored = self.parts.log.get(at.0)?.ok_or(ReadFault::Missing(at))?;
            self.views.forget(&self.parts.sealer.open_for_views(&stored.bytes)?);
        }
        Ok(())
    }
}
