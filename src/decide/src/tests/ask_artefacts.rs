//! Commands about artefacts of other systems in few words.

use rollbook_schema::command::*;
use rollbook_schema::value::*;
use rollbook_schema::{ArtefactId, UserId};

pub(crate) fn stands(place: &str, text: &str) -> ArtefactPart {
    part(place, PartContent::Text(ArtefactText::parse(text).unwrap()))
}

pub(crate) fn user_part(place: &str, user: u64) -> ArtefactPart {
    part(place, PartContent::User(UserId(user)))
}

fn part(place: &str, content: PartContent) -> ArtefactPart {
    ArtefactPart { place: name(place), content }
}

fn name(name: &str) -> ArtefactName {
    ArtefactName::parse(name).unwrap()
}

pub(crate) fn artefact(called: &str, parts: &[ArtefactPart]) -> RegisterArtefact {
    let content = ArtefactContent {
        module: name("Customization"),
        container: Some(name("Cases")),
        name: name(called),
        parts: parts.to_vec(),
    };
    RegisterArtefact { kind: ArtefactKind::BusinessRule, content }
}

pub(crate) fn change_artefact(artefact: u64, parts: &[ArtefactPart]) -> ChangeArtefact {
    let parts = Some(parts.to_vec());
    ChangeArtefact {
        artefact: ArtefactId(artefact),
        kind: None,
        module: None,
        container: None,
        name: None,
        parts,
    }
}

pub(crate) fn recycle_artefact(artefact: u64) -> RecycleArtefact {
    RecycleArtefact { artefact: ArtefactId(artefact) }
}

pub(crate) fn restore_artefact(artefact: u64) -> RestoreArtefact {
    RestoreArtefact { artefact: ArtefactId(artefact) }
}

pub(crate) fn purge_artefact(artefact: u64) -> PurgeArtefact {
    PurgeArtefact { artefact: ArtefactId(artefact) }
}

/// As whom everybody may act again.
pub(crate) fn grant_all(user: u64) -> ChangeProxyGrant {
    ChangeProxyGrant { user: UserId(user), grant: ProxyGrant::default(), confirmed: true }
}
