//! Puts an artefact into the recycle bin, where it names whom it names (REF-20).

use rollbook_schema::command::RecycleArtefact;
use rollbook_schema::event::ArtefactRecycled;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RecycleArtefact) -> Outcome {
    let artefact = asked.artefact(command.artefact)?;
    if artefact.recycled {
        return Ok(Vec::new());
    }
    Ok(vec![ArtefactRecycled { artefact: command.artefact }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn ref_20_an_artefact_goes_into_the_recycle_bin_and_comes_back() {
        Directory::small()
            .given(artefact("Escalate", &[]))
            .when(restore_artefact(1), expect!["nothing"])
            .when(recycle_artefact(1), expect!["ArtefactRecycled artefact=1"])
            .when(recycle_artefact(1), expect!["nothing"])
            .when(restore_artefact(1), expect!["ArtefactRestored artefact=1"])
            .when(recycle_artefact(2), expect!["refused: NOT_FOUND@id"]);
    }
}
