//! What events about masking requests and legal holds changed.

use rollbook_schema::Event;

use super::changes::List;
use super::word;
use crate::graphql::id;
use crate::graphql::output::{LegalBasis, MaskMode};

pub(super) fn list(list: &mut List<'_>, event: &Event) {
    let mut request = |position| list.clear("maskingRequest", None, Some(id::of_event(position).0));
    match event {
        Event::MaskingRequested(e) => {
            list.clear("mode", None, Some(word(MaskMode::from(e.mode))));
            list.clear("legalBasis", None, Some(word(LegalBasis::from(e.legal_basis))));
            list.clear("dueAt", None, Some(e.due_at));
        }
        Event::MaskingExtended(e) => list.clear("dueAt", Some(e.from), Some(e.to)),
        Event::MaskingApproved(e) => request(e.request),
        Event::MaskingDeclined(e) => request(e.request),
        Event::MaskingWithdrawn(e) => request(e.request),
        Event::FreeTextFound(e) => list.clear("freeText", None, Some(e.search.records.len())),
        Event::ErasureCompleted(e) => list.clear("erasure", None, Some(id::of_event(e.order).0)),
        Event::LegalHoldPlaced(_) => list.clear("legalHold", Some(false), Some(true)),
        Event::LegalHoldLifted(_) => list.clear("legalHold", Some(true), Some(false)),
        _ => {}
    }
}
