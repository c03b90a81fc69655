//! A user, as far as the caller may see them.

use std::collections::BTreeSet;

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use rollbook_projections::view::{UserRow, Views};
use rollbook_schema::UserId;
use rollbook_schema::value::{self, PersonField};

use super::{BusinessUnit, HistoryConnection, ProxyGrant, Role, Team, Wanted};
use crate::access::{Caller, Capability, holds, may_proxy};
use crate::graphql::closed_list::EventType;
use crate::graphql::id;
use crate::graphql::input::EntryFilter;
use crate::graphql::paging::PageArguments;
use crate::graphql::reading;
use crate::graphql::rights::{sees_person, sees_user};
use crate::graphql::scalar::{DateTime, Version};
use crate::graphql::vocabulary::{AccessProfile, LicenseType, Surface, UserKind};

/// A user. Names, addresses and the like are null where they are not known, and for readers who may
/// not see people.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub(in crate::graphql) struct User {
    /// `user_` and a number, for ever.
    pub id: ID,
    pub kind: UserKind,
    /// The username, or its mask.
    pub username: Option<String>,
    /// The email, or its mask.
    pub email: Option<String>,
    pub email_verified: bool,
    pub display_name: Option<String>,
    pub full_name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub title: Option<String>,
    pub employee_number: Option<String>,
    pub land_line_phone: Option<String>,
    pub mobile_phone: Option<String>,
    pub street_address: Option<String>,
    pub postal_code: Option<String>,
    /// What to call the user: the display name, or `User` and the number where it is not shown.
    pub label: String,
    /// Neither disabled nor deleted.
    pub active: bool,
    /// Work may be given to this user: an agent who is active (STA-02).
    pub assignable: bool,
    /// Sign-in is refused until the account is unlocked; independent of `active`.
    pub locked: bool,
    /// Gone from the directory; only history refers to it.
    pub deleted: bool,
    /// Username and email were masked in all of history.
    pub masked: bool,
    /// The seat held.
    pub license: Option<LicenseType>,
    /// In the order of the roles' creation.
    pub roles: Vec<Role>,
    /// All that the roles give access to, together.
    pub access: Vec<Surface>,
    pub access_profile: AccessProfile,
    /// In the order of the teams' creation. Shown to readers who may see teams; one's own, to everybody.
    pub teams: Vec<Team>,
    /// In the order of their creation. Shown as `teams` are.
    pub business_units: Vec<BusinessUnit>,
    /// You may act as this user now (`startProxy`).
    pub may_proxy: bool,
    /// As whom this user may act. Shown to the user, and to readers who configure it.
    pub proxy_grant: Option<ProxyGrant>,
    pub created_at: DateTime,
    pub last_sign_in_at: Option<DateTime>,
    pub last_sign_out_at: Option<DateTime>,
    /// How many changes the user has seen; signing in is none. Give it back as `expectedVersion`.
    pub version: Version,
    #[graphql(skip)]
    pub key: UserId,
}

#[ComplexObject]
impl User {
    /// What was done to this user; null with an error for readers who may not see history. For the own
    /// one no right is needed.
    #[expect(clippy::too_many_arguments, reason = "the arguments of the field")]
    async fn history(
        &self,
        ctx: &Context<'_>,
        types: Option<Vec<EventType>>,
        since: Option<DateTime>,
        until: Option<DateTime>,
        #[graphql(default = true)] newest_first: bool,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Option<HistoryConnection>> {
        let filter = EntryFilter {
            on: Some(self.key),
            types: types.map(|types| types.into_iter().map(|of| of.0).collect()),
            since: since.map(|since| since.0),
            until: until.map(|until| until.0),
            ..EntryFilter::default()
        };
        let page = PageArguments { first, after, last, before };
        reading::history(ctx, filter, newest_first, page).await.map(Some)
    }
}

impl User {
    /// One user, deleted ones included; `None` for one that the caller may not know of.
    pub(in crate::graphql) fn find(
        views: &Views,
        user: UserId,
        caller: &Caller,
        wanted: &Wanted,
    ) -> Option<User> {
        let row = views.users.get(user).filter(|row| sees_user(views, caller, row.id))?;
        Some(User::of(row, views, caller, wanted))
    }

    /// Copies what is wanted of a row, and may be seen.
    pub(in crate::graphql) fn of(row: &UserRow, views: &Views, caller: &Caller, wanted: &Wanted) -> User {
        let sees_person = sees_person(views, caller, row.id);
        let own = |text: Option<&str>| text.map(str::to_owned);
        let person = |field| {
            if sees_person && wanted.person(field) { own(row.person(field)) } else { None }
        };
        let display_name = person(PersonField::DisplayName);
        User {
            id: id::of_user(row.id),
            kind: row.kind.into(),
            username: if sees_person && wanted.username { own(row.username()) } else { None },
            email: if sees_person && wanted.email { own(row.email()) } else { None },
            email_verified: row.email_verified,
            label: display_name.clone().unwrap_or_else(|| format!("User {}", row.id)),
            display_name,
            full_name: person(PersonField::FullName),
            first_name: person(PersonField::FirstName),
            last_name: person(PersonField::LastName),
            title: person(PersonField::Title),
            employee_number: person(PersonField::EmployeeNumber),
            land_line_phone: person(PersonField::LandLinePhone),
            mobile_phone: person(PersonField::MobilePhone),
            street_address: person(PersonField::StreetAddress),
            postal_code: person(PersonField::PostalCode),
            active: row.active,
            assignable: row.active && !row.deleted && row.kind == value::UserKind::Agent,
            locked: row.locked,
            deleted: row.deleted,
            masked: row.masked,
            license: row.license.map(Into::into),
            roles: if wanted.roles { roles(row, views, caller) } else { Vec::new() },
            access: if wanted.access { access(row, views) } else { Vec::new() },
            access_profile: row.access_profile.into(),
            teams: if wanted.teams { Team::all_of(row.id, views, caller) } else { Vec::new() },
            business_units: if wanted.business_units {
                BusinessUnit::all_of(row.id, views, caller)
            } else {
                Vec::new()
            },
            may_proxy: wanted.may_proxy && may_proxy(caller, views, row),
            proxy_grant: if wanted.proxy_grant { ProxyGrant::find(row.id, views, caller) } else { None },
            created_at: row.created_at.into(),
            last_sign_in_at: row.last_sign_in.map(Into::into),
            last_sign_out_at: row.last_sign_out.map(Into::into),
            version: row.version.into(),
            key: row.id,
        }
    }
}

/// People see their own roles; anybody else's need the right to see roles.
fn roles(row: &UserRow, views: &Views, caller: &Caller) -> Vec<Role> {
    if caller.user() != Some(row.id) && !holds(caller, Capability::SeeRoles) {
        return Vec::new();
    }
    row.roles()
        .iter()
        .filter_map(|role| views.roles.get(*role))
        .map(|role| Role::of(role, views, caller))
        .collect()
}

/// ROL-01.
fn access(row: &UserRow, views: &Views) -> Vec<Surface> {
    let roles = row.roles().iter().filter_map(|role| views.roles.get(*role));
    let surfaces: BTreeSet<value::Surface> = roles.flat_map(|role| role.surfaces.iter().copied()).collect();
    surfaces.into_iter().map(Into::into).collect()
}
