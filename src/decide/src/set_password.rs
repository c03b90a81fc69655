//! Sets a password; all sessions of the user end but the one that asked (SES-02).

use rollbook_projections::decision::User;
use rollbook_schema::command::SetPassword;
use rollbook_schema::event::PasswordSet;
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &SetPassword) -> Outcome {
    let user = asked.user(command.user)?;
    if user.masked {
        return Err(RejectionCode::UserMasked.into());
    }
    if asked.envelope.actor.id == command.user && !is_proved(command, user) {
        return Err(Rejection::of("currentPassword", RejectionCode::WrongPassword).into());
    }
    let own = |session: &_| asked.models.sessions.is_live(command.user, *session);
    let set = PasswordSet {
        user: command.user,
        credential: asked.models.users.next_credential(),
        replaces: user.credential,
        kept_session: command.session.filter(own),
        verifier: Personal::Known(command.verifier.clone()),
    };
    Ok(vec![set.into()])
}

/// Whoever changes the own password proves the one that is valid now: it may have changed since it
/// was checked.
fn is_proved(command: &SetPassword, user: &User) -> bool {
    command.proved.is_some() && command.proved == user.credential
}
