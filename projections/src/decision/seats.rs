//! How many seats are owned and used (LIC-01).

use rollbook_schema::rejection::SeatCount;
use rollbook_schema::value::LicenseType;
use serde::{Deserialize, Serialize};

/// Seats of both types. Used can exceed owned after a pool was sized down (LIC-14).
#[derive(Debug, Default, Hash, Serialize, Deserialize)]
pub struct Seats {
    read_write: Pool,
    read_only: Pool,
}

#[derive(Debug, Default, Hash, Serialize, Deserialize)]
struct Pool {
    owned: u32,
    used: u32,
}

impl Seats {
    /// Seats of one type.
    #[must_use]
    pub fn count(&self, license: LicenseType) -> SeatCount {
        let pool = match license {
            LicenseType::ReadWrite => &self.read_write,
            LicenseType::ReadOnly => &self.read_only,
        };
        SeatCount { license, owned: pool.owned, used: pool.used }
    }

    /// True if one more user can sit.
    #[must_use]
    pub fn is_free(&self, license: LicenseType) -> bool {
        let SeatCount { owned, used, .. } = self.count(license);
        used < owned
    }

    pub(super) fn size(&mut self, license: LicenseType, owned: u32) {
        self.pool(license).owned = owned;
    }

    /// One user's seat, before and after a change.
    pub(super) fn change(&mut self, before: Option<LicenseType>, after: Option<LicenseType>) {
        if before == after {
            return;
        }
        if let Some(license) = before {
            let pool = self.pool(license);
            pool.used = pool.used.saturating_sub(1);
        }
        if let Some(license) = after {
            let pool = self.pool(license);
            pool.used = pool.used.saturating_add(1);
        }
    }

    fn pool(&mut self, license: LicenseType) -> &mut Pool {
        match license {
            LicenseType::ReadWrite => &mut self.read_write,
            LicenseType::ReadOnly => &mut self.read_only,
        }
    }
}
