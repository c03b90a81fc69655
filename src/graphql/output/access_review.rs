//! The access review: who held which right.

use async_graphql::{ComplexObject, Context, Enum, ID, Result, SimpleObject};
use rollbook_projections::access_review::{Holding, Right};
use rollbook_schema::UserId;

use super::{Role, Team, User, Wanted};
use crate::graphql::id;
use crate::graphql::paging::PageInfo;
use crate::graphql::rights::caller;
use crate::graphql::scalar::{DateTime, Position};
use crate::graphql::vocabulary::{AccessProfile, ActorKind, LicenseType, ProxyScope};
use crate::graphql::when::When;

/// What can be held.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum RightKind {
    /// Administrative capabilities beyond those of everybody.
    AccessProfile,
    /// Held even while the user is disabled, when it takes no seat.
    License,
    Role,
    Team,
    /// To act as others, which some access profiles permit.
    Proxy,
}

impl RightKind {
    pub(in crate::graphql) fn of(right: &Right<'_>) -> RightKind {
        match right {
            Right::AccessProfile(_) => RightKind::AccessProfile,
            Right::License(_) => RightKind::License,
            Right::Role(_) => RightKind::Role,
            Right::Team(_) => RightKind::Team,
            Right::Proxy(_) => RightKind::Proxy,
        }
    }
}

/// A right that somebody held, and who had given it.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(in crate::graphql) struct HeldRight {
    pub right: RightKind,
    /// False while the user is disabled: nothing can be done with it then.
    pub user_active: bool,
    pub access_profile: Option<AccessProfile>,
    pub license: Option<LicenseType>,
    /// Whom it covers: of `SELECTED` see the user's `proxyGrant`.
    pub proxy_scope: Option<ProxyScope>,
    /// Who really gave it.
    pub granted_by: ID,
    pub granted_by_kind: ActorKind,
    /// As whom, where they acted as somebody else.
    pub granted_on_behalf_of: Option<ID>,
    /// By which event.
    pub position: Position,
    /// When that was recorded.
    pub granted_at: DateTime,
    #[graphql(skip)]
    of: UserId,
    #[graphql(skip)]
    role: Option<rollbook_schema::RoleId>,
    #[graphql(skip)]
    team: Option<rollbook_schema::TeamId>,
    #[graphql(skip)]
    when: When,
}

#[ComplexObject]
impl HeldRight {
    /// Who held it, as of that moment.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        let (views, wanted) = (self.when.held(ctx)?, Wanted::at([ctx.look_ahead()]));
        Ok(User::find(views.scene(), self.of, &caller(ctx), &wanted))
    }

    async fn role(&self, ctx: &Context<'_>) -> Result<Option<Role>> {
        let views = self.when.held(ctx)?;
        let row = self.role.and_then(|role| views.roles.get(role));
        Ok(row.map(|row| Role::of(row, views.scene(), &caller(ctx))))
    }

    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let views = self.when.held(ctx)?;
        Ok(self.team.and_then(|team| Team::find(views.scene(), team, &caller(ctx))))
    }
}

impl HeldRight {
    pub(in crate::graphql) fn of(holding: &Holding<'_>, when: &When) -> HeldRight {
        let granted = holding.granted;
        let mut held = HeldRight {
            right: RightKind::of(&holding.right),
            user_active: holding.active,
            access_profile: None,
            license: None,
            proxy_scope: None,
            granted_by: id::of_user(granted.actor.id),
            granted_by_kind: granted.actor.kind.into(),
            granted_on_behalf_of: granted.on_behalf_of.map(id::of_user),
            position: granted.position.into(),
            granted_at: granted.at.into(),
            of: holding.user,
            role: None,
            team: None,
            when: when.clone(),
        };
        match holding.right {
            Right::AccessProfile(profile) => held.access_profile = Some(profile.into()),
            Right::License(license) => held.license = Some(license.into()),
            Right::Role(role) => held.role = Some(role),
            Right::Team(team) => held.team = Some(team),
            Right::Proxy(grant) => held.proxy_scope = Some(grant.scope.into()),
        }
        held
    }
}

/// A page of an access review.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(in crate::graphql) struct AccessReviewConnection {
    pub edges: Vec<AccessReviewEdge>,
    pub page_info: PageInfo,
    /// How many rights the filter lets through: exact.
    pub total_count: u64,
    /// The moment, for further pages.
    pub as_of: Position,
}

/// A right on a page.
#[derive(SimpleObject)]
pub(in crate::graphql) struct AccessReviewEdge {
    pub cursor: String,
    pub node: HeldRight,
}

#[ComplexObject]
impl AccessReviewConnection {
    /// The rights of the page, without their cursors.
    async fn nodes(&self) -> Vec<&HeldRight> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }
}
