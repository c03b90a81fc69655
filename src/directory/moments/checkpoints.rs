//! Checkpoints: what folds towards a moment left on their way, so that the next fold begins near its moment
//! and not at the beginning of the log.
//!
//! They stand at multiples of a stride, a power of two, which grows with the log, so that their number stays
//! bounded; and they share their pages with each other where nothing changed in between. They are held in memory
//! only, hold what was readable when they were laid, and are let go of as moments are, when keys go.

use std::sync::Arc;

use rollbook_projections::access_review::AccessReview;
use rollbook_projections::view::Views;
use rollbook_schema::Position;

/// Checkpoints held at once, at most.
pub const CHECKPOINTS_MAX: u64 = 32;
/// Users in all checkpoints together, at most. A user takes up to 1 KB, less what is shared: so up to 2 GB.
/// Above a third of it there are two or one, and folds stay long: at 1,000,000 users with 10,000,000 events a list of
/// a moment in between takes most of a minute at first.
pub const CHECKPOINT_USERS_MAX: u64 = 2_000_000;
/// Events between two checkpoints, at least: about as many as are folded in the time that a reader waits without
/// noticing.
pub const CHECKPOINT_STRIDE_MIN: u64 = 65_536;

/// Everything that is folded, at one position.
#[derive(Clone)]
pub(super) struct Folded {
    pub views: Views,
    pub rights: AccessReview,
}

/// The checkpoints that are held, ascending.
pub(super) struct Checkpoints {
    held: Vec<Arc<Folded>>,
    stride_min: u64,
}

impl Checkpoints {
    /// None yet, with at least so many events between two; a power of two.
    pub(super) fn every(stride_min: u64) -> Checkpoints {
        Checkpoints { held: Vec::new(), stride_min: stride_min.next_power_of_two() }
    }

    /// Where checkpoints stand in a directory of such a size; `None`: nowhere.
    pub(super) fn stride(&self, head: Position, users: u64) -> Option<u64> {
        let allowed = (CHECKPOINT_USERS_MAX / users.max(1)).min(CHECKPOINTS_MAX);
        if allowed == 0 {
            return None;
        }
        // So many checkpoints part the log into one stretch more.
        let events = head.0 / (allowed + 1) + 1;
        Some(events.max(self.stride_min).next_power_of_two())
    }

    /// The nearest one that is not behind a position.
    pub(super) fn before(&self, position: Position) -> Option<Arc<Folded>> {
        let behind = self.held.partition_point(|held| held.views.reached() <= position);
        behind.checked_sub(1).map(|last| Arc::clone(&self.held[last]))
    }

    /// Holds one, unless there is one there; and lets go of those that stand too close since the log has grown.
    pub(super) fn lay(&mut self, laid: Folded, stride: u64) {
        self.held.retain(|held| held.views.reached().0.is_multiple_of(stride));
        let at = laid.views.reached();
        let place = self.held.partition_point(|held| held.views.reached() < at);
        if self.held.get(place).is_none_or(|held| held.views.reached() != at) {
            self.held.insert(place, Arc::new(laid));
        }
    }

    pub(super) fn clear(&mut self) {
        self.held.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.held.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_checkpoints_stand_as_are_allowed_at_most_and_one_at_least() {
        let none = Checkpoints::every(CHECKPOINT_STRIDE_MIN);
        for (head, users) in
            [(10_002_222, 1_000_001), (10_000_000, 1_000_000), (1_001_104, 100_000), (70_000, 9)]
        {
            let stride = none.stride(Position(head), users).unwrap();
            let held = head / stride;
            assert!((1..=CHECKPOINTS_MAX).contains(&held) && held * users <= CHECKPOINT_USERS_MAX, "{held}");
        }
        assert_eq!(none.stride(Position(10), CHECKPOINT_USERS_MAX + 1), None);
    }
}
