//! Takes an artefact away for good, from the recycle bin or not: it names nobody any more (REF-20).

use rollbook_schema::command::PurgeArtefact;
use rollbook_schema::event::ArtefactPurged;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &PurgeArtefact) -> Outcome {
    let sealed = asked.artefact(command.artefact)?.sealed;
    Ok(vec![ArtefactPurged { artefact: command.artefact, sealed }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn what_is_purged_is_forgotten() {
        Directory::small()
            .given(artefact("Escalate", &[]))
            .when(purge_artefact(1), expect!["ArtefactPurged artefact=1 sealed=1"])
            .when(purge_artefact(1), expect!["refused: NOT_FOUND@id"])
            .when(
                artefact("Escalate", &[]),
                expect!["ArtefactRegistered artefact=2 kind=BUSINESS_RULE sealed=2 +Person"],
            );
    }
}
