//! Rights are judged before the queue, by the views. What was taken while a command waited counts all the
//! same: the writer looks once more, by its own models, at whoever asks.
//!
//! So in the log nobody acts after the event that disabled them, ended their session or took the right.
//! Left to the first look is reach by teams (ROL-13).

use rollbook_projections::decision::{DecisionModels, User};
use rollbook_schema::value::AccessProfile;
use rollbook_schema::{Command, RejectionCode, SessionId, Subject, UserId};

use crate::access::{Caller, Person, keeps_proxy, may_ask};

/// May whoever asked this still ask it?
///
/// # Errors
/// `UNAUTHENTICATED` when the session has ended or its user may not sign in any more; what [`may_ask`]
/// says of the rights of now.
pub fn still_may_ask(
    models: &DecisionModels,
    caller: &Caller,
    command: &Command,
) -> Result<(), RejectionCode> {
    let Caller::Person(person) = caller else { return Ok(()) };
    let now = as_now(models, person).ok_or(RejectionCode::Unauthenticated)?;
    let target = match command.subject() {
        Some(Subject::User(user)) => models.users.get(user).map(|user| user.access_profile),
        _ => None,
    };
    may_ask(&Caller::Person(now), command, target)
}

fn as_now(models: &DecisionModels, person: &Person) -> Option<Person> {
    let user = signed_in(models, person.id, person.session)?;
    if person.is_support() {
        // The provider is no user: what ends support is that the person administers no longer (PXY-21).
        if user.access_profile != AccessProfile::Administrator {
            return None;
        }
    } else if let Some(real) = person.proxy {
        let actor = signed_in(models, real.user, real.session)?;
        if !keeps_proxy(actor.access_profile, user.access_profile) {
            return None;
        }
    }
    Some(Person { profile: user.access_profile, license: user.seat(), ..*person })
}

fn signed_in(models: &DecisionModels, user: UserId, session: SessionId) -> Option<&User> {
    let is_live = models.sessions.is_live(user, session);
    models.users.get(user).filter(|user| is_live && user.is_enabled())
}
