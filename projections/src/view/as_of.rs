//! Views of a moment that is over: folded like the live ones up to a position, and then told what was
//! forgotten since, so that who is masked today is masked at every moment.

use rollbook_schema::event::{Event, EventType, RecordedEvent};

use super::Views;

impl Views {
    /// Events that take personal data out of what was folded before them.
    pub const FORGETTING: [EventType; 3] =
        [EventType::PiiMasked, EventType::ArtefactChanged, EventType::ArtefactPurged];

    /// Forgets whom a later event made unreadable, and changes nothing else: neither versions nor where
    /// anything changed last. About somebody who is not there yet it does nothing.
    pub fn forget(&mut self, later: &RecordedEvent) {
        let artefacts = &mut self.references.artefacts;
        match &later.event {
            Event::PiiMasked(masked) => self.users.mask(masked),
            Event::ArtefactChanged(changed) => artefacts.forget(changed.artefact, changed.replaces),
            Event::ArtefactPurged(purged) => artefacts.forget(purged.artefact, purged.sealed),
            _ => {}
        }
    }
}
