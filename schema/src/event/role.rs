//! Roles and who has them.

use serde::{Deserialize, Serialize};

use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{RoleId, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::{RoleName, Surface, UserKind};

/// A role exists. Numbers follow the order of creation (ROL-17).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleDefined {
    /// The new id.
    pub role: RoleId,
    /// Whom it is for (ROL-03).
    pub kind: UserKind,
    /// What it gives access to (ROL-01), in order, each once.
    pub surfaces: Vec<Surface>,
    /// Free text, so sealed: under the tenant's own id.
    #[serde(skip)]
    pub name: Personal<RoleName>,
}
payload!(RoleDefined, |_e| Subject::Role(_e.role), name: Person @ KeyOwner::Subject(UserId::TENANT));

/// A role that nobody holds any more is gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleDeleted {
    /// Which.
    pub role: RoleId,
}
payload!(RoleDeleted, |e| Subject::Role(e.role));

/// A user has a role (ROL-02).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleAssigned {
    /// Who.
    pub user: UserId,
    /// Which.
    pub role: RoleId,
}
payload!(RoleAssigned, |e| Subject::User(e.user));

/// A user no longer has a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleUnassigned {
    /// Who.
    pub user: UserId,
    /// Which.
    pub role: RoleId,
}
payload!(RoleUnassigned, |e| Subject::User(e.user));
