//! Samples of what other systems tell of their artefacts.

use crate::event::{
    ArtefactChanged, ArtefactPurged, ArtefactRecycled, ArtefactRegistered, ArtefactRestored, Event,
};
use crate::id::{ArtefactId, CredentialNumber, UserId};
use crate::personal::Personal;
use crate::value::{ArtefactContent, ArtefactKind, ArtefactName, ArtefactPart, ArtefactText, PartContent};

/// Every event of artefacts at least once, in the order of the types.
pub fn all() -> Vec<Event> {
    let (artefact, sealed, later) = (ArtefactId(1), CredentialNumber(7), CredentialNumber(9));
    let content = |container| Personal::Known(content(container));
    vec![
        ArtefactRegistered {
            artefact,
            kind: ArtefactKind::BusinessRule,
            sealed,
            content: content(Some("Cases")),
        }
        .into(),
        ArtefactChanged {
            artefact,
            kind: ArtefactKind::Other,
            sealed: later,
            replaces: sealed,
            content: content(None),
        }
        .into(),
        ArtefactRecycled { artefact }.into(),
        ArtefactRestored { artefact }.into(),
        ArtefactPurged { artefact, sealed: later }.into(),
    ]
}

fn content(container: Option<&str>) -> ArtefactContent {
    let name = |text: &str| ArtefactName::parse(text).unwrap();
    let text = ArtefactText::parse("owner = 'ada'\n\tor lead").unwrap();
    ArtefactContent {
        module: name("Customization"),
        container: container.map(name),
        name: name("Escalate"),
        parts: vec![
            ArtefactPart { place: name("condition"), content: PartContent::Text(text) },
            ArtefactPart { place: name("assign to"), content: PartContent::User(UserId(8)) },
        ],
    }
}
