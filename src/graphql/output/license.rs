//! Seats.

use async_graphql::{ComplexObject, Context, Enum, Result, SimpleObject};
use rollbook_projections::view::LicenseCount;
use rollbook_schema::rejection::SeatCount;

use crate::access::Caller;
use crate::directory::{self, Directory};
use crate::graphql::vocabulary::{LicenseType, UserKind};

/// Who sets the number of seats.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "directory::SeatsSizedBy")]
pub(in crate::graphql) enum SeatsSizedBy {
    /// The administrators: there is no provider.
    Administrator,
    /// The provider of the directory, and nobody else.
    Provider,
}

/// What a user is charged as.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum UserLicenseType {
    /// External, and free.
    Site,
    /// Internal.
    Platform,
}

impl UserLicenseType {
    /// PRO-26: shown to the provider only, and no input: it follows the kind (LIC-10).
    pub(in crate::graphql) fn of(kind: UserKind, caller: &Caller) -> Option<UserLicenseType> {
        match (caller, kind) {
            (Caller::Provider, UserKind::Client) => Some(UserLicenseType::Site),
            (Caller::Provider, UserKind::Agent) => Some(UserLicenseType::Platform),
            _ => None,
        }
    }
}

/// The seats of one type.
#[derive(SimpleObject, Clone, PartialEq, Eq)]
#[graphql(complex)]
pub(in crate::graphql) struct LicensePool {
    pub r#type: LicenseType,
    /// How many there are.
    pub owned: u32,
    /// How many are taken by active agents.
    pub used: u64,
    /// How many are free; 0 while more are used than owned.
    pub available: u64,
    /// More are used than owned: the pool was made smaller, and nobody was cut off.
    pub over: bool,
}

#[ComplexObject]
impl LicensePool {
    /// Who sets the number.
    async fn sized_by(&self, ctx: &Context<'_>) -> Result<SeatsSizedBy> {
        Ok(ctx.data::<Directory>()?.seats_sized_by().into())
    }

    /// Whom to ask for more; null if the operator named nobody.
    async fn contact(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(ctx.data::<Directory>()?.license_contact().map(str::to_owned))
    }
}

impl From<LicenseCount> for LicensePool {
    fn from(count: LicenseCount) -> Self {
        let LicenseCount { license, owned, used, available, over } = count;
        LicensePool { r#type: license.into(), owned, used, available, over }
    }
}

/// Seats at the moment of a refusal.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct LicenseShortage {
    pub r#type: LicenseType,
    pub owned: u32,
    pub used: u32,
}

impl From<SeatCount> for LicenseShortage {
    fn from(seats: SeatCount) -> Self {
        let SeatCount { license, owned, used } = seats;
        LicenseShortage { r#type: license.into(), owned, used }
    }
}
