//! Moments that somebody looked at lately, so that a walk through the pages of one costs one fold.
//!
//! One fold at a time: a second one would take memory and the other core from whoever is served.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rollbook_schema::Position;

use super::Moment;
use super::checkpoints::{CHECKPOINT_STRIDE_MIN, Checkpoints, Folded};
use crate::directory::ReadFault;

/// Moments kept at once, at most.
pub const MOMENTS_KEPT_MAX: usize = 4;
/// Users in all moments that are kept, together, at most; the moment asked for last is kept in any case.
/// A user takes up to 1 KB, as in the live views: so kept moments take up to 2 GB, or one directory.
pub const MOMENT_USERS_KEPT_MAX: u64 = 2_000_000;

/// The moments that are kept, and the checkpoints that folds towards them left.
pub struct Moments {
    kept: Mutex<Kept>,
    /// Held by whoever folds one.
    folding: Mutex<()>,
}

struct Kept {
    /// The one asked for last at the end.
    moments: Vec<Arc<Moment>>,
    /// How often everything was let go: what was folded before holds what had to be forgotten.
    forgotten: u64,
    checkpoints: Checkpoints,
}

/// From where a fold towards a moment begins.
pub(super) struct Ground {
    /// `None`: from the beginning of the log.
    pub from: Option<Arc<Folded>>,
    /// Where checkpoints are to be laid.
    pub stride: Option<u64>,
    /// How often everything had been let go by then.
    pub forgotten: u64,
}

impl Default for Moments {
    fn default() -> Self {
        Moments::every(CHECKPOINT_STRIDE_MIN)
    }
}

impl Moments {
    /// None yet, and at least so many events from one checkpoint to the next; taken up to a power of two.
    #[must_use]
    pub fn every(stride_min: u64) -> Moments {
        let checkpoints = Checkpoints::every(stride_min);
        Moments {
            kept: Mutex::new(Kept { moments: Vec::new(), forgotten: 0, checkpoints }),
            folding: Mutex::default(),
        }
    }

    /// How many checkpoints are held.
    #[must_use]
    pub fn checkpoints(&self) -> usize {
        self.kept().checkpoints.len()
    }

    pub(super) fn ground(&self, position: Position, head: Position, users: u64) -> Ground {
        let kept = self.kept();
        let Kept { checkpoints, forgotten, .. } = &*kept;
        let stride = checkpoints.stride(head, users);
        Ground { from: checkpoints.before(position), stride, forgotten: *forgotten }
    }

    /// Holds a checkpoint, unless it may know what had to be forgotten since the ground was looked for.
    pub(super) fn lay(&self, laid: Folded, stride: u64, forgotten: u64) {
        let mut kept = self.kept();
        if kept.forgotten == forgotten {
            kept.checkpoints.lay(laid, stride);
        }
    }

    /// Lets go of all, and of what is being folded: to be called when keys are gone, before anybody is told.
    pub fn forget(&self) {
        let mut kept = self.kept();
        kept.forgotten += 1;
        kept.moments.clear();
        kept.checkpoints.clear();
    }

    /// A kept moment, or a newly folded one.
    ///
    /// # Errors
    /// What `fold` gave.
    pub fn get(
        &self,
        position: Position,
        fold: impl Fn() -> Result<Moment, ReadFault>,
    ) -> Result<Arc<Moment>, ReadFault> {
        if let Some(moment) = self.kept().find(position) {
            return Ok(moment);
        }
        let _turn = self.folding.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let forgotten = {
                let mut kept = self.kept();
                if let Some(moment) = kept.find(position) {
                    return Ok(moment);
                }
                kept.forgotten
            };
            let moment = Arc::new(fold()?);
            let mut kept = self.kept();
            if kept.forgotten == forgotten {
                kept.keep(Arc::clone(&moment));
                return Ok(moment);
            }
            // Somebody was erased meanwhile: it is folded again, without them.
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn find(&mut self, position: Position) -> Option<Arc<Moment>> {
        let place = self.moments.iter().position(|moment| moment.position == position)?;
        let moment = self.moments.remove(place);
        self.moments.push(Arc::clone(&moment));
        Some(moment)
    }

    fn keep(&mut self, moment: Arc<Moment>) {
        self.moments.push(moment);
        while self.moments.len() > MOMENTS_KEPT_MAX
            || (self.moments.len() > 1 && self.users() > MOMENT_USERS_KEPT_MAX)
        {
            self.moments.remove(0);
        }
    }

    fn users(&self) -> u64 {
        self.moments.iter().map(|moment| moment.views.users.known()).sum()
    }
}
