//! A role.

use async_graphql::{ID, SimpleObject};
use rollbook_projections::view::{RoleRow, Views};

use crate::access::{Caller, Capability, holds, is_bound};
use crate::graphql::id;
use crate::graphql::vocabulary::{Surface, UserKind};

/// A role, which gives its holders access.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct Role {
    /// `role_` and a number.
    pub id: ID,
    /// Null once it was erased.
    pub name: Option<String>,
    /// Whom it is for.
    pub kind: UserKind,
    pub surfaces: Vec<Surface>,
    /// Roles are numbered in the order of their creation.
    pub sequence: u64,
    /// How many users have it. Null for readers who may not see roles, or not everybody.
    pub holders: Option<u64>,
    pub deleted: bool,
}

impl Role {
    pub(in crate::graphql) fn of(row: &RoleRow, views: &Views, caller: &Caller) -> Role {
        let sees_all = holds(caller, Capability::SeeRoles) && !is_bound(caller, &views.teams);
        Role {
            id: id::of_role(row.id),
            name: row.name.as_ref().map(|name| name.as_str().to_owned()),
            kind: row.kind.into(),
            surfaces: row.surfaces.iter().copied().map(Into::into).collect(),
            sequence: row.id.0,
            holders: sees_all.then(|| row.holders()),
            deleted: row.deleted,
        }
    }
}
