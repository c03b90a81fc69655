//! Roles, and who has them.

use super::fields_of;
use crate::id::{RoleId, UserId};
use crate::value::{LicenseType, RoleName, Surface, UserKind};

fields_of! {
    /// Makes a role.
    DefineRole {
        /// Unique without case.
        name: RoleName,
        /// For agents or for clients (ROL-03).
        kind: UserKind,
        /// What it gives access to.
        surfaces: Vec<Surface>,
    }
    /// Removes a role that nobody holds.
    DeleteRole {
        /// Which.
        role: RoleId,
    }
    /// Gives a user a role.
    AssignRole {
        /// Who.
        user: UserId,
        /// Which.
        role: RoleId,
        /// The license to take if this is the first role and none is held; `None`: read-write.
        license: Option<LicenseType>,
    }
    /// Takes a role from a user.
    UnassignRole {
        /// Who.
        user: UserId,
        /// Which.
        role: RoleId,
    }
}
