//! Changes fields of a profile: only those that really change (HIS-09).

use std::collections::BTreeMap;

use rollbook_projections::decision::User;
use rollbook_schema::command::ChangeProfile;
use rollbook_schema::event::{Change, LoginChange, PersonChange, ProfileChanged, ProfileField};
use rollbook_schema::value::{Login, PersonField, Username};
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::{Outcome, refuse_any};

/// Fields that a person always has (ACC-07, PRO-03).
const NEVER_EMPTY: [PersonField; 2] = [PersonField::DisplayName, PersonField::FullName];

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangeProfile) -> Outcome {
    let user = asked.user(command.user)?;
    let mut wrong = Vec::new();
    let login = match &user.login {
        Some(login) => login_change(asked, command, login, &mut wrong),
        None => masked_login(command, &mut wrong),
    };
    let person = person_changes(command, user, &mut wrong);
    refuse_any(wrong)?;

    let fields: Vec<ProfileField> = login
        .username
        .iter()
        .map(|_| ProfileField::Username)
        .chain(login.email.iter().map(|_| ProfileField::Email))
        .chain(person.iter().map(|change| ProfileField::Person(change.field)))
        .collect();
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    let login = if login == LoginChange::default() { Personal::Absent } else { Personal::Known(login) };
    let person = if person.is_empty() { Personal::Absent } else { Personal::Known(person) };
    Ok(vec![ProfileChanged { user: command.user, fields, login, person }.into()])
}

/// What changes of username and email. Compared as typed: another case is a change too.
fn login_change(
    asked: &Asked<'_>,
    command: &ChangeProfile,
    login: &Login,
    wrong: &mut Vec<Rejection>,
) -> LoginChange {
    let email = command.email.clone().filter(|email| *email != login.email);
    if email.as_ref().is_some_and(|email| asked.models.names.is_taken(&email.key(), Some(command.user))) {
        wrong.push(Rejection::of("email", RejectionCode::EmailTaken));
    }
    let username = match (&command.username, &email) {
        (Some(username), _) => {
            if asked.models.names.is_taken(&username.key(), Some(command.user)) {
                wrong.push(Rejection::of("username", RejectionCode::UsernameTaken));
            }
            Some(username.clone())
        }
        (None, Some(email)) if login.username.key() == login.email.key() => followed(email.as_str(), wrong),
        _ => None,
    };
    LoginChange {
        username: username
            .filter(|username| *username != login.username)
            .map(|to| Change { from: login.username.clone(), to }),
        email: email.map(|to| Change { from: login.email.clone(), to }),
    }
}

/// A username that was the old email becomes the new one: else it would hold the old address, and
/// nobody would know. Not every email can be a username; then one must be given.
fn followed(email: &str, wrong: &mut Vec<Rejection>) -> Option<Username> {
    Username::parse(email).map_err(|flaw| wrong.push(Rejection::flaw("username", flaw))).ok()
}

/// A masked login cannot come back (MSK-11).
fn masked_login(command: &ChangeProfile, wrong: &mut Vec<Rejection>) -> LoginChange {
    let asked_for = [("email", command.email.is_some()), ("username", command.username.is_some())];
    for (field, _) in asked_for.into_iter().filter(|(_, is_asked_for)| *is_asked_for) {
        wrong.push(Rejection::of(field, RejectionCode::UserMasked));
    }
    LoginChange::default()
}

/// What changes of the person; of a field named twice, the last counts.
fn person_changes(command: &ChangeProfile, user: &User, wrong: &mut Vec<Rejection>) -> Vec<PersonChange> {
    let asked_for: BTreeMap<PersonField, _> =
        command.person.iter().map(|(field, text)| (*field, text)).collect();
    for field in NEVER_EMPTY {
        if asked_for.get(&field).is_some_and(|text| text.is_none()) {
            wrong.push(Rejection::of(field.name(), RejectionCode::Required));
        }
    }
    asked_for
        .into_iter()
        .filter(|(field, text)| user.person(*field) != text.as_ref())
        .map(|(field, text)| PersonChange {
            field,
            change: Change { from: user.person(field).cloned(), to: text.clone() },
        })
        .collect()
}
