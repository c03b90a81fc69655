//! Access profiles: which administrative capabilities a user has (ROL-07).

use serde::{Deserialize, Serialize};

/// Exactly one per user. What each may do is the access matrix of package `rollbook`.
/// The order is stored: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AccessProfile {
    /// Only what everybody may do with the own account (ROL-15: least is the default).
    #[default]
    Standard,
    /// Everything but compliance work.
    Administrator,
    /// Users, but neither roles nor license pools nor access profiles.
    UserManager,
    /// Reads history and state; sees pseudonyms.
    Auditor,
    /// Masks people, and sees whom.
    ComplianceOfficer,
    /// Attached at deletion; grants nothing and cannot be assigned (ROL-14).
    DeletedUser,
}

impl AccessProfile {
    /// The profiles that can be assigned (ROL-14).
    pub const ASSIGNABLE: [AccessProfile; 5] = [
        AccessProfile::Standard,
        AccessProfile::Administrator,
        AccessProfile::UserManager,
        AccessProfile::Auditor,
        AccessProfile::ComplianceOfficer,
    ];
}
