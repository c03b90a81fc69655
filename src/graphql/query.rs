//! What can be read.

use async_graphql::{Context, ID, MergedObject, Object, Result};
use rollbook_schema::{RoleId, UserId, value};

use super::access_requests::AccessRequestQueries;
use super::applications;
use super::backups::BackupQueries;
use super::erasures::ErasureQueries;
use super::evidence::EvidenceQueries;
use super::formatting::Written;
use super::groups;
use super::id::{self, GlobalId};
use super::input::{AsOf, HistoryFilter, UserBy, UserFilter, UserOrder};
use super::integrity::IntegrityQueries;
use super::lookup;
use super::mail_wordings::MailWordingQueries;
use super::maskings::MaskingQueries;
use super::outbox::OutboxQueries;
use super::output::{
    AccessProfileDescription, ActingAs, Application, AttributeDefinition, BusinessUnit, Dashboard,
    HistoryConnection, LicensePool, Node, Role, Settings, Team, User, UserConnection, ViewsStatus, Wanted,
};
use super::paging::PageArguments;
use super::past::{self, Past};
use super::reading;
use super::references::{self, ReferenceQueries};
use super::register::RegisterQueries;
use super::retention::RetentionQueries;
use super::rights::{caller, demand, signed_in};
use super::saved_views::SavedViewQueries;
use super::scalar::Position;
use super::user_rules::{self, UserRuleQueries};
use super::when::When;
use crate::access::{Capability, holds, reaches_team};
use crate::directory::Directory;

/// What can be read. `atLeast` waits until the views hold a position, so that nobody reads their own
/// change stale.
#[derive(MergedObject, Default)]
pub struct Query(
    Present,
    Past,
    Written,
    MaskingQueries,
    ErasureQueries,
    IntegrityQueries,
    RegisterQueries,
    AccessRequestQueries,
    ReferenceQueries,
    RetentionQueries,
    UserRuleQueries,
    SavedViewQueries,
    MailWordingQueries,
    EvidenceQueries,
    OutboxQueries,
    BackupQueries,
);

/// What is read of today, and much of it as of a moment.
#[derive(Default)]
pub struct Present;

#[Object]
impl Present {
    /// Who is signed in; null for nobody.
    async fn me(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        match caller(ctx).user() {
            Some(user) => find_user(ctx, user),
            None => Ok(None),
        }
    }

    /// As whom you act, where you act as somebody else (`startProxy`); null otherwise.
    async fn acting_as(&self, ctx: &Context<'_>) -> Result<Option<ActingAs>> {
        Ok(ActingAs::of(&ctx.data::<Directory>()?.views(), &caller(ctx)))
    }

    /// Anything by its id; null if there is no such thing, or not for you.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Node>> {
        signed_in(ctx)?;
        Ok(match GlobalId::parse(&id) {
            Some(GlobalId::User(user)) => find_user(ctx, user)?.map(Node::User),
            Some(GlobalId::Role(role)) => find_role(ctx, role)?.map(Node::Role),
            Some(GlobalId::Dashboard(id)) => {
                let views = ctx.data::<Directory>()?.views();
                views.dashboards.is_known(id).then(|| Node::Dashboard(Dashboard::of(id, &views)))
            }
            Some(GlobalId::Team(team)) => groups::team(ctx, team)?.map(Node::Team),
            Some(GlobalId::BusinessUnit(unit)) => groups::business_unit(ctx, unit)?.map(Node::BusinessUnit),
            Some(GlobalId::Attribute(attribute)) => {
                let views = ctx.data::<Directory>()?.views();
                AttributeDefinition::find(attribute, &views, &caller(ctx)).map(Node::AttributeDefinition)
            }
            Some(GlobalId::Application(id)) => applications::application(ctx, id)?.map(Node::Application),
            Some(GlobalId::Artefact(artefact)) => references::artefact(ctx, artefact)?.map(Node::Artefact),
            Some(GlobalId::UserRule(rule)) => user_rules::rule(ctx, rule)?.map(Node::UserRule),
            Some(GlobalId::Event(position)) => reading::entry(ctx, position).await?.map(Node::HistoryEntry),
            None => None,
        })
    }

    /// One user; null if there is none, or not for you. By username or email needs the right to find
    /// people. With `asOf`: as the user was at a moment, for who may see history; what is erased by now, or
    /// masked, is so at every moment.
    async fn user(
        &self,
        ctx: &Context<'_>,
        by: UserBy,
        as_of: Option<AsOf>,
        at_least: Option<Position>,
    ) -> Result<Option<User>> {
        signed_in(ctx)?;
        reading::at_least(ctx, at_least).await?;
        if let Some(as_of) = as_of {
            return past::user(ctx, by, as_of).await;
        }
        let user = match by {
            UserBy::Id(id) => id::user(&id),
            UserBy::Username(username) => {
                demand(ctx, Capability::FindPeople)?;
                ctx.data::<Directory>()?.views().users.any_by_username(username.trim())
            }
            UserBy::Email(email) => {
                demand(ctx, Capability::FindPeople)?;
                ctx.data::<Directory>()?.views().users.by_email(email.trim())
            }
        };
        user.map_or(Ok(None), |user| find_user(ctx, user))
    }

    /// A page of users: 50, at most 100. Ordered by display name if nothing is said, or by creation for
    /// readers who may not find people. With `asOf`: as the list was at a moment, for who may see history.
    #[expect(clippy::too_many_arguments, reason = "the arguments of the field")]
    async fn users(
        &self,
        ctx: &Context<'_>,
        filter: Option<UserFilter>,
        order_by: Option<UserOrder>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        as_of: Option<AsOf>,
        at_least: Option<Position>,
    ) -> Result<UserConnection> {
        demand(ctx, Capability::SeeUsers)?;
        reading::at_least(ctx, at_least).await?;
        let when = When::named(ctx, as_of).await?;
        reading::users(ctx, &when, filter, order_by, PageArguments { first, after, last, before })
    }

    /// Whom work or a role may be given to: users whose name, username or email holds each word of the
    /// text, by display name; 10, at most 50. Disabled, deleted, masked and reserved users are none.
    async fn lookup_users(&self, ctx: &Context<'_>, text: String, first: Option<i32>) -> Result<Vec<User>> {
        demand(ctx, Capability::FindPeople)?;
        lookup::lookup_users(ctx, text, first)
    }

    /// Who owns a new record: the user that is named; user 4 if nobody is; user 7 for a guest's case,
    /// which is refused unless guests may open cases.
    async fn resolve_owner(
        &self,
        ctx: &Context<'_>,
        owner_id: Option<ID>,
        #[graphql(default)] guest: bool,
    ) -> Result<ID> {
        lookup::resolve_owner(ctx, owner_id, guest)
    }

    /// The seats, by type. With `asOf`: as they were at a moment, for who may see history.
    async fn licenses(
        &self,
        ctx: &Context<'_>,
        as_of: Option<AsOf>,
        at_least: Option<Position>,
    ) -> Result<Vec<LicensePool>> {
        demand(ctx, Capability::SeeLicenses)?;
        reading::at_least(ctx, at_least).await?;
        let when = When::named(ctx, as_of).await?;
        let counts = when.held(ctx)?.licenses.all();
        Ok(counts.into_iter().map(LicensePool::from).collect())
    }

    /// Every role, in the order of creation.
    async fn roles(&self, ctx: &Context<'_>, at_least: Option<Position>) -> Result<Vec<Role>> {
        let caller = demand(ctx, Capability::SeeRoles)?;
        reading::at_least(ctx, at_least).await?;
        let views = ctx.data::<Directory>()?.views();
        Ok(views
            .roles
            .iter()
            .filter(|role| !role.deleted)
            .map(|role| Role::of(role, &views, &caller))
            .collect())
    }

    /// One role; null if there is none, or not for you.
    async fn role(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Role>> {
        signed_in(ctx)?;
        id::role(&id).map_or(Ok(None), |role| find_role(ctx, role))
    }

    /// Every application, in the order of creation.
    async fn applications(&self, ctx: &Context<'_>, at_least: Option<Position>) -> Result<Vec<Application>> {
        demand(ctx, Capability::SeeRoles)?;
        reading::at_least(ctx, at_least).await?;
        applications::applications(ctx)
    }

    /// One application; null if there is none, or not for you.
    async fn application(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Application>> {
        signed_in(ctx)?;
        id::application(&id).map_or(Ok(None), |id| applications::application(ctx, id))
    }

    /// The access profiles that can be assigned, and what each permits.
    async fn access_profiles(&self, ctx: &Context<'_>) -> Result<Vec<AccessProfileDescription>> {
        signed_in(ctx)?;
        Ok(AccessProfileDescription::all())
    }

    /// May you open this page of the client portal? Only a client may, whose roles list it.
    async fn may_open_portal_page(&self, ctx: &Context<'_>, page: String) -> Result<bool> {
        let caller = signed_in(ctx)?;
        let views = ctx.data::<Directory>()?.views();
        let pages = caller.user().map(|user| applications::portal_pages(user, &views, &caller));
        Ok(pages.unwrap_or_default().contains(&page))
    }

    /// Every team that you reach, in the order of creation.
    async fn teams(&self, ctx: &Context<'_>, at_least: Option<Position>) -> Result<Vec<Team>> {
        demand(ctx, Capability::SeeTeams)?;
        reading::at_least(ctx, at_least).await?;
        groups::teams(ctx)
    }

    /// One team; null if there is none, or not for you.
    async fn team(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Team>> {
        signed_in(ctx)?;
        id::team(&id).map_or(Ok(None), |team| groups::team(ctx, team))
    }

    /// Every business unit, in the order of creation.
    async fn business_units(
        &self,
        ctx: &Context<'_>,
        at_least: Option<Position>,
    ) -> Result<Vec<BusinessUnit>> {
        demand(ctx, Capability::SeeTeams)?;
        reading::at_least(ctx, at_least).await?;
        groups::business_units(ctx)
    }

    /// One business unit; null if there is none, or not for you.
    async fn business_unit(&self, ctx: &Context<'_>, id: ID) -> Result<Option<BusinessUnit>> {
        signed_in(ctx)?;
        id::business_unit(&id).map_or(Ok(None), |unit| groups::business_unit(ctx, unit))
    }

    /// The agents of a business unit to whom work may be given: enabled ones only. A page of users.
    #[expect(clippy::too_many_arguments, reason = "the arguments of the field")]
    async fn assignable_agents(
        &self,
        ctx: &Context<'_>,
        business_unit: ID,
        order_by: Option<UserOrder>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        at_least: Option<Position>,
    ) -> Result<UserConnection> {
        demand(ctx, Capability::SeeUsers)?;
        reading::at_least(ctx, at_least).await?;
        let filter = UserFilter::assignable_to(business_unit);
        reading::users(
            ctx,
            &When::default(),
            Some(filter),
            order_by,
            PageArguments { first, after, last, before },
        )
    }

    /// A page of history: 50, at most 100. The own history needs no right.
    #[expect(clippy::too_many_arguments, reason = "the arguments of the field")]
    async fn history(
        &self,
        ctx: &Context<'_>,
        filter: Option<HistoryFilter>,
        #[graphql(default = true)] newest_first: bool,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        at_least: Option<Position>,
    ) -> Result<HistoryConnection> {
        reading::at_least(ctx, at_least).await?;
        let filter = filter.unwrap_or_default().into();
        reading::history(ctx, filter, newest_first, PageArguments { first, after, last, before }).await
    }

    /// The settings in force.
    async fn settings(&self, ctx: &Context<'_>, at_least: Option<Position>) -> Result<Settings> {
        demand(ctx, Capability::SeeSettings)?;
        reading::at_least(ctx, at_least).await?;
        let directory = ctx.data::<Directory>()?;
        let ((settings, version), views) = (directory.settings_and_version(), directory.views());
        Ok(Settings::of(&settings, version, |team| reaches_team(&caller(ctx), &views.teams, team)))
    }

    /// How far the views are, and the digests of what they hold.
    async fn views(&self, ctx: &Context<'_>) -> Result<ViewsStatus> {
        demand(ctx, Capability::SeeViews)?;
        Ok(ViewsStatus { position: ctx.data::<Directory>()?.reached().into() })
    }

    /// Chats at once of every agent who has no limit alone.
    async fn default_max_chats(&self, ctx: &Context<'_>) -> Result<u16> {
        signed_in(ctx)?;
        Ok(ctx.data::<Directory>()?.views().chat_limits.default_limit().chats())
    }

    /// Every dashboard that is there, in the order of creation, the system's first.
    async fn dashboards(&self, ctx: &Context<'_>) -> Result<Vec<Dashboard>> {
        signed_in(ctx)?;
        let views = ctx.data::<Directory>()?.views();
        Ok(views.dashboards.present().map(|id| Dashboard::of(id, &views)).collect())
    }

    /// Every custom attribute, in the order of definition; for whoever sees no users, those of their own kind.
    async fn attribute_definitions(
        &self,
        ctx: &Context<'_>,
        #[graphql(default)] with_retired: bool,
    ) -> Result<Vec<AttributeDefinition>> {
        signed_in(ctx)?;
        Ok(AttributeDefinition::all(&ctx.data::<Directory>()?.views(), with_retired, &caller(ctx)))
    }

    /// Every time zone that a user can choose.
    async fn time_zones(&self, ctx: &Context<'_>) -> Result<Vec<&'static str>> {
        signed_in(ctx)?;
        Ok(value::TimeZone::names())
    }

    /// The position of the last event that can be read: for `atLeast`, and to follow `events` from.
    async fn head(&self, ctx: &Context<'_>) -> Result<Position> {
        signed_in(ctx)?;
        Ok(ctx.data::<Directory>()?.reached().into())
    }
}

fn find_user(ctx: &Context<'_>, user: UserId) -> Result<Option<User>> {
    let wanted = Wanted::at([ctx.look_ahead()]);
    Ok(User::find(&ctx.data::<Directory>()?.views(), user, &caller(ctx), &wanted))
}

fn find_role(ctx: &Context<'_>, role: RoleId) -> Result<Option<Role>> {
    let caller = caller(ctx);
    if !holds(&caller, Capability::SeeRoles) {
        return Ok(None);
    }
    let views = ctx.data::<Directory>()?.views();
    Ok(views.roles.get(role).map(|row| Role::of(row, &views, &caller)))
}
