//! The two kinds of license.

use serde::{Deserialize, Serialize};

/// One per agent (LIC-03). The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LicenseType {
    /// RW: may modify as roles permit (LIC-04).
    ReadWrite,
    /// RO: may view only, whatever the roles (LIC-05).
    ReadOnly,
}

impl LicenseType {
    /// Both types.
    pub const ALL: [LicenseType; 2] = [LicenseType::ReadWrite, LicenseType::ReadOnly];
}
