//! Puts another wording of an artefact in place of the one before, which is forgotten.

use rollbook_schema::command::ChangeArtefact;
use rollbook_schema::event::ArtefactChanged;
use rollbook_schema::{Personal, RejectionCode};

use crate::asked::Asked;
use crate::refusal::{Outcome, refuse_any};
use crate::register_artefact::wrong_parts;

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangeArtefact) -> Outcome {
    let artefact = asked.artefact(command.artefact)?;
    refuse_any(wrong_parts(asked, command.parts.as_deref().unwrap_or_default()))?;
    // Its key is destroyed with the artefact only, so it is known as long as the artefact is there.
    let Some(before) = &artefact.content else { return Err(RejectionCode::NotFound.into()) };
    let mut content = before.clone();
    if let Some(module) = &command.module {
        content.module.clone_from(module);
    }
    if let Some(container) = &command.container {
        content.container.clone_from(container);
    }
    if let Some(name) = &command.name {
        content.name.clone_from(name);
    }
    if let Some(parts) = &command.parts {
        content.parts.clone_from(parts);
    }
    let kind = command.kind.unwrap_or(artefact.kind);
    if kind == artefact.kind && content == *before {
        return Ok(Vec::new());
    }
    let changed = ArtefactChanged {
        artefact: command.artefact,
        kind,
        sealed: asked.models.users.next_credential(),
        replaces: artefact.sealed,
        content: Personal::Known(content),
    };
    Ok(vec![changed.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn the_key_of_the_wording_before_is_destroyed() {
        Directory::small()
            .given(artefact("Escalate", &[stands("condition", "owner = 'ann'")]))
            .when(change_artefact(1, &[stands("condition", "owner = 'ann'")]), expect!["nothing"])
            .when(
                change_artefact(1, &[stands("condition", "owner is set")]),
                expect!["ArtefactChanged artefact=1 kind=BUSINESS_RULE replaces=1 sealed=2 +Person"],
            )
            .when(change_artefact(2, &[]), expect!["refused: NOT_FOUND@id"]);
    }
}
