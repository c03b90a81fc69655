//! What the caller may see. Rights to change are asked elsewhere: with each command.

use async_graphql::{Context, Error, Result};
use rollbook_schema::{RejectionCode, UserId};

use super::fault::refused;
use crate::access::{Caller, Capability, holds};

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
pub(super) fn sees_user(caller: &Caller, user: UserId) -> bool {
    caller.user() == Some(user) || holds(caller, Capability::SeeUsers)
}

/// May the caller see this user's names, addresses and the like?
pub(super) fn sees_person(caller: &Caller, user: UserId) -> bool {
    caller.user() == Some(user) || holds(caller, Capability::SeePeople)
}

/// May the caller see what was done to this user?
pub(super) fn sees_history_of(caller: &Caller, user: Option<UserId>) -> bool {
    (user.is_some() && caller.user() == user) || holds(caller, Capability::SeeHistory)
}
