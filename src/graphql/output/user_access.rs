//! Roles of a user, and what they give access to, as far as a reader may see it.

use std::collections::BTreeSet;

use rollbook_projections::view::{UserRow, Views};
use rollbook_schema::value;

use super::Role;
use crate::access::{self, Caller, holds};
use crate::graphql::vocabulary::Surface;

/// People see their own roles; anybody else's need the right to see roles.
pub(super) fn roles(row: &UserRow, views: &Views, caller: &Caller) -> Vec<Role> {
    if caller.user() != Some(row.id) && !holds(caller, access::Capability::SeeRoles) {
        return Vec::new();
    }
    row.roles()
        .iter()
        .filter_map(|role| views.roles.get(*role))
        .map(|role| Role::of(role, views, caller))
        .collect()
}

/// ROL-01; in a session, with the roles that it was opened with (ROL-12).
pub(super) fn access(row: &UserRow, views: &Views, caller: &Caller) -> Vec<Surface> {
    let opening = match caller {
        Caller::Person(person) if person.id == row.id => views.sessions.opening(row.id, person.session),
        _ => None,
    };
    let roles = opening.map_or(row.roles(), |opening| &opening.roles);
    let roles = roles.iter().filter_map(|role| views.roles.get(*role));
    let surfaces: BTreeSet<value::Surface> = roles.flat_map(|role| role.surfaces.iter().copied()).collect();
    surfaces.into_iter().map(Into::into).collect()
}
