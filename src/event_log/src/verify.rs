//! The whole check: every page, every digest, the chain, the head.

use std::ops::ControlFlow;

use crate::fault::{Damage, Fault};
use crate::frame::{FrameHash, FrameHeader};
use crate::page::PageKey;
use crate::port::{Head, Verified};
use crate::scan::Pages;
use crate::walk::{Step, Walk};

/// Records between two reports of progress.
const PROGRESS_RECORDS: u64 = 4096;

pub(crate) fn verify(
    pages: &impl Pages,
    head: &Head,
    on_progress: &mut dyn FnMut(u64),
) -> Result<Verified, Fault> {
    let mut walk = Walk::from_page(1);
    let mut batches = 0;
    let mut open: Option<(FrameHeader, FrameHash)> = None;
    let mut broken = None;
    let mut check = |step: Step<'_>| {
        match step {
            Step::Batch(header) => {
                batches += 1;
                open = Some((*header, FrameHash::start(header)));
            }
            Step::Record(position, bytes) => {
                if let Some((_, hash)) = &mut open {
                    hash.record(bytes);
                }
                if let Some((header, hash)) = open.take_if(|(header, _)| header.last() == position)
                    && hash.end() != header.digest
                {
                    broken = Some(header.first);
                    return ControlFlow::Break(());
                }
                if position % PROGRESS_RECORDS == 0 {
                    on_progress(position);
                }
            }
        }
        ControlFlow::Continue(())
    };
    let end = PageKey::last_at(head.position);
    for page in pages.range(PageKey::first_at(0), end) {
        let (key, value) = page?;
        if walk.page(key, value.as_ref(), &mut check)?.is_break() {
            break;
        }
    }
    if let Some(first) = broken {
        return Err(Damage::Digest.at(first));
    }
    walk.end(head)?;
    on_progress(head.position);
    Ok(Verified { records: head.position, batches, head: *head })
}
