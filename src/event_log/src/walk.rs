//! Walks pages in the order of their keys and shows the batches and records in them.
//!
//! Every reader goes through here, so each read checks what is cheap to check: the checksum of each
//! page, density, the bounds of each batch, and that each frame names the digest of the one before.
//! Recomputing the digests is left to `verify`.

use std::ops::ControlFlow;

use crate::fault::{Damage, Fault};
use crate::frame::FrameHeader;
use crate::page::{Body, Page, PageKey};
use crate::port::{Digest, Head};

/// What the walk comes to, in order: a batch before its records.
pub(crate) enum Step<'a> {
    Batch(&'a FrameHeader),
    Record(u64, &'a [u8]),
}

/// The state between two pages.
pub(crate) struct Walk {
    /// The page that must come next.
    next: PageKey,
    /// The last frame that opened; `None` from a start in mid-log until one does.
    frame: Option<FrameHeader>,
    /// Of a large record: the parts so far, and the bytes of the whole.
    partial: Vec<u8>,
    partial_total: usize,
}

impl Walk {
    /// From the page whose first record is at `position`.
    pub fn from_page(position: u64) -> Self {
        let next = PageKey::first_at(position);
        Self { next, frame: None, partial: Vec::new(), partial_total: 0 }
    }

    /// Takes the next page. `Ok(Break)` when `visit` broke off.
    pub fn page(
        &mut self,
        key: PageKey,
        value: &[u8],
        visit: &mut impl FnMut(Step<'_>) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Fault> {
        let at = self.next.position;
        if key != self.next {
            return Err(Damage::Missing.at(at));
        }
        let page = Page::parse(key, value).map_err(|damage| damage.at(at))?;
        self.check_frame(page.opens.as_ref()).map_err(|damage| damage.at(at))?;
        if let Some(header) = page.opens {
            self.frame = Some(header);
            if visit(Step::Batch(&header)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        match page.body {
            Body::Records(records) => {
                for record in records {
                    if visit(Step::Record(self.next.position, record)).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                    self.next.position += 1;
                }
            }
            Body::Fragment { total, part } => {
                if self.fragment(total, part, visit)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        match self.frame {
            Some(frame) if self.next.position > frame.last() + 1 => Err(Damage::Layout.at(at)),
            _ => Ok(ControlFlow::Continue(())),
        }
    }

    /// After the last page: it must have led to the head.
    pub fn end(&self, head: &Head) -> Result<(), Fault> {
        if self.next != PageKey::first_at(head.position + 1) {
            return Err(Damage::Missing.at(self.next.position));
        }
        match self.frame {
            Some(frame) if frame.head() != *head => Err(Damage::Head.at(head.position)),
            _ => Ok(()),
        }
    }

    /// A frame opens exactly where the one before it ended, and names its digest.
    fn check_frame(&self, opens: Option<&FrameHeader>) -> Result<(), Damage> {
        let ended = self.frame.map(|frame| self.next == PageKey::first_at(frame.last() + 1));
        match (opens, ended) {
            (Some(_), Some(false)) | (None, Some(true)) => Err(Damage::Layout),
            // The first page of the log opens its first frame, which follows none.
            (None, None) if self.next == PageKey::first_at(1) => Err(Damage::Layout),
            (Some(header), _) => {
                let first = (header.first == 1).then_some(Digest::ZERO);
                match self.frame.map(|frame| frame.digest).or(first) {
                    Some(previous) if previous != header.previous => Err(Damage::Chain),
                    _ => Ok(()),
                }
            }
            (None, _) => Ok(()),
        }
    }

    fn fragment(
        &mut self,
        total: usize,
        part: &[u8],
        visit: &mut impl FnMut(Step<'_>) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Fault> {
        let PageKey { position, fragment } = self.next;
        if fragment == 0 {
            self.partial.clear();
            self.partial_total = total;
        }
        self.partial.extend_from_slice(part);
        let filled = self.partial.len();
        if total != self.partial_total || filled > total || (filled < total && fragment == u16::MAX) {
            return Err(Damage::Layout.at(position));
        }
        if filled < total {
            self.next.fragment += 1;
            return Ok(ControlFlow::Continue(()));
        }
        self.next = PageKey::first_at(position + 1);
        Ok(visit(Step::Record(position, &self.partial)))
    }
}
