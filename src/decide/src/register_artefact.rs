//! Makes an artefact of another system known, so that whom it names is found (REF-07..REF-15).

use rollbook_schema::command::RegisterArtefact;
use rollbook_schema::event::ArtefactRegistered;
use rollbook_schema::value::{ARTEFACT_PARTS_MAX, ArtefactPart, PartContent};
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &RegisterArtefact) -> Outcome {
    refuse_any(wrong_parts(asked, &command.content.parts))?;
    let registered = ArtefactRegistered {
        artefact: asked.models.references.artefacts.next_id(),
        kind: command.kind,
        sealed: asked.models.users.next_credential(),
        content: Personal::Known(command.content.clone()),
    };
    Ok(vec![registered.into()])
}

/// Nobody who is deleted can be named anew: a reference added after a deletion would block nothing.
pub(crate) fn wrong_parts(asked: &Asked<'_>, parts: &[ArtefactPart]) -> Vec<Rejection> {
    if parts.len() > ARTEFACT_PARTS_MAX {
        return vec![Rejection::of("parts", RejectionCode::TooMany)];
    }
    let is_unknown = |part: &ArtefactPart| match part.content {
        PartContent::User(user) => !user.is_reserved() && asked.models.users.present(user).is_none(),
        PartContent::Text(_) => false,
    };
    let wrong = parts.iter().enumerate().filter(|(_, part)| is_unknown(part));
    wrong.map(|(entry, _)| Rejection::of_entry("parts", entry, RejectionCode::NotFound)).collect()
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn ref_07_an_artefact_is_sealed_under_a_key_of_its_own() {
        Directory::small()
            .when(
                artefact("Escalate", &[stands("condition", "owner = 'ann'")]),
                expect!["ArtefactRegistered artefact=1 kind=BUSINESS_RULE sealed=1 +Person"],
            )
            .when(
                artefact("Close", &[user_part("assign to", 8)]),
                expect!["ArtefactRegistered artefact=2 kind=BUSINESS_RULE sealed=2 +Person"],
            );
    }

    #[test]
    fn an_artefact_names_no_user_who_is_not_there() {
        Directory::small()
            .given(delete(8))
            .when(
                artefact("Close", &[user_part("assign to", 9), user_part("watch", 8), user_part("cc", 99)]),
                expect!["refused: NOT_FOUND@parts.1, NOT_FOUND@parts.2"],
            )
            .given(artefact("Close", &[user_part("owned by the system", 3)]));
    }
}
