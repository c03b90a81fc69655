//! Masks username and email of a disabled or deleted user, for good (MSK-05, MSK-15).

use rollbook_projections::decision::User;
use rollbook_schema::command::MaskPii;
use rollbook_schema::event::{DestroyedKey, MaskMode, PiiMasked};
use rollbook_schema::value::{Login, MaskedLogin, mask_email, mask_username};
use rollbook_schema::{Group, KeyOwner, Personal, Rejection, RejectionCode, Subject};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &MaskPii) -> Outcome {
    let users = &asked.models.users;
    let user = users.get(command.user).ok_or(Rejection::of("id", RejectionCode::NotFound))?;
    asked.expects_version_of(Subject::User(command.user))?;
    if user.masked {
        return Ok(Vec::new());
    }
    let login = agreed(command, user)?;
    if user.is_enabled() {
        return Err(RejectionCode::NotDeactivated.into());
    }
    // From what is known, not from what was typed: the keys agree only without case.
    let masked = MaskedLogin {
        username: mask_username(&login.username, command.username_format),
        email: mask_email(&login.email, command.user, command.email_format),
    };
    let key = DestroyedKey {
        owner: KeyOwner::Subject(command.user),
        group: Group::Login,
        fingerprint: command.fingerprint,
    };
    let event = PiiMasked {
        user: command.user,
        mode: MaskMode::History,
        username_format: command.username_format,
        email_format: command.email_format,
        destroyed: vec![key],
        masked: Personal::Known(masked),
    };
    Ok(vec![event.into()])
}

/// The login, if all three keys are those of this user (MSK-03).
fn agreed<'a>(command: &MaskPii, user: &'a User) -> Result<&'a Login, Rejection> {
    user.login
        .as_ref()
        .filter(|login| login.username.key() == command.username.key())
        .filter(|login| login.email.key() == command.email.key())
        .ok_or(Rejection::new(RejectionCode::KeysDisagree))
}
