//! Who provides the directory to the tenant: the operator of a hosting company, not a user. They set the
//! number of seats (LIC-13), see what is charged (PRO-26) and no personal data; and for a reason, a time and
//! with a notice they act as an administrator (PXY-21).

use rollbook_projections::view::UserRow;
use rollbook_schema::RejectionCode;
use rollbook_schema::command::Command;
use rollbook_schema::value::AccessProfile;

use super::Capability;

/// What the provider may do and see.
pub(super) const CAPABILITIES: [Capability; 4] =
    [Capability::SeeUsers, Capability::SeeLicenses, Capability::SizeLicensePools, Capability::SupportLogin];

/// May the provider ask this? Nothing but what is the provider's own.
pub(super) fn may_ask(command: &Command) -> Result<(), RejectionCode> {
    match command {
        Command::SizeLicensePool(_) | Command::StartSupport(_) => Ok(()),
        _ => Err(RejectionCode::Forbidden),
    }
}

/// May support act as this user, with the rights of now? Only as long as they administer.
#[must_use]
pub fn stays_support(user: &UserRow) -> bool {
    user.active && user.access_profile == AccessProfile::Administrator
}
