//! Acting as somebody else: as whom, and what is not for whoever acts as another.

use rollbook_projections::view::{UserRow, Views};
use rollbook_schema::command::Command;
use rollbook_schema::value::{AccessProfile, LicenseType};
use rollbook_schema::{RejectionCode, UserId};

use super::reach::{reaches, reaches_wholly};
use super::{Caller, Capability, Person, holds};

/// Does whoever has the first profile hold all that the second permits? Nobody acts as somebody with
/// rights of which they lack one (PXY-26).
#[must_use]
pub fn has_all_of(own: AccessProfile, other: AccessProfile) -> bool {
    let holds = |profile, capability: &Capability| capability.holders().contains(&profile);
    Capability::ALL.iter().all(|capability| !holds(other, capability) || holds(own, capability))
}

/// May the caller act as this user now? What a button for it asks (PXY-02); the command asks again.
#[must_use]
pub fn may_proxy(caller: &Caller, views: &Views, row: &UserRow) -> bool {
    let Caller::Person(person) = caller else { return false };
    let grant = views.proxy_grants.of(person.id);
    holds(caller, Capability::ProxyLogin)
        && person.proxy.is_none()
        && person.license != Some(LicenseType::ReadOnly)
        && person.id != row.id
        && row.active
        && has_all_of(person.profile, row.access_profile)
        && reaches(caller, &views.teams, row.id)
        && reaches_wholly(caller, &views.teams, row)
        && grant.covers(row.id, views.teams.of(row.id))
}

/// Is a proxy session still one, with the rights of now? It is over when the one who acts is disabled or
/// loses the right to, or when the user gets rights that they lack.
#[must_use]
pub fn stays_proxy(actor: &UserRow, user: &UserRow) -> bool {
    actor.active && keeps_proxy(actor.access_profile, user.access_profile)
}

/// The same of the profiles of two who are both enabled.
#[must_use]
pub fn keeps_proxy(actor: AccessProfile, user: AccessProfile) -> bool {
    Capability::ProxyLogin.holders().contains(&actor) && has_all_of(actor, user)
}

/// What is not for whoever acts as another, though it is for the other (PXY-04): passwords of both, and
/// anybody's proxy grants; to act as a third; to act in the name of an automation, which would hide who did.
pub(super) fn may_ask(person: &Person, command: &Command) -> Result<(), RejectionCode> {
    let Some(real) = person.proxy else { return Ok(()) };
    let is_one_of_both = |user: UserId| user == person.id || user == real.user;
    match command {
        Command::StartProxy(_) | Command::StartSupport(_) => Err(RejectionCode::NestedProxy),
        // What the person is to see is not taken away by whom it tells of (NOT-05).
        Command::DismissNotice(_) => Err(RejectionCode::Forbidden),
        Command::SetPassword(c) if is_one_of_both(c.user) => Err(RejectionCode::Forbidden),
        Command::ResetPassword(c) if is_one_of_both(c.user) => Err(RejectionCode::Forbidden),
        Command::SetSecurityQuestion(_) => Err(RejectionCode::Forbidden),
        Command::RemoveSecurityQuestion(c) if is_one_of_both(c.user) => Err(RejectionCode::Forbidden),
        Command::ChangeProxyGrant(_) => Err(RejectionCode::Forbidden),
        Command::CreateUser(c) if c.rule.is_some() => Err(RejectionCode::Forbidden),
        _ => Ok(()),
    }
}
