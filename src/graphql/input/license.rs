//! Seats.

use async_graphql::{ID, InputObject};
use rollbook_schema::command::{GrantLicense, RevokeLicense, SizeLicensePool};
use rollbook_schema::{Command, RejectionCode};

use super::Flaws;
use super::user::about_a_user;
use crate::graphql::asking::{Asks, Terms};
use crate::graphql::scalar;
use crate::graphql::vocabulary::LicenseType;

/// How many seats there are.
#[derive(InputObject)]
pub(in crate::graphql) struct SizeLicensePoolInput {
    r#type: LicenseType,
    /// Seats owned from now on, 0 or more. Fewer than used is allowed: nobody is cut off.
    owned: i32,
    /// Your own name for this request: asked twice, done once. A ULID, or any text up to 200 bytes.
    idempotency_key: Option<String>,
    /// Why, or the ticket that asked for it.
    reason: Option<String>,
}

impl Asks for SizeLicensePoolInput {
    fn terms(&mut self) -> Terms {
        Terms::new(self.idempotency_key.take(), self.reason.take(), None)
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let Ok(owned) = u32::try_from(self.owned) else {
            flaws.refuse("owned", RejectionCode::Invalid);
            return None;
        };
        Some(SizeLicensePool { license: self.r#type.into(), owned }.into())
    }
}

/// Which agent gets which seat, in place of the one held.
#[derive(InputObject)]
pub(in crate::graphql) struct GrantLicenseInput {
    user_id: ID,
    r#type: LicenseType,
    /// The user's version that you saw; refused if it has changed since.
    expected_version: Option<scalar::Version>,
    /// Your own name for this request: asked twice, done once. A ULID, or any text up to 200 bytes.
    idempotency_key: Option<String>,
    /// Why, or the ticket that asked for it.
    reason: Option<String>,
}

impl Asks for GrantLicenseInput {
    fn terms(&mut self) -> Terms {
        Terms::new(self.idempotency_key.take(), self.reason.take(), self.expected_version)
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id)?;
        Some(GrantLicense { user, license: self.r#type.into() }.into())
    }
}

about_a_user! {
    /// Which agent gives the seat back.
    RevokeLicenseInput => RevokeLicense;
}
