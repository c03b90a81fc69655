//! Which users, in which order.

use async_graphql::{Enum, ID, InputObject, OneofObject, Result};
use rollbook_projections::view;
use rollbook_schema::{BusinessUnitId, RoleId, TeamId};

use super::AttributeFilter;
use crate::access::{Caller, reach, reaches_team};
use crate::graphql::fault::invalid;
use crate::graphql::id;
use crate::graphql::segment::UserSegment;
use crate::graphql::vocabulary::{AccessProfile, LicenseType, OrderDirection, UserKind};
use crate::graphql::when::Scene;

/// One way to name a user.
#[derive(OneofObject)]
pub(in crate::graphql) enum UserBy {
    Id(ID),
    /// Compared without case.
    Username(String),
    /// Compared without case.
    Email(String),
}

/// Who is listed. What is not named does not matter; everything named must hold.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct UserFilter {
    kind: Option<UserKind>,
    active: Option<bool>,
    locked: Option<bool>,
    /// The seat held.
    license: Option<LicenseFilter>,
    /// Who has this role.
    role: Option<ID>,
    /// Who has which roles.
    roles: Option<RolesFilter>,
    /// Who is in this team.
    team: Option<ID>,
    /// With `team`: who is in a team below it, too.
    #[graphql(default = true)]
    with_subteams: bool,
    /// Who belongs to this business unit.
    business_unit: Option<ID>,
    access_profile: Option<AccessProfile>,
    email_verified: Option<bool>,
    /// `EVERYONE` is both of the others.
    segment: Option<UserSegment>,
    /// Whose username and email were masked.
    masked: Option<bool>,
    /// Whether deleted users are listed; `EXCLUDED`, if it is not given.
    deleted: Option<DeletedFilter>,
    /// Words, each of which must be part of a name, the username or the email. Compared without case;
    /// found without diacritics too.
    pub text: Option<String>,
    /// Reserved users too; they are in no list, picker or count that does not ask for them.
    #[graphql(default)]
    include_standard: bool,
    /// Who has all of these values of custom attributes.
    #[graphql(default)]
    pub attributes: Vec<AttributeFilter>,
    /// Only those whose password can be reset here: neither LDAP users nor those whose username was masked.
    #[graphql(default)]
    pub resettable: bool,
    /// The business unit counts as far as it is in force (TEA-05).
    #[graphql(skip)]
    in_force: bool,
}

/// Who is in which groups.
pub(in crate::graphql) struct GroupFilter {
    team: Option<TeamId>,
    with_subteams: bool,
    business_unit: Option<BusinessUnitId>,
    in_force: bool,
}

impl GroupFilter {
    /// Those who are in all groups named, as far as the caller reaches; `None`: everybody.
    pub(in crate::graphql) fn among(&self, scene: Scene<'_>, caller: &Caller) -> Option<view::UserSet> {
        let (teams, today) = (&scene.shown.teams, &scene.today.teams);
        let in_team = self.team.map(|team| match (reaches_team(caller, today, team), self.with_subteams) {
            (false, _) => view::UserSet::default(),
            (true, false) => teams.members(team),
            (true, true) => teams.members_within(team),
        });
        let in_unit = self.business_unit.map(|unit| match self.in_force {
            true => scene.shown.sessions.in_business_unit(unit),
            false => scene.shown.business_units.members(unit),
        });
        let sets = [in_team, in_unit, reach(caller, today)];
        sets.into_iter().flatten().reduce(|all, set| all.and(&set))
    }
}

/// Who has which roles.
#[derive(InputObject)]
pub(in crate::graphql) struct RolesFilter {
    /// At least one of these.
    any_of: Vec<ID>,
}

/// Which seat is held.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum LicenseFilter {
    ReadWrite,
    ReadOnly,
    /// No seat.
    None,
}

/// Whether deleted users are listed.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "view::DeletedFilter")]
pub(in crate::graphql) enum DeletedFilter {
    Excluded,
    Included,
    /// Deleted users only.
    Only,
}

/// By what users are ordered; who is equal in it follows by id.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "UserOrderField")]
pub(in crate::graphql) enum UserOrderField {
    DisplayName,
    Email,
    Username,
    CreatedAt,
    /// Who never signed in comes before everybody who did.
    LastSignInAt,
    Id,
}

/// By what, and which way.
#[derive(InputObject, Clone, Copy)]
pub(in crate::graphql) struct UserOrder {
    pub field: UserOrderField,
    #[graphql(default_with = "OrderDirection::Asc")]
    pub direction: OrderDirection,
}

impl UserOrderField {
    /// The order shows names or addresses, even to who cannot read them.
    pub(in crate::graphql) fn is_personal(self) -> bool {
        matches!(self, UserOrderField::DisplayName | UserOrderField::Email | UserOrderField::Username)
    }
}

impl From<UserOrderField> for view::UserOrder {
    fn from(field: UserOrderField) -> Self {
        match field {
            UserOrderField::DisplayName => view::UserOrder::DisplayName,
            UserOrderField::Email => view::UserOrder::Email,
            UserOrderField::Username => view::UserOrder::Username,
            UserOrderField::CreatedAt => view::UserOrder::CreatedAt,
            UserOrderField::LastSignInAt => view::UserOrder::LastSignIn,
            UserOrderField::Id => view::UserOrder::Id,
        }
    }
}

impl From<LicenseFilter> for view::LicenseFilter {
    fn from(filter: LicenseFilter) -> Self {
        match filter {
            LicenseFilter::ReadWrite => view::LicenseFilter::Holds(LicenseType::ReadWrite.into()),
            LicenseFilter::ReadOnly => view::LicenseFilter::Holds(LicenseType::ReadOnly.into()),
            LicenseFilter::None => view::LicenseFilter::None,
        }
    }
}

impl UserFilter {
    /// The filter of the view.
    pub(in crate::graphql) fn parse(self) -> Result<view::UserFilter> {
        Ok(view::UserFilter {
            kind: self.kind.map(Into::into),
            active: self.active,
            locked: self.locked,
            license: self.license.map(Into::into),
            roles: roles(self.role, self.roles)?,
            access_profile: self.access_profile.map(Into::into),
            email_verified: verified(self.email_verified, self.segment)?,
            masked: if self.resettable { Some(false) } else { self.masked },
            deleted: self.deleted.map(Into::into).unwrap_or_default(),
            among: None,
            except: None,
            text: self.text,
            standard: self.include_standard,
        })
    }

    /// Which groups are named. An id that names none is one that nobody is in.
    pub(in crate::graphql) fn groups(&self) -> GroupFilter {
        GroupFilter {
            team: self.team.as_ref().map(|team| id::team(team).unwrap_or(TeamId(0))),
            with_subteams: self.with_subteams,
            business_unit: self
                .business_unit
                .as_ref()
                .map(|unit| id::business_unit(unit).unwrap_or(BusinessUnitId(0))),
            in_force: self.in_force,
        }
    }

    /// Who is in a team.
    pub(in crate::graphql) fn of_team(team: ID, with_subteams: bool) -> UserFilter {
        UserFilter { team: Some(team), with_subteams, ..UserFilter::default() }
    }

    /// Who belongs to a business unit.
    pub(in crate::graphql) fn of_business_unit(business_unit: ID) -> UserFilter {
        UserFilter { business_unit: Some(business_unit), ..UserFilter::default() }
    }

    /// The agents of a business unit who can be given work (TEA-07).
    pub(in crate::graphql) fn assignable_to(business_unit: ID) -> UserFilter {
        UserFilter {
            kind: Some(UserKind::Agent),
            active: Some(true),
            business_unit: Some(business_unit),
            in_force: true,
            ..UserFilter::default()
        }
    }
}

/// A segment is a name for a flag; a list asks by one of them.
fn verified(flag: Option<bool>, segment: Option<UserSegment>) -> Result<Option<bool>> {
    match (flag, segment) {
        (flag, None) => Ok(flag),
        (None, Some(segment)) => Ok(segment.verified()),
        (Some(_), Some(_)) => Err(invalid("use either emailVerified or segment")),
    }
}

/// An id that names no role is one that nobody has.
fn roles(role: Option<ID>, roles: Option<RolesFilter>) -> Result<Option<view::RoleFilter>> {
    let named = |id: &ID| id::role(id).unwrap_or(RoleId(0));
    match (role, roles) {
        (None, None) => Ok(None),
        (Some(role), None) => Ok(Some(view::RoleFilter::AnyOf(vec![named(&role)]))),
        (None, Some(roles)) => Ok(Some(view::RoleFilter::AnyOf(roles.any_of.iter().map(named).collect()))),
        (Some(_), Some(_)) => Err(invalid("use either role or roles")),
    }
}
