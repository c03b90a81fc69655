//! From a row to a user: what is wanted of it, and may be seen.

use std::collections::BTreeSet;

use rollbook_projections::view::{UserRow, Views};
use rollbook_schema::UserId;
use rollbook_schema::value::{self, PersonField};

use super::user_card::{label, primary_label};
use super::{BusinessUnit, ProxyGrant, Role, Team, User, Wanted};
use crate::access::{self, Caller, holds, may_edit, may_proxy};
use crate::graphql::id;
use crate::graphql::rights::{sees_person, sees_user};
use crate::graphql::segment::UserSegment;
use crate::graphql::vocabulary::Surface;
use crate::graphql::when::Scene;

impl User {
    /// One user, deleted and reserved ones included; `None` for one that the caller may not know of.
    pub(in crate::graphql) fn find<'a>(
        scene: impl Into<Scene<'a>>,
        user: UserId,
        caller: &Caller,
        wanted: &Wanted,
    ) -> Option<User> {
        let scene = scene.into();
        let row = scene.shown.users.get_any(user).filter(|row| sees_user(scene.today, caller, row.id))?;
        Some(User::of(row, scene, caller, wanted))
    }

    /// Copies what is wanted of a row, and may be seen.
    pub(in crate::graphql) fn of<'a>(
        row: &UserRow,
        scene: impl Into<Scene<'a>>,
        caller: &Caller,
        wanted: &Wanted,
    ) -> User {
        let scene = scene.into();
        let views = scene.shown;
        // The names of reserved users are nobody's.
        let sees_person = sees_person(scene.today, caller, row.id) || row.kind == value::UserKind::Standard;
        let own = |text: Option<&str>| text.map(str::to_owned);
        let person = |field| {
            if sees_person && wanted.person(field) { own(row.person(field)) } else { None }
        };
        User {
            id: id::of_user(row.id),
            kind: row.kind.into(),
            username: if sees_person && wanted.username { own(row.username()) } else { None },
            email: if sees_person && wanted.email { own(row.email()) } else { None },
            email_verified: row.email_verified,
            segment: UserSegment::of(row),
            label: if wanted.label { label(row, sees_person) } else { String::new() },
            primary_label: if wanted.label { primary_label(row, sees_person) } else { String::new() },
            editable: wanted.editable && may_edit_now(row.id, scene.today, caller),
            display_name: person(PersonField::DisplayName),
            full_name: person(PersonField::FullName),
            first_name: person(PersonField::FirstName),
            last_name: person(PersonField::LastName),
            title: person(PersonField::Title),
            employee_number: person(PersonField::EmployeeNumber),
            land_line_phone: person(PersonField::LandLinePhone),
            mobile_phone: person(PersonField::MobilePhone),
            street_address: person(PersonField::StreetAddress),
            postal_code: person(PersonField::PostalCode),
            signature: person(PersonField::Signature),
            active: row.active,
            assignable: row.active && !row.deleted && row.kind == value::UserKind::Agent,
            locked: row.locked,
            deleted: row.deleted,
            masked: row.masked,
            license: row.license.map(Into::into),
            roles: if wanted.roles { roles(row, scene, caller) } else { Vec::new() },
            access: if wanted.access { access(row, scene, caller) } else { Vec::new() },
            access_profile: row.access_profile.into(),
            teams: if wanted.teams { Team::all_of(row.id, scene, caller) } else { Vec::new() },
            business_units: if wanted.business_units {
                BusinessUnit::all_of(row.id, scene, caller)
            } else {
                Vec::new()
            },
            may_proxy: wanted.may_proxy && may_proxy_now(row.id, scene.today, caller),
            proxy_grant: if wanted.proxy_grant { ProxyGrant::find(row.id, scene, caller) } else { None },
            created_at: row.created_at.into(),
            last_sign_in_at: row.last_sign_in.map(Into::into),
            last_sign_out_at: views.sessions.last_end(row.id).map(|end| end.at.into()),
            last_sign_out_reason: views.sessions.last_end(row.id).map(|end| end.reason.into()),
            must_change_password: views.sessions.demands().must_change(row.id),
            pending_until_next_sign_in: views.sessions.is_pending(row.id),
            version: row.version.into(),
            key: row.id,
            when: scene.when.clone(),
        }
    }
}

/// People see their own roles; anybody else's need the right to see roles.
fn roles(row: &UserRow, scene: Scene<'_>, caller: &Caller) -> Vec<Role> {
    if caller.user() != Some(row.id) && !holds(caller, access::Capability::SeeRoles) {
        return Vec::new();
    }
    row.roles()
        .iter()
        .filter_map(|role| scene.shown.roles.get(*role))
        .map(|role| Role::of(role, scene, caller))
        .collect()
}

/// Nobody acts as somebody of the past.
fn may_proxy_now(user: UserId, today: &Views, caller: &Caller) -> bool {
    today.users.get_any(user).is_some_and(|row| may_proxy(caller, today, row))
}

/// Nobody changes somebody of the past.
fn may_edit_now(user: UserId, today: &Views, caller: &Caller) -> bool {
    today.users.get_any(user).is_some_and(|row| may_edit(caller, today, row))
}

/// ROL-01; in a session, with the roles that it was opened with (ROL-12).
fn access(row: &UserRow, scene: Scene<'_>, caller: &Caller) -> Vec<Surface> {
    let views = scene.shown;
    let opening = match caller {
        Caller::Person(person) if person.id == row.id && scene.when.position().is_none() => {
            views.sessions.opening(row.id, person.session)
        }
        _ => None,
    };
    let roles = opening.map_or(row.roles(), |opening| &opening.roles);
    let roles = roles.iter().filter_map(|role| views.roles.get(*role));
    let surfaces: BTreeSet<value::Surface> = roles.flat_map(|role| role.surfaces.iter().copied()).collect();
    surfaces.into_iter().map(Into::into).collect()
}
