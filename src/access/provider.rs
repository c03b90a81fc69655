//! Who provides the directory to the tenant: the operator of a hosting company, not a user. They set the
//! number of seats (LIC-13) and see what is charged (PRO-26), and no personal data.

use rollbook_schema::RejectionCode;
use rollbook_schema::command::Command;

use super::Capability;

/// What the provider may do and see.
pub(super) const CAPABILITIES: [Capability; 3] =
    [Capability::SeeUsers, Capability::SeeLicenses, Capability::SizeLicensePools];

/// May the provider ask this? Nothing but what is the provider's own.
pub(super) fn may_ask(command: &Command) -> Result<(), RejectionCode> {
    match command {
        Command::SizeLicensePool(_) => Ok(()),
        _ => Err(RejectionCode::Forbidden),
    }
}
