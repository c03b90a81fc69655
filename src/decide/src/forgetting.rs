//! What the commands share that forget a person: the keys that must agree, the hold that forbids it, the
//! second person, and the event that orders keys destroyed.

use rollbook_projections::decision::{User, WaitingMasking};
use rollbook_projections::sign_in_keys::SignInKey;
use rollbook_schema::event::{DestroyedKey, MaskMode, PiiMasked};
use rollbook_schema::value::{
    EmailAddress, EmailMaskFormat, Login, MaskedLogin, Username, UsernameMaskFormat, mask_email,
    mask_username,
};
use rollbook_schema::{Event, Group, KeyOwner, Personal, Position, Rejection, RejectionCode, UserId};

use crate::asked::Asked;
use crate::{mailed_password, security_answer};

/// What an erasure destroys, beside the keys of sign-ins: a deleted user's passwords and answers went with the deletion.
const ERASED: [Group; 4] = [Group::Login, Group::Person, Group::Context, Group::Mask];

/// How much is forgotten, and what is shown instead.
pub(crate) struct Way {
    pub(crate) mode: MaskMode,
    pub(crate) username_format: UsernameMaskFormat,
    pub(crate) email_format: EmailMaskFormat,
}

/// The login, if all three keys are those of this user (MSK-03).
pub(crate) fn agreed<'a>(
    user: &'a User,
    username: &Username,
    email: &EmailAddress,
) -> Result<&'a Login, Rejection> {
    user.login
        .as_ref()
        .filter(|login| login.username.key() == username.key())
        .filter(|login| login.email.key() == email.key())
        .ok_or(Rejection::new(RejectionCode::KeysDisagree))
}

/// A user whom no legal hold keeps; deleted or not.
pub(crate) fn forgettable<'a>(asked: &Asked<'a>, id: UserId) -> Result<&'a User, Rejection> {
    let user = asked.models.users.get(id).ok_or(Rejection::of("id", RejectionCode::NotFound))?;
    is_not_held(asked, id)?;
    Ok(user)
}

/// Refuses to forget whom nobody could take the place of (STA-18).
pub(crate) fn is_not_last_administrator(asked: &Asked<'_>, id: UserId) -> Result<(), Rejection> {
    match asked.models.users.present(id) {
        Some(user) if user.is_enabled() => asked.leaves_an_administrator(user),
        _ => Ok(()),
    }
}

/// Refuses to touch what must be kept.
pub(crate) fn is_not_held(asked: &Asked<'_>, id: UserId) -> Result<(), Rejection> {
    if asked.models.maskings.is_held(id) {
        return Err(Rejection::new(RejectionCode::LegalHold));
    }
    Ok(())
}

/// The request that waits about a user, if it is the one named.
pub(crate) fn waiting<'a>(
    asked: &Asked<'a>,
    user: UserId,
    request: Position,
) -> Result<&'a WaitingMasking, Rejection> {
    let waiting = asked.models.maskings.waiting(user).filter(|waiting| waiting.request == request);
    waiting.ok_or(Rejection::of("request", RejectionCode::NotFound))
}

/// Refuses the requester and whom it is about, each also behind or before a proxy login.
pub(crate) fn by_a_second_person(
    asked: &Asked<'_>,
    user: UserId,
    waiting: &WaitingMasking,
) -> Result<(), Rejection> {
    let deciding = [Some(asked.envelope.actor.id), asked.envelope.on_behalf_of];
    let involved = [Some(user), Some(waiting.requested_by), waiting.on_behalf_of];
    if deciding.iter().flatten().any(|id| involved.contains(&Some(*id))) {
        return Err(Rejection::new(RejectionCode::SecondPersonNeeded));
    }
    Ok(())
}

/// Refuses what nobody gave a reason for.
pub(crate) fn has_reason(asked: &Asked<'_>) -> Result<(), Rejection> {
    match asked.envelope.context.reason {
        Some(_) => Ok(()),
        None => Err(Rejection::of("reason", RejectionCode::Required)),
    }
}

/// A key that is ordered destroyed, with its fingerprint: none for one that is gone already, or that was begun while the
/// command waited. It is ordered destroyed all the same.
fn destroyed(owner: KeyOwner, group: Group, keys: &[DestroyedKey]) -> DestroyedKey {
    let known = keys.iter().find(|key| (key.owner, key.group) == (owner, group));
    known.copied().unwrap_or(DestroyedKey { owner, group, fingerprint: [0; 16] })
}

/// The order to destroy a key that sign-ins are sealed under.
pub(crate) fn sign_in_key(key: &SignInKey, keys: &[DestroyedKey]) -> DestroyedKey {
    destroyed(KeyOwner::Credential(key.number), Group::Context, keys)
}

/// A masking and all that goes with it. Made from what is known, not from what was typed: the keys agree
/// only without case.
pub(crate) fn masked(
    asked: &Asked<'_>,
    user: UserId,
    login: Option<&Login>,
    way: &Way,
    keys: &[DestroyedKey],
) -> Vec<Event> {
    let Way { mode, username_format, email_format } = *way;
    let (groups, masked) = match mode {
        MaskMode::History => {
            let mask = |login: &Login| MaskedLogin {
                username: mask_username(&login.username, username_format),
                email: mask_email(&login.email, user, email_format),
            };
            (&ERASED[..1], login.map(mask).map_or(Personal::Absent, Personal::Known))
        }
        MaskMode::Erasure => (&ERASED[..], Personal::Absent),
    };
    let own = groups.iter().map(|group| destroyed(KeyOwner::Subject(user), *group, keys));
    let signed_in = match mode {
        MaskMode::History => &[],
        MaskMode::Erasure => asked.models.sign_in_keys.of(user),
    };
    let signed_in = signed_in.iter().map(|key| sign_in_key(key, keys));
    let destroyed = own.chain(signed_in).collect();
    let event = PiiMasked { user, mode, username_format, email_format, destroyed, masked };
    let secrets = mailed_password::destroyed(asked, user);
    let secrets = secrets.into_iter().chain(security_answer::removed(asked, user));
    [event.into()].into_iter().chain(secrets).collect()
}
