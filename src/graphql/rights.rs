//! What the caller may see. Rights to change are asked elsewhere: with each command.

use async_graphql::{Context, Error, Result};
use rollbook_projections::view::Views;
use rollbook_schema::{RejectionCode, Subject, UserId};

use super::fault::refused;
use crate::access::{Caller, Capability, holds, is_bound, reaches, reaches_team, uses};

/// Who asks; nobody, if the edge put nobody into the request.
pub(super) fn caller(ctx: &Context<'_>) -> Caller {
    ctx.data_opt::<Caller>().copied().unwrap_or(Caller::Anonymous)
}

/// The caller, if somebody is signed in.
pub(super) fn signed_in(ctx: &Context<'_>) -> Result<Caller> {
    match caller(ctx) {
        Caller::Anonymous => Err(refused(RejectionCode::Unauthenticated)),
        // AUT-05: nothing can be read before the password is changed, but who it is.
        Caller::Person(person) if person.must_change_password => {
            Err(refused(RejectionCode::PasswordChangeRequired))
        }
        caller => Ok(caller),
    }
}

/// The caller, if they hold the capability.
pub(super) fn demand(ctx: &Context<'_>, capability: Capability) -> Result<Caller> {
    let caller = signed_in(ctx)?;
    if holds(&caller, capability) { Ok(caller) } else { Err(forbidden()) }
}

pub(super) fn forbidden() -> Error {
    refused(RejectionCode::Forbidden)
}

/// May the caller know that this user exists?
pub(super) fn sees_user(views: &Views, caller: &Caller, user: UserId) -> bool {
    let sees = holds(caller, Capability::SeeUsers)
        && reaches(caller, &views.teams, user)
        && uses(caller, views, user);
    caller.user() == Some(user) || sees
}

/// May the caller see this user's names, addresses and the like?
pub(super) fn sees_person(views: &Views, caller: &Caller, user: UserId) -> bool {
    let sees = holds(caller, Capability::SeePeople)
        && reaches(caller, &views.teams, user)
        && uses(caller, views, user);
    caller.user() == Some(user) || sees
}

/// May the caller see the views that this owner saved? The company's are for those who see lists.
pub(super) fn sees_saved_views(caller: &Caller, owner: UserId) -> bool {
    caller.user() == Some(owner) || (owner == UserId::TENANT && holds(caller, Capability::SeeUsers))
}

/// May the caller ask what was done to this user, or to everybody? What is shown then is bound by reach.
pub(super) fn sees_history_of(caller: &Caller, user: Option<UserId>) -> bool {
    (user.is_some() && caller.user() == user) || holds(caller, Capability::SeeHistory)
}

/// May the caller know that this was done to its subject?
pub(super) fn sees_event(views: &Views, caller: &Caller, subject: Subject) -> bool {
    match subject {
        Subject::User(user) => {
            sees_history_of(caller, Some(user))
                && (caller.user() == Some(user) || reaches(caller, &views.teams, user))
        }
        Subject::UserType => sees_history_of(caller, None) && !is_bound(caller, &views.teams),
        Subject::Team(team) => sees_history_of(caller, None) && reaches_team(caller, &views.teams, team),
        Subject::Role(_)
        | Subject::LicensePool(_)
        | Subject::Tenant
        | Subject::Dashboard(_)
        | Subject::BusinessUnit(_)
        | Subject::Attribute(_)
        | Subject::Application(_)
        | Subject::Artefact(_)
        | Subject::UserRule(_) => sees_history_of(caller, None),
    }
}
