//! What is different between two moments.

use async_graphql::{ComplexObject, Context, Enum, Result, SimpleObject};
use rollbook_projections::view::differences::{Difference, Fate, Pair, UserDifference as Known};
use rollbook_schema::value::ProxyGrant;
use rollbook_schema::{RoleId, TeamId, UserId};

use super::history::{FieldChange, word};
use super::{Role, Team, User, Wanted};
use crate::access::{Caller, Capability, holds, reaches_team};
use crate::graphql::id;
use crate::graphql::paging::PageInfo;
use crate::graphql::rights::{caller, sees_person, sees_user};
use crate::graphql::scalar::Position;
use crate::graphql::vocabulary::{AccessProfile, LicenseType};
use crate::graphql::when::{Scene, When};

/// What became of a user between two moments.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Fate")]
pub(in crate::graphql) enum UserFate {
    /// Came.
    Created,
    /// Went, whether there at the first moment or not.
    Deleted,
    /// Was there at both.
    Changed,
}

/// Everything that is different about one user; what was changed and changed back is not.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(in crate::graphql) struct UserDifference {
    pub fate: UserFate,
    /// Values that were others. Of who came, see `user`.
    pub fields: Vec<FieldChange>,
    #[graphql(skip)]
    known: Known,
    #[graphql(skip)]
    from: When,
    #[graphql(skip)]
    to: When,
}

#[ComplexObject]
impl UserDifference {
    /// As of the later moment.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        let (views, wanted) = (self.to.held(ctx)?, Wanted::at([ctx.look_ahead()]));
        Ok(User::find(views.scene(), self.known.user, &caller(ctx), &wanted))
    }

    /// Roles held at the later moment only. Empty for readers who may not see roles.
    async fn roles_gained(&self, ctx: &Context<'_>) -> Result<Vec<Role>> {
        roles(ctx, &self.to, &self.known.roles_gained)
    }

    /// Roles held at the earlier moment only.
    async fn roles_lost(&self, ctx: &Context<'_>) -> Result<Vec<Role>> {
        roles(ctx, &self.from, &self.known.roles_lost)
    }

    /// Teams that the user is in at the later moment only. Empty for readers who may not see teams.
    async fn teams_gained(&self, ctx: &Context<'_>) -> Result<Vec<Team>> {
        teams(ctx, &self.to, &self.known.teams_gained)
    }

    /// Teams that the user is in at the earlier moment only.
    async fn teams_lost(&self, ctx: &Context<'_>) -> Result<Vec<Team>> {
        teams(ctx, &self.from, &self.known.teams_lost)
    }
}

fn roles(ctx: &Context<'_>, when: &When, roles: &[RoleId]) -> Result<Vec<Role>> {
    let (views, caller) = (when.held(ctx)?, caller(ctx));
    let rows = roles.iter().filter(|_| holds(&caller, Capability::SeeRoles));
    let rows = rows.filter_map(|role| views.roles.get(*role));
    Ok(rows.map(|row| Role::of(row, views.scene(), &caller)).collect())
}

fn teams(ctx: &Context<'_>, when: &When, teams: &[TeamId]) -> Result<Vec<Team>> {
    let (views, caller) = (when.held(ctx)?, caller(ctx));
    Ok(teams.iter().filter_map(|team| Team::find(views.scene(), *team, &caller)).collect())
}

impl UserDifference {
    /// As far as the caller may see it.
    pub(in crate::graphql) fn of(
        known: Known,
        moments: (&When, &When),
        scene: Scene<'_>,
        caller: &Caller,
    ) -> Self {
        let fields = known.values.iter().map(|value| field(value, known.user, scene, caller));
        let proxy = known.proxy.iter().map(|pair| proxy(pair, scene, caller));
        let fields = fields.chain(proxy).collect();
        let (from, to) = (moments.0.clone(), moments.1.clone());
        UserDifference { fate: known.fate.into(), fields, known, from, to }
    }
}

fn field(value: &Difference, user: UserId, scene: Scene<'_>, caller: &Caller) -> FieldChange {
    let personal = |field: &str, pair: &Pair<Option<String>>| {
        shown(field, pair.from.clone(), pair.to.clone(), sees_person(scene.today, caller, user))
    };
    let flag = |field: &str, pair: &Pair<bool>| {
        shown(field, Some(pair.from.to_string()), Some(pair.to.to_string()), true)
    };
    match value {
        Difference::Username(pair) => personal("username", pair),
        Difference::Email(pair) => personal("email", pair),
        Difference::Person(field, pair) => personal(field.name(), pair),
        Difference::EmailVerified(pair) => flag("emailVerified", pair),
        Difference::Active(pair) => flag("active", pair),
        Difference::Locked(pair) => flag("locked", pair),
        Difference::AccessProfile(Pair { from, to }) => {
            let named = |profile| Some(word(AccessProfile::from(profile)));
            shown("accessProfile", named(*from), named(*to), true)
        }
        Difference::License(Pair { from, to }) => {
            let named = |license: Option<_>| license.map(|license| word(LicenseType::from(license)));
            shown("license", named(*from), named(*to), true)
        }
        Difference::ReportsTo(Pair { from, to }) => {
            let named = |user: Option<UserId>| {
                user.filter(|user| sees_user(scene.today, caller, *user)).map(|user| id::of_user(user).0)
            };
            shown("reportsTo", named(*from), named(*to), true)
        }
    }
}

/// `ALL`, or who is named, as far as they may be known of.
fn proxy(pair: &Pair<ProxyGrant>, scene: Scene<'_>, caller: &Caller) -> FieldChange {
    let named = |grant: &ProxyGrant| {
        if *grant == ProxyGrant::default() {
            return Some("ALL".to_owned());
        }
        let users = grant.users.iter().filter(|user| sees_user(scene.today, caller, **user));
        let teams = grant.teams.iter().filter(|team| reaches_team(caller, &scene.today.teams, **team));
        let ids = users.map(|user| id::of_user(*user).0).chain(teams.map(|team| id::of_team(*team).0));
        Some(ids.collect::<Vec<_>>().join(" "))
    };
    shown("proxyGrant", named(&pair.from), named(&pair.to), true)
}

fn shown(field: &str, from: Option<String>, to: Option<String>, sees: bool) -> FieldChange {
    FieldChange {
        field: field.to_owned(),
        from: from.filter(|_| sees),
        to: to.filter(|_| sees),
        erased: false,
        withheld: !sees,
    }
}

/// A page of differences between two moments.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(in crate::graphql) struct UserDifferenceConnection {
    pub edges: Vec<UserDifferenceEdge>,
    pub page_info: PageInfo,
    /// How many users the filter lets through: exact.
    pub total_count: u64,
    /// How many of them came.
    pub created: u64,
    /// How many of them went.
    pub deleted: u64,
    /// How many of them were there at both moments.
    pub changed: u64,
    /// The earlier moment, for further pages.
    pub from: Position,
    /// The later moment, for further pages.
    pub to: Position,
}

/// A user who is different, on a page.
#[derive(SimpleObject)]
pub(in crate::graphql) struct UserDifferenceEdge {
    pub cursor: String,
    pub node: UserDifference,
}

#[ComplexObject]
impl UserDifferenceConnection {
    /// The differences of the page, without their cursors.
    async fn nodes(&self) -> Vec<&UserDifference> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }
}
