//! Gives an enabled agent a license and its seat, in place of the one held (LIC-03, LIC-15).

use rollbook_schema::RejectionCode;
use rollbook_schema::command::GrantLicense;
use rollbook_schema::event::{LicenseCause, LicenseGranted};
use rollbook_schema::value::UserKind;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &GrantLicense) -> Outcome {
    let user = asked.user(command.user)?;
    if user.kind != UserKind::Agent {
        return Err(RejectionCode::NotForClients.into());
    }
    if !user.is_enabled() {
        return Err(RejectionCode::UserDisabled.into());
    }
    let replaces = user.license.map(|held| held.license);
    if replaces == Some(command.license) {
        return Ok(Vec::new());
    }
    asked.has_free_seat(command.license)?;
    let GrantLicense { user, license } = *command;
    Ok(vec![LicenseGranted { user, license, replaces, cause: LicenseCause::Request }.into()])
}
