//! Rows on their way: many at once, so that batches form; their fates come in the order of the lines.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use roaring::RoaringTreemap;

use super::outcome::{Fate, same_as_an_earlier_row};
use crate::cli::Failure;

/// Rows on their way at the same time: two batches of the writer, so that one forms while one syncs.
pub(super) const ROWS_IN_FLIGHT_MAX: usize = 2 * crate::writer::BATCH_COMMANDS_MAX;

/// The fate of a row, as soon as it is known; or why no further row has one.
pub(super) type Pending = Pin<Box<dyn Future<Output = Result<Fate, Failure>>>>;

/// The rows on their way, first line first.
#[derive(Default)]
pub(super) struct Flight {
    rows: VecDeque<(u64, Row)>,
    /// Users that rows of this file stand for: a bit each, since ids are dense.
    seen: RoaringTreemap,
}

enum Row {
    Landed(Result<Fate, Failure>),
    Flying(Pending),
}

impl Flight {
    /// Whether one must land before another can start.
    pub(super) fn is_full(&self) -> bool {
        self.rows.len() >= ROWS_IN_FLIGHT_MAX
    }

    /// A row whose fate is known.
    pub(super) fn landed(&mut self, line: u64, fate: Fate) {
        self.rows.push_back((line, Row::Landed(Ok(fate))));
    }

    /// A row starts. It is asked at once: of two rows with one email the first line must win.
    pub(super) fn start(&mut self, line: u64, mut pending: Pending) {
        let row = match pending.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(fate) => Row::Landed(fate),
            Poll::Pending => Row::Flying(pending),
        };
        self.rows.push_back((line, row));
    }

    /// The fate of the first line on its way; `None` if there is none.
    pub(super) async fn land(&mut self) -> Option<Result<(u64, Fate), Failure>> {
        let (line, row) = self.rows.pop_front()?;
        let fate = match row {
            Row::Landed(fate) => fate,
            Row::Flying(pending) => pending.await,
        };
        Some(fate.map(|fate| (line, self.unless_seen(fate))))
    }

    /// The same values have the same idempotency key, so a second row of the file with them comes back
    /// as the user of the first.
    fn unless_seen(&mut self, fate: Fate) -> Fate {
        match fate {
            Fate::Created(user) | Fate::Repeated(user) if !self.seen.insert(user.0) => {
                Fate::Refused(same_as_an_earlier_row())
            }
            fate => fate,
        }
    }
}
