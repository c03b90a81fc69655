//! Takes an agent's license; an enabled agent with roles needs it (LIC-07).

use rollbook_schema::RejectionCode;
use rollbook_schema::command::RevokeLicense;
use rollbook_schema::event::{LicenseCause, LicenseRevoked};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RevokeLicense) -> Outcome {
    let user = asked.user(command.user)?;
    let Some(held) = user.license else {
        return Ok(Vec::new());
    };
    if user.is_enabled() && !user.roles().is_empty() {
        return Err(RejectionCode::SeatNeeded.into());
    }
    let cause = LicenseCause::Request;
    Ok(vec![LicenseRevoked { user: command.user, license: held.license, cause }.into()])
}
