//! Applications, and what users may do in them.

use std::collections::BTreeSet;

use async_graphql::{ComplexObject, Context, Enum, ID, Result, SimpleObject};
use rollbook_projections::application_access::{AssumedRoles, Pair};
use rollbook_projections::view::{ApplicationRow, Views};
use rollbook_schema::value::{self, Settings};
use rollbook_schema::{RoleId, UserId};

use super::Role;
use crate::access::{Caller, Capability, holds};
use crate::directory::Directory;
use crate::graphql::id;
use crate::graphql::rights::caller;
use crate::graphql::vocabulary::Surface;
use crate::graphql::when::{Scene, When};

/// What several roles in one application amount to.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::RolePolicy")]
pub(in crate::graphql) enum RolePolicy {
    /// All of them together are in force.
    Union,
    /// One at a time is in force, chosen in each session by `chooseActiveRole`.
    ActiveOne,
}

/// An application, which users run in roles.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub(in crate::graphql) struct Application {
    /// `application_` and a number.
    pub id: ID,
    /// Null once it was erased.
    pub name: Option<String>,
    /// Null: as the settings say.
    pub role_policy: Option<RolePolicy>,
    pub deleted: bool,
    #[graphql(skip)]
    offered: Vec<RoleId>,
    #[graphql(skip)]
    when: When,
}

#[ComplexObject]
impl Application {
    /// Which roles may be assumed in it, in the order of the roles' creation. Empty for readers who may not
    /// see roles.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<Role>> {
        let (views, caller) = (self.when.held(ctx)?, caller(ctx));
        let offered = if holds(&caller, Capability::SeeRoles) { self.offered.as_slice() } else { &[] };
        Ok(roles(offered, views.scene(), &caller))
    }

    /// What several roles amount to here.
    async fn effective_role_policy(&self, ctx: &Context<'_>) -> Result<RolePolicy> {
        let of_all = ctx.data::<Directory>()?.settings_in(&*self.when.held(ctx)?).role_policy;
        Ok(self.role_policy.unwrap_or(of_all.into()))
    }
}

impl Application {
    pub(in crate::graphql) fn of<'a>(row: &ApplicationRow, scene: impl Into<Scene<'a>>) -> Application {
        Application {
            id: id::of_application(row.id),
            name: row.name.as_ref().map(|name| name.as_str().to_owned()),
            role_policy: row.policy.map(Into::into),
            deleted: row.deleted,
            offered: row.roles.clone(),
            when: scene.into().when.clone(),
        }
    }
}

/// An application that somebody may run.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct ApplicationAccess {
    pub application: Application,
    /// The roles that may be assumed in it, in the order of the roles' creation.
    pub roles: Vec<Role>,
    /// Those of them that are in force: all, or the one that is active.
    pub active_roles: Vec<Role>,
    /// What the roles that are in force give access to.
    pub access: Vec<Surface>,
}

/// The role that is in force in an application where one is at a time.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct ActiveRole {
    pub application: Application,
    pub role: Role,
}

/// What a user may run. For the own account: in this session. For others: as their next session will
/// begin; shown to readers who may see roles.
pub(in crate::graphql) fn applications(
    user: UserId,
    scene: Scene<'_>,
    caller: &Caller,
    settings: &Settings,
) -> Vec<ApplicationAccess> {
    let views = scene.shown;
    let Some(assumed) = assumed(user, scene, caller) else { return Vec::new() };
    let access = |pair: &Pair| {
        let row = views.applications.present(pair.application)?;
        let active = match row.policy.unwrap_or(settings.role_policy) {
            value::RolePolicy::Union => pair.roles.clone(),
            value::RolePolicy::ActiveOne => assumed.in_force(pair.application).into_iter().collect(),
        };
        Some(ApplicationAccess {
            application: Application::of(row, scene),
            roles: roles(&pair.roles, scene, caller),
            access: surfaces(&active, views),
            active_roles: roles(&active, scene, caller),
        })
    };
    assumed.pairs.iter().filter_map(access).collect()
}

/// The active roles of a session.
pub(in crate::graphql) fn active_roles(
    assumed: &AssumedRoles,
    views: &Views,
    caller: &Caller,
    settings: &Settings,
) -> Vec<ActiveRole> {
    let active = |pair: &Pair| {
        let row = views.applications.present(pair.application)?;
        let is_one = row.policy.unwrap_or(settings.role_policy) == value::RolePolicy::ActiveOne;
        let role = views.roles.get(assumed.in_force(pair.application).filter(|_| is_one)?)?;
        Some(ActiveRole { application: Application::of(row, views), role: Role::of(role, views, caller) })
    };
    assumed.pairs.iter().filter_map(active).collect()
}

/// The application that is seen first, and the role in it that a session begins with (PRF-17, PRF-18).
pub(in crate::graphql) fn initial(user: UserId, scene: Scene<'_>, caller: &Caller) -> Option<ActiveRole> {
    sees(user, caller).then_some(())?;
    let views = scene.shown;
    let access = views.sessions.application_access();
    let application = access.initial_application(user)?;
    let role = views.roles.get(access.opening(user).in_force(application)?)?;
    let row = views.applications.present(application)?;
    Some(ActiveRole { application: Application::of(row, scene), role: Role::of(role, scene, caller) })
}

/// `None` where the caller may not see it.
fn assumed(user: UserId, scene: Scene<'_>, caller: &Caller) -> Option<AssumedRoles> {
    let views = scene.shown;
    match caller {
        Caller::Person(person) if person.id == user && scene.when.position().is_none() => {
            let rights = views.sessions.rights(user, person.session);
            Some(rights.map(|rights| rights.roles.clone()).unwrap_or_default())
        }
        caller => sees(user, caller).then(|| views.sessions.application_access().opening(user)),
    }
}

fn sees(user: UserId, caller: &Caller) -> bool {
    caller.user() == Some(user) || holds(caller, Capability::SeeRoles)
}

fn roles(roles: &[RoleId], scene: Scene<'_>, caller: &Caller) -> Vec<Role> {
    let rows = roles.iter().filter_map(|role| scene.shown.roles.get(*role));
    rows.map(|row| Role::of(row, scene, caller)).collect()
}

fn surfaces(roles: &[RoleId], views: &Views) -> Vec<Surface> {
    let rows = roles.iter().filter_map(|role| views.roles.get(*role));
    let surfaces: BTreeSet<value::Surface> = rows.flat_map(|role| role.surfaces.iter().copied()).collect();
    surfaces.into_iter().map(Into::into).collect()
}
