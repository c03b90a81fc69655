//! From a batch to its pages: whole records side by side while they fit, large ones in fragments.

use crate::frame::FrameHeader;
use crate::page::{FRAGMENT_LENGTH_BYTES, PageBuilder, PageKey, RECORD_LENGTH_BYTES};
use crate::port::{Batch, Digest};

/// A batch as it is stored: the pages in the order of their keys, and the header that opens them.
pub(crate) struct Packed {
    pub header: FrameHeader,
    pub pages: Vec<(PageKey, Vec<u8>)>,
}

/// Packs a batch that kept its limits, to stand from position `first` behind the frame `previous`.
pub(crate) fn pack(first: u64, previous: Digest, batch: &Batch) -> Packed {
    let header = FrameHeader::of(first, previous, batch);
    let mut pages = Vec::new();
    let mut open = Some(PageBuilder::new(PageKey::first_at(first), Some(&header)));
    // True while the open page holds no record: what does not fit there must be cut.
    let mut fresh = true;
    for (position, record) in (first..).zip(&batch.records) {
        let needed = record.len() + RECORD_LENGTH_BYTES;
        if let Some(full) = open.take_if(|page| !fresh && needed > page.room()) {
            pages.push(full.seal());
        }
        let mut page = open.take().unwrap_or_else(|| {
            fresh = true;
            PageBuilder::new(PageKey::first_at(position), None)
        });
        if needed <= page.room() {
            page.push_record(record);
            fresh = false;
            open = Some(page);
        } else {
            debug_assert!(fresh);
            push_fragments(page, position, record, &mut pages);
        }
    }
    pages.extend(open.map(PageBuilder::seal));
    Packed { header, pages }
}

fn push_fragments(first: PageBuilder, position: u64, record: &[u8], pages: &mut Vec<(PageKey, Vec<u8>)>) {
    let mut page = first;
    let mut rest = record;
    // A record of RECORD_BYTES_MAX makes some 260 fragments.
    for fragment in 1.. {
        let (part, after) = rest.split_at(rest.len().min(page.room() - FRAGMENT_LENGTH_BYTES));
        page.push_fragment(record.len(), part);
        pages.push(page.seal());
        if after.is_empty() {
            return;
        }
        rest = after;
        page = PageBuilder::new(PageKey { position, fragment }, None);
    }
}
