//! Makes a user: whole, or not at all (ACC-21).

use std::collections::BTreeSet;

use rollbook_schema::command::CreateUser;
use rollbook_schema::event::{LicenseCause, LicenseGranted, PasswordSet, RoleAssigned, UserCreated};
use rollbook_schema::value::{AccessProfile, LicenseType, PersonField, UserKind};
use rollbook_schema::{Event, Personal, Rejection, RejectionCode, RoleId, UserId};

use crate::asked::Asked;
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &CreateUser) -> Outcome {
    let user = asked.models.users.next_id();
    let person = command.person.clone().completed();
    let roles: BTreeSet<RoleId> = command.roles.iter().copied().collect();
    let license = license(command);

    let mut wrong = Vec::new();
    wrong.extend(wrong_kind(command));
    wrong.extend(taken_names(asked, command));
    if person.get(PersonField::FullName).is_none() {
        wrong.push(Rejection::of("fullName", RejectionCode::Required));
    }
    wrong.extend(wrong_access_profile(command));
    wrong.extend(wrong_roles(asked, command.kind, &roles));
    if command.kind != UserKind::Agent && command.license.is_some() {
        wrong.push(Rejection::of("license", RejectionCode::NotForClients));
    }
    wrong.extend(license.and_then(|(license, _)| asked.has_free_seat(license).err()));
    refuse_any(wrong)?;

    let created = UserCreated {
        user,
        kind: command.kind,
        email_verified: command.email_verified,
        access_profile: command.access_profile,
        origin: command.origin,
        login: Personal::Known(command.login.clone()),
        person: Personal::Known(person),
    };
    let mut events: Vec<Event> = vec![created.into()];
    events.extend(password(asked, command, user));
    events.extend(roles.into_iter().map(|role| Event::from(RoleAssigned { user, role })));
    events.extend(
        license.map(|(license, cause)| Event::from(LicenseGranted { user, license, replaces: None, cause })),
    );
    Ok(events)
}

/// The license to take: the one asked for, or read-write with the first role (LIC-07).
fn license(command: &CreateUser) -> Option<(LicenseType, LicenseCause)> {
    match (command.kind, command.license) {
        (UserKind::Agent, Some(license)) => Some((license, LicenseCause::Request)),
        (UserKind::Agent, None) if !command.roles.is_empty() => {
            Some((LicenseType::ReadWrite, LicenseCause::Role))
        }
        _ => None,
    }
}

/// ACC-01; people are never of the reserved kind (RSV-01).
fn wrong_kind(command: &CreateUser) -> Option<Rejection> {
    (command.kind == UserKind::Standard).then(|| Rejection::of("kind", RejectionCode::Invalid))
}

/// ACC-04, ACC-12, ACC-14.
fn taken_names(asked: &Asked<'_>, command: &CreateUser) -> impl Iterator<Item = Rejection> {
    let names = &asked.models.names;
    let email = names.is_taken(&command.login.email.key(), None);
    let username = names.is_taken(&command.login.username.key(), None);
    [
        email.then(|| Rejection::of("email", RejectionCode::EmailTaken)),
        username.then(|| Rejection::of("username", RejectionCode::UsernameTaken)),
    ]
    .into_iter()
    .flatten()
}

fn wrong_access_profile(command: &CreateUser) -> Option<Rejection> {
    let code = match (command.access_profile, command.kind) {
        (AccessProfile::DeletedUser, _) => RejectionCode::Invalid,
        (AccessProfile::Standard, _) | (_, UserKind::Agent) => return None,
        _ => RejectionCode::KindMismatch,
    };
    Some(Rejection::of("accessProfile", code))
}

/// Each role must exist and be for this kind (ROL-03); one rejection says it for all.
fn wrong_roles(asked: &Asked<'_>, kind: UserKind, roles: &BTreeSet<RoleId>) -> Option<Rejection> {
    let wrong = roles.iter().find_map(|role| match asked.models.roles.get(*role) {
        None => Some(RejectionCode::NotFound),
        Some(role) if role.kind != kind => Some(RejectionCode::KindMismatch),
        Some(_) => None,
    });
    wrong.map(|code| Rejection::of("roles", code))
}

fn password(asked: &Asked<'_>, command: &CreateUser, user: UserId) -> Option<Event> {
    let verifier = command.verifier.clone()?;
    let credential = asked.models.users.next_credential();
    let verifier = Personal::Known(verifier);
    Some(PasswordSet { user, credential, replaces: None, kept_session: None, verifier }.into())
}
