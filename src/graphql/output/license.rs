//! Seats.

use async_graphql::SimpleObject;
use rollbook_projections::view::LicenseCount;
use rollbook_schema::rejection::SeatCount;

use crate::graphql::vocabulary::LicenseType;

/// The seats of one type.
#[derive(SimpleObject, Clone, PartialEq, Eq)]
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
