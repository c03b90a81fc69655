//! Seats.

use async_graphql::{ID, InputObject};
use rollbook_schema::command::{GrantLicense, RevokeLicense, SizeLicensePool};
use rollbook_schema::{Command, RejectionCode};

use super::Flaws;
use super::user::about_a_user;
use crate::graphql::asking::{AskTerms, Asks, ChangeTerms, Terms};
use crate::graphql::vocabulary::LicenseType;

/// How many seats there are.
#[derive(InputObject)]
pub(in crate::graphql) struct SizeLicensePoolInput {
    r#type: LicenseType,
    /// Seats owned from now on, 0 or more. Fewer than used is allowed: nobody is cut off.
    owned: i32,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for SizeLicensePoolInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
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
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for GrantLicenseInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
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
