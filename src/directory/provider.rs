//! The tenant's provider: whoever runs the server for a company.
//!
//! Whether there is one is the operator's word and no setting of the tenant's: an administrator who could
//! choose who sizes the pools would size them. A company that hosts itself has no provider, and its
//! administrators size the pools.

use rollbook_schema::RejectionCode;
use rollbook_schema::command::Command;

use super::Directory;
use crate::access::Caller;
use crate::identity::SessionToken;

/// Who sets the number of seats (LIC-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatsSizedBy {
    /// The administrators of the tenant, since there is no provider.
    Administrator,
    /// The provider, and nobody else.
    Provider,
}

impl Directory {
    /// Who sets the number of seats.
    #[must_use]
    pub fn seats_sized_by(&self) -> SeatsSizedBy {
        if self.has_provider() { SeatsSizedBy::Provider } else { SeatsSizedBy::Administrator }
    }

    /// Whom to ask for more seats, as the operator says.
    #[must_use]
    pub fn license_contact(&self) -> Option<&str> {
        self.inner.options.license_contact.as_deref()
    }

    pub(super) fn has_provider(&self) -> bool {
        self.inner.options.provider_token.is_some()
    }

    pub(super) fn is_provider(&self, token: &SessionToken) -> bool {
        // Digests are compared, so that the time it takes tells nothing of the token.
        self.inner.options.provider_token.is_some_and(|digest| digest == token.digest())
    }

    /// LIC-13: with a provider, what administrators could do otherwise is the provider's.
    pub(super) fn leaves_to_provider(&self, caller: &Caller, command: &Command) -> Result<(), RejectionCode> {
        let is_persons =
            matches!(caller, Caller::Person(_)) && matches!(command, Command::SizeLicensePool(_));
        match self.seats_sized_by() {
            SeatsSizedBy::Provider if is_persons => Err(RejectionCode::SeatsSizedByProvider),
            _ => Ok(()),
        }
    }
}
