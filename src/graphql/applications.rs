//! Reading applications and portal pages, as far as the caller may know of them.

use std::collections::BTreeSet;

use async_graphql::{Context, Result};
use rollbook_projections::view::Views;
use rollbook_schema::value::{PortalPage, UserKind};
use rollbook_schema::{ApplicationId, UserId};

use super::output::Application;
use super::rights::caller;
use super::when::Scene;
use crate::access::{Caller, Capability, holds};
use crate::directory::Directory;

/// One application, deleted ones included; `None` for readers who neither see roles nor may run it.
pub(super) fn application(ctx: &Context<'_>, application: ApplicationId) -> Result<Option<Application>> {
    let (views, caller) = (ctx.data::<Directory>()?.views(), caller(ctx));
    let sees = holds(&caller, Capability::SeeRoles) || runs(&views, &caller, application);
    Ok(views.applications.get(application).filter(|_| sees).map(|row| Application::of(row, &views)))
}

pub(super) fn applications(ctx: &Context<'_>) -> Result<Vec<Application>> {
    let views = ctx.data::<Directory>()?.views();
    Ok(views.applications.iter().filter(|row| !row.deleted).map(|row| Application::of(row, &views)).collect())
}

fn runs(views: &Views, caller: &Caller, application: ApplicationId) -> bool {
    let Caller::Person(person) = caller else { return false };
    let rights = views.sessions.rights(person.id, person.session);
    rights.is_some_and(|rights| !rights.roles.roles(application).is_empty())
}

/// The pages of the client portal that a user reaches (ROL-05): those of all roles; for the own account,
/// of the roles that this session was opened with. An agent reaches none (ACC-01).
pub(super) fn portal_pages<'a>(user: UserId, scene: impl Into<Scene<'a>>, caller: &Caller) -> Vec<String> {
    let scene = scene.into();
    let views = scene.shown;
    let Some(row) = views.users.get(user).filter(|row| row.kind == UserKind::Client) else {
        return Vec::new();
    };
    let opening = match caller {
        Caller::Person(person) if person.id == user && scene.when.position().is_none() => {
            views.sessions.opening(user, person.session)
        }
        caller if holds(caller, Capability::SeeRoles) => None,
        _ => return Vec::new(),
    };
    let roles = opening.map_or(row.roles(), |opening| &opening.roles);
    let pages = roles.iter().flat_map(|role| views.portal_pages.of(*role)).map(PortalPage::as_str);
    pages.collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect()
}
