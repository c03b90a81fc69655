//! Sets how many seats there are; below the number used, nobody is cut off (LIC-14).

use rollbook_schema::Subject;
use rollbook_schema::command::SizeLicensePool;
use rollbook_schema::event::LicensePoolSized;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &SizeLicensePool) -> Outcome {
    asked.expects_version_of(Subject::LicensePool(command.license))?;
    let from = asked.models.seats.count(command.license).owned;
    if from == command.owned {
        return Ok(Vec::new());
    }
    Ok(vec![LicensePoolSized { license: command.license, from, to: command.owned }.into()])
}
