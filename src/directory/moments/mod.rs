//! The directory as it was: the views of any position, folded from the log by the same folds that serve
//! today, and kept for whoever turns the page.
//!
//! Personal values are those that can be read today: what was erased since is erased at every moment.
//! So whatever destroys such a key also lets go of every moment and checkpoint that is kept, before it is
//! answered.

mod checkpoints;
mod fold;
mod kept;

use rollbook_projections::access_review::AccessReview;
use rollbook_projections::view::{HistoryDirection, HistoryQuery, HistoryWindow, Views};
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Position, RecordedEvent, RejectionCode, UserId};
use std::sync::Arc;

use super::{Directory, ReadFault};
use crate::review::permits_proxy;
use checkpoints::Folded;
pub use checkpoints::{CHECKPOINT_STRIDE_MIN, CHECKPOINT_USERS_MAX, CHECKPOINTS_MAX};
use fold::Course;
use kept::Ground;
pub use kept::{MOMENT_USERS_KEPT_MAX, MOMENTS_KEPT_MAX, Moments};

/// A moment, as somebody names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// When this event had happened, and no later one.
    Position(Position),
    /// When the last event had happened that was recorded at or before this time. Where the clock was
    /// set back, an event counts as recorded with the latest one before it.
    Time(Timestamp),
}

impl AsOf {
    /// A position, or a time as RFC 3339 writes it.
    #[must_use]
    pub fn parse(text: &str) -> Option<AsOf> {
        match text.parse() {
            Ok(position) => Some(AsOf::Position(Position(position))),
            Err(_) => Timestamp::parse(text).ok().map(AsOf::Time),
        }
    }
}

/// The directory at one position.
pub struct Moment {
    /// The last event that had happened.
    pub position: Position,
    /// What was known then, as far as it is readable today.
    pub views: Views,
    /// Who held which right, and who had given it.
    pub rights: AccessReview,
}

impl Directory {
    /// The position of a moment.
    ///
    /// # Errors
    /// [`RejectionCode::NotFound`] for a position that the log has not given yet.
    pub fn position_of(&self, as_of: AsOf) -> Result<Position, RejectionCode> {
        match as_of {
            AsOf::Position(position) if position > self.reached() => Err(RejectionCode::NotFound),
            AsOf::Position(position) => Ok(position),
            AsOf::Time(time) => Ok(self.views().history.position_at(time)),
        }
    }

    /// Everything as of a position that exists. Folds the log unless the moment is kept: not for an async
    /// task.
    ///
    /// # Errors
    /// [`ReadFault`] when the log or the keys fail.
    pub fn moment(&self, position: Position) -> Result<Arc<Moment>, ReadFault> {
        self.inner.moments.get(position, || {
            let Folded { mut views, rights } = self.folded_until(position)?;
            for later in self.forgetting_after(position)? {
                views.forget(&self.opened(later)?);
            }
            Ok(Moment { position, views, rights })
        })
    }

    /// From the nearest checkpoint, and leaving others on the way.
    fn folded_until(&self, position: Position) -> Result<Folded, ReadFault> {
        let moments = &self.inner.moments;
        let users = self.views().users.known();
        let Ground { from, stride, forgotten } = moments.ground(position, self.reached(), users);
        let from = from.map_or_else(Folded::new, |from| Folded::clone(&from));
        let pass = |folded: Folded| {
            if let Some(stride) = stride {
                moments.lay(folded, stride, forgotten);
            }
        };
        Course { from, until: position, stride }.fold(self.inner.log.as_ref(), &self.inner.sealer, pass)
    }

    /// How many checkpoints of the past are held.
    #[must_use]
    pub fn checkpoints(&self) -> usize {
        self.inner.moments.checkpoints()
    }

    /// One user, with what all users refer to, as of a position that exists: whatever it says of others is
    /// incomplete. Reads only the events about them.
    ///
    /// # Errors
    /// As [`Directory::moment`].
    pub fn moment_of(&self, user: UserId, position: Position) -> Result<Moment, ReadFault> {
        let (about, later) = {
            let history = &self.views().history;
            let later = HistoryQuery { on: Some(user), ..forgetting(position) };
            (history.positions_about(user, position), history.page(&later).positions)
        };
        let (mut views, mut rights) = (Views::default(), AccessReview::new(permits_proxy));
        for at in about {
            let recorded = self.opened(at)?;
            views.fold(&recorded);
            rights.fold(&recorded);
        }
        for at in later {
            views.forget(&self.opened(at)?);
        }
        Ok(Moment { position, views, rights })
    }

    fn forgetting_after(&self, position: Position) -> Result<Vec<Position>, ReadFault> {
        Ok(self.views().history.page(&forgetting(position)).positions)
    }

    fn opened(&self, at: Position) -> Result<RecordedEvent, ReadFault> {
        let stored = self.inner.log.get(at.0)?.ok_or(ReadFault::Missing(at))?;
        Ok(self.inner.sealer.open_for_views(&stored.bytes)?)
    }
}

/// Every event behind a position that made somebody unreadable.
fn forgetting(after: Position) -> HistoryQuery {
    HistoryQuery {
        types: Some(Views::FORGETTING.into()),
        from: Some(after.next()),
        direction: HistoryDirection::OldestFirst,
        window: HistoryWindow::After(None, usize::MAX - 1),
        ..HistoryQuery::default()
    }
}
