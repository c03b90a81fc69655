//! The log in memory: for tests and simulations. Nothing here survives the program.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::fault::{AppendError, Fault};
use crate::pack::pack;
use crate::page::PageKey;
use crate::port::{Batch, BatchId, EventLog, Head, Receipt, StoredRecord, Verified};
use crate::scan::{self, Pages};
use crate::verify;
use crate::watch::{End, HeadCell, Watch};

pub(crate) type PageMap = BTreeMap<PageKey, Arc<[u8]>>;

/// What becomes of a batch whose append fails on request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppendFailure {
    /// It is gone after a restart.
    Lost,
    /// It was kept, though the answer was lost: it is there after a restart.
    Kept,
}

/// A log that forgets everything with its last handle. Holds the same pages as the log on disk.
pub struct MemoryLog {
    cell: Arc<HeadCell>,
    inner: Mutex<Inner>,
}

struct Inner {
    /// Shared with readers while they read; copied when an append meets one.
    pages: Arc<PageMap>,
    /// Appends that still succeed, and then this failure.
    failure: Option<(u32, AppendFailure)>,
    /// The head of what a restart would find.
    kept: Head,
}

impl MemoryLog {
    /// An empty log.
    #[must_use]
    pub fn new() -> Self {
        Self::from_pages(PageMap::new(), Head::EMPTY)
    }

    /// Lets `successes` more appends succeed; the one after fails as if its sync had.
    pub fn fail_after(&self, successes: u32, failure: AppendFailure) {
        self.lock().failure = Some((successes, failure));
    }

    /// The log that a restart would find: all that was acknowledged, and what was [`AppendFailure::Kept`].
    #[must_use]
    pub fn restart(&self) -> Self {
        let inner = self.lock();
        Self::from_pages(inner.pages.as_ref().clone(), inner.kept)
    }

    pub(crate) fn from_pages(pages: PageMap, head: Head) -> Self {
        let inner = Inner { pages: Arc::new(pages), failure: None, kept: head };
        Self { cell: HeadCell::new(head), inner: Mutex::new(inner) }
    }

    #[cfg(test)]
    pub(crate) fn pages_mut(&self, change: impl FnOnce(&mut PageMap)) {
        change(Arc::make_mut(&mut self.lock().pages));
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The pages and a head that they have reached: taken in this order, as appends go on.
    fn readable(&self) -> Result<(Head, Arc<PageMap>), Fault> {
        if self.cell.ended() == Some(End::Closed) {
            return Err(Fault::Closed);
        }
        let head = self.cell.head();
        Ok((head, Arc::clone(&self.lock().pages)))
    }
}

impl Default for MemoryLog {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MemoryLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryLog").field("head", &self.head()).finish_non_exhaustive()
    }
}

impl Inner {
    /// The failure that is due, if it is this append's turn.
    fn failure_due(&mut self) -> Option<AppendFailure> {
        match &mut self.failure {
            Some((0, failure)) => Some(*failure),
            Some((successes, _)) => {
                *successes -= 1;
                None
            }
            None => None,
        }
    }
}

impl EventLog for MemoryLog {
    fn append(&self, expected_head: u64, batch: &Batch) -> Result<Receipt, AppendError> {
        batch.check()?;
        let mut inner = self.lock();
        if let Some(end) = self.cell.ended() {
            return Err(end.fault().into());
        }
        let head = self.cell.head();
        if head.position != expected_head {
            return Err(AppendError::Conflict { head });
        }
        let packed = pack(head.position + 1, head.batch_digest, batch);
        let failure = inner.failure_due();
        if failure != Some(AppendFailure::Lost) {
            let pages = packed.pages.into_iter().map(|(key, value)| (key, value.into()));
            Arc::make_mut(&mut inner.pages).extend(pages);
            inner.kept = packed.header.head();
        }
        if failure.is_some() {
            self.cell.end(End::Stopped);
            let source = io::Error::other("failed on request");
            return Err(Fault::Io { action: "sync the log", source }.into());
        }
        // Under the lock, so that heads are published in order.
        self.cell.advance(packed.header.head());
        Ok(packed.header.receipt())
    }

    fn replay(&self, after: u64, visit: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>) -> Result<(), Fault> {
        let (head, pages) = self.readable()?;
        scan::replay(&*pages, &head, after, visit)
    }

    fn get(&self, position: u64) -> Result<Option<StoredRecord>, Fault> {
        let (head, pages) = self.readable()?;
        scan::get(&*pages, &head, position)
    }

    fn head(&self) -> Head {
        self.cell.head()
    }

    fn watch(&self) -> Watch {
        Watch::new(Arc::clone(&self.cell))
    }

    fn verify(&self, on_progress: &mut dyn FnMut(u64)) -> Result<Verified, Fault> {
        let (head, pages) = self.readable()?;
        verify::verify(&*pages, &head, on_progress)
    }

    fn find_batch(&self, id: BatchId) -> Result<Option<Receipt>, Fault> {
        let (head, pages) = self.readable()?;
        scan::find_batch(&*pages, &head, id)
    }

    fn close(&self) -> Result<(), Fault> {
        let _turn = self.lock();
        match self.cell.ended() {
            Some(End::Stopped) => Err(Fault::Stopped),
            Some(End::Closed) => Ok(()),
            None => {
                self.cell.end(End::Closed);
                Ok(())
            }
        }
    }
}

impl Pages for PageMap {
    type Value = Arc<[u8]>;

    fn range(
        &self,
        from: PageKey,
        to: PageKey,
    ) -> impl DoubleEndedIterator<Item = Result<(PageKey, Arc<[u8]>), Fault>> {
        BTreeMap::range(self, from..=to).map(|(key, value)| Ok((*key, Arc::clone(value))))
    }
}
