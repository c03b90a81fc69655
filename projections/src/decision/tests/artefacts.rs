//! Events about artefacts of other systems.

use rollbook_schema::event::*;
use rollbook_schema::value::*;
use rollbook_schema::{ArtefactId, CredentialNumber, Event, Personal};

pub fn artefacts() -> Vec<Event> {
    let (artefact, kind) = (ArtefactId(1), ArtefactKind::Sla);
    let (sealed, replaces) = (CredentialNumber(10), CredentialNumber(9));
    vec![
        ArtefactRegistered { artefact, kind, sealed: replaces, content: Personal::Erased }.into(),
        ArtefactChanged { artefact, kind, sealed, replaces, content: Personal::Absent }.into(),
        ArtefactRecycled { artefact }.into(),
        ArtefactRestored { artefact }.into(),
        ArtefactPurged { artefact, sealed }.into(),
    ]
}
