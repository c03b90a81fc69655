//! The reads, once for all engines that keep pages in order.

use std::ops::ControlFlow;

use crate::fault::{Damage, Fault};
use crate::frame::FrameHeader;
use crate::page::{Page, PageKey};
use crate::port::{BatchId, FIND_BATCHES_MAX, Head, Receipt, StoredRecord};
use crate::walk::{Step, Walk};

/// Pages ordered by key. What an engine gives to be read.
pub(crate) trait Pages {
    type Value: AsRef<[u8]>;

    /// The pages from `from` to `to`, both included, from either end.
    fn range(
        &self,
        from: PageKey,
        to: PageKey,
    ) -> impl DoubleEndedIterator<Item = Result<(PageKey, Self::Value), Fault>>;
}

/// Records after `after` up to the head, until `visit` breaks off.
pub(crate) fn replay(
    pages: &impl Pages,
    head: &Head,
    after: u64,
    visit: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>,
) -> Result<(), Fault> {
    if after >= head.position {
        return Ok(());
    }
    let start = page_of(pages, after + 1)?;
    let mut walk = Walk::from_page(start.position);
    let mut show = |step: Step<'_>| match step {
        Step::Record(position, bytes) if position > after => visit(position, bytes),
        _ => ControlFlow::Continue(()),
    };
    for page in pages.range(start, PageKey::last_at(head.position)) {
        let (key, value) = page?;
        if walk.page(key, value.as_ref(), &mut show)?.is_break() {
            return Ok(());
        }
    }
    walk.end(head)
}

/// The record at `position`, if the head has reached it.
pub(crate) fn get(pages: &impl Pages, head: &Head, position: u64) -> Result<Option<StoredRecord>, Fault> {
    if position == 0 || position > head.position {
        return Ok(None);
    }
    let start = page_of(pages, position)?;
    let mut walk = Walk::from_page(start.position);
    let mut found = None;
    let mut keep = |step: Step<'_>| match step {
        Step::Record(at, bytes) if at == position => {
            found = Some(StoredRecord { position, bytes: bytes.to_vec() });
            ControlFlow::Break(())
        }
        _ => ControlFlow::Continue(()),
    };
    for page in pages.range(start, PageKey::last_at(position)) {
        let (key, value) = page?;
        if walk.page(key, value.as_ref(), &mut keep)?.is_break() {
            break;
        }
    }
    found.map(Some).ok_or(Damage::Missing.at(position))
}

/// The page that holds `position`, or begins it. The first of its fragments, should it be a large one.
fn page_of(pages: &impl Pages, position: u64) -> Result<PageKey, Fault> {
    let before = pages.range(PageKey::first_at(1), PageKey::first_at(position)).next_back();
    let (key, _) = before.ok_or(Damage::Missing.at(position))??;
    // A fragment's record has a page of its own, so another record is not behind it.
    if key.fragment == 0 { Ok(key) } else { Err(Damage::Missing.at(position)) }
}

/// Frames from the one that holds `position` downwards, newest first.
pub(crate) fn frames_down(
    pages: &impl Pages,
    position: u64,
) -> impl Iterator<Item = Result<FrameHeader, Fault>> {
    pages.range(PageKey::first_at(0), PageKey::last_at(position)).rev().filter_map(|page| {
        let (key, value) = match page {
            Ok(page) => page,
            Err(fault) => return Some(Err(fault)),
        };
        match Page::parse(key, value.as_ref()) {
            Ok(page) => page.opens.map(Ok),
            Err(damage) => Some(Err(damage.at(key.position))),
        }
    })
}

/// The receipt of a batch near the head.
pub(crate) fn find_batch(pages: &impl Pages, head: &Head, id: BatchId) -> Result<Option<Receipt>, Fault> {
    for frame in frames_down(pages, head.position).take(FIND_BATCHES_MAX) {
        let frame = frame?;
        if frame.id == id {
            return Ok(Some(frame.receipt()));
        }
    }
    Ok(None)
}

/// Checks a head entry against the pages it stands for: the last of them must be the last of its batch.
pub(crate) fn check_head(pages: &impl Pages, head: &Head) -> Result<(), Fault> {
    let every = pages.range(PageKey::first_at(0), PageKey::last_at(u64::MAX - 1));
    let mismatch = || Damage::Head.at(head.position);
    let last = { every }.next_back().transpose()?;
    if head.position == 0 || last.is_none() {
        return if head.position == 0 && last.is_none() { Ok(()) } else { Err(mismatch()) };
    }
    let frame = frames_down(pages, u64::MAX - 1).next().transpose()?.ok_or_else(mismatch)?;
    if frame.head() != *head {
        return Err(mismatch());
    }
    replay(pages, head, frame.first - 1, &mut |_, _| ControlFlow::Continue(()))
}
