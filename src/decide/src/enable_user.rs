//! Gives a disabled user access again; an agent takes its seat again (STA-05).

use rollbook_schema::RejectionCode;
use rollbook_schema::command::EnableUser;
use rollbook_schema::event::{LicenseCause, LicenseGranted, UserEnabled};
use rollbook_schema::value::{LicenseType, UserKind};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &EnableUser) -> Outcome {
    let user = asked.user(command.user)?;
    if user.is_enabled() {
        return Ok(Vec::new());
    }
    if user.masked {
        return Err(RejectionCode::UserMasked.into());
    }
    let held = user.license.map(|held| held.license);
    // A role that was assigned while the agent was disabled took no seat: it does so now (LIC-07).
    let needs_license = held.is_none() && user.kind == UserKind::Agent && !user.roles().is_empty();
    let granted = needs_license.then_some(LicenseType::ReadWrite);
    if let Some(license) = held.or(granted) {
        asked.has_free_seat(license)?;
    }
    let mut events = vec![UserEnabled { user: command.user, seat_taken: held }.into()];
    events.extend(granted.map(|license| {
        LicenseGranted { user: command.user, license, replaces: None, cause: LicenseCause::Role }.into()
    }));
    Ok(events)
}
