//! Takes an artefact out of the recycle bin.

use rollbook_schema::command::RestoreArtefact;
use rollbook_schema::event::ArtefactRestored;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RestoreArtefact) -> Outcome {
    let artefact = asked.artefact(command.artefact)?;
    if !artefact.recycled {
        return Ok(Vec::new());
    }
    Ok(vec![ArtefactRestored { artefact: command.artefact }.into()])
}
