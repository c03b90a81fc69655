//! What holds after any commands at all, in any order.

use std::collections::BTreeSet;

use arbtest::arbitrary::{Result, Unstructured};
use rollbook_projections::decision::{DecisionModels, Standing, User};
use rollbook_schema::command::CreateUser;
use rollbook_schema::event::RecordedEvent;
use rollbook_schema::value::{
    AccessProfile, LicenseType, PersonField, Preference, Setting, SettingValue, UserKind,
};
use rollbook_schema::{Command, Event, Personal, RoleId, UserId};

use super::*;

/// Few names for many commands, so that they collide; each as username and as email.
const NAMES: [&str; 6] = ["ann", "ANN", "bob", "bob@example.com", "Cid@example.com", "cid"];
/// Ids that commands speak of; the later ones often do not exist.
const USERS: std::ops::RangeInclusive<u64> = 8..=16;
const ROLES: std::ops::RangeInclusive<u64> = 1..=5;
const COMMANDS_MAX: usize = 60;
/// Time for random sequences; how many fit in changes how much is tried, and not what must hold.
const BUDGET_MILLIS: u64 = 1_500;

#[test]
fn whatever_is_asked_the_invariants_hold() {
    arbtest::arbtest(|u| {
        let mut directory = Directory::small();
        directory.given(administrator("root"));
        for _ in 0..u.int_in_range(1..=COMMANDS_MAX)? {
            step(&mut directory, u)?;
        }
        Ok(())
    })
    .budget_ms(BUDGET_MILLIS);
}

#[test]
fn msk_14_models_rebuilt_from_the_log_are_the_live_ones_whoever_was_erased() {
    arbtest::arbtest(|u| {
        let mut directory = Directory::small();
        directory.given(administrator("root"));
        for _ in 0..u.int_in_range(1..=COMMANDS_MAX)? {
            let command = command(u)?;
            directory.now = directory.now.plus_millis(u.int_in_range(0..=1_200_000)?);
            directory.ask(&command);
        }
        let masked = |id: &UserId| directory.models.users.get(*id).is_some_and(|user| user.masked);
        let mut erased = BTreeSet::new();
        for id in USERS.map(UserId).filter(masked) {
            if u.arbitrary()? {
                erased.insert(id);
            }
        }
        let mut rebuilt = DecisionModels::new();
        for recorded in &directory.log {
            rebuilt.fold(&without_logins(recorded, &erased));
        }
        assert_eq!(rebuilt.digest(), directory.models.digest());
        Ok(())
    })
    .budget_ms(BUDGET_MILLIS);
}

fn step(directory: &mut Directory, u: &mut Unstructured<'_>) -> Result<()> {
    directory.actor = if u.ratio(1, 4)? { Actor::person(user_id(u)?) } else { Actor::OPERATOR };
    directory.now = directory.now.plus_millis(u.int_in_range(0..=600_000)?);
    let command = command(u)?;
    let used_before = directory.used();
    let decision = directory.ask(&command);
    if let Decision::Accepted { events, .. } = &decision
        && let Some(first) = events.first()
    {
        let stem = command.stem();
        assert!(crate::begins_with(stem).contains(&first.event_type()), "{stem}");
    }
    check_users(&directory.models);
    check_seats(&directory.models, used_before);
    check_names(&directory.models);
    check_roles(&directory.models);
    check_reporting(&directory.models);
    if matches!(decision, Decision::Accepted { .. }) && leads_to_a_state(&command) {
        let again = outcome::text(&directory.ask(&command));
        assert_eq!(again, "nothing", "HIS-09: {} asked again", command.stem());
    }
    Ok(())
}

/// Asked again at once, these find everything as they want it (HIS-09).
fn leads_to_a_state(command: &Command) -> bool {
    !matches!(
        command,
        Command::CreateUser(_)
            | Command::DeleteUser(_)
            | Command::SetPassword(_)
            | Command::ResetPassword(_)
            | Command::SignIn(_)
            | Command::DefineRole(_)
            | Command::DeleteRole(_)
            | Command::RecordDeniedAttempt(_)
    )
}

fn people(models: &DecisionModels) -> impl Iterator<Item = (UserId, &User)> {
    let ids = (UserId::FIRST_PERSON.0..models.users.next_id().0).map(UserId);
    ids.filter_map(|id| models.users.get(id).map(|user| (id, user)))
}

fn check_users(models: &DecisionModels) {
    let administrators = people(models).filter(|(_, user)| user.is_enabled_administrator()).count() as u64;
    assert_eq!(models.users.enabled_administrators(), administrators);
    assert!(administrators > 0, "STA-18: an administrator is left");
    for (_, user) in people(models) {
        assert_eq!(user.masked, user.login.is_none(), "MSK-11");
        assert!(!user.masked || !user.is_enabled(), "MSK-15: nobody masked is enabled");
        if user.standing == Standing::Deleted {
            assert!(user.roles().is_empty() && user.license.is_none());
            assert_eq!(user.access_profile, AccessProfile::DeletedUser, "DEL-06");
        }
        if user.kind == UserKind::Client {
            assert!(user.license.is_none(), "LIC-09");
        } else if user.is_enabled() && !user.roles().is_empty() {
            assert!(user.license.is_some(), "LIC-07: an enabled agent with roles has a seat");
        }
    }
}

fn check_seats(models: &DecisionModels, used_before: (u32, u32)) {
    for (license, before) in [(ReadWrite, used_before.0), (ReadOnly, used_before.1)] {
        let seated = people(models).filter(|(_, user)| user.seat() == Some(license)).count();
        let seats = models.seats.count(license);
        assert_eq!(seats.used as usize, seated);
        assert!(seats.used <= seats.owned.max(before), "LIC-01: no seat beyond those owned is taken");
    }
}

fn check_names(models: &DecisionModels) {
    let keys = NAMES.iter().flat_map(|name| {
        let login = login(name, &address(name));
        [login.username.key(), login.email.key()]
    });
    for key in keys.collect::<BTreeSet<_>>() {
        let holds = |user: &User| {
            user.standing != Standing::Deleted
                && user.login.as_ref().is_some_and(|l| l.username.key() == key || l.email.key() == key)
        };
        let holders: Vec<UserId> = people(models).filter(|(_, user)| holds(user)).map(|(id, _)| id).collect();
        assert!(holders.len() <= 1, "ACC-04, ACC-12, ACC-14: a name has one holder");
        assert_eq!(models.names.holder(&key), holders.first().copied());
    }
}

fn check_roles(models: &DecisionModels) {
    for role in ROLES.map(RoleId) {
        let holders = people(models).filter(|(_, user)| user.has_role(role)).count() as u64;
        assert_eq!(models.roles.get(role).map_or(0, |role| role.holders), holders);
    }
}

/// PRO-05.
fn check_reporting(models: &DecisionModels) {
    for (id, _) in people(models) {
        let above = std::iter::successors(models.reporting.above(id), |id| models.reporting.above(*id));
        assert!(above.take(USERS.count() + 1).all(|above| above != id), "nobody stands above themselves");
    }
}

/// The event as it reads once the keys of these logins are destroyed.
fn without_logins(recorded: &RecordedEvent, erased: &BTreeSet<UserId>) -> RecordedEvent {
    let mut recorded = recorded.clone();
    match &mut recorded.event {
        Event::UserCreated(e) if erased.contains(&e.user) => e.login = Personal::Erased,
        Event::ProfileChanged(e) if erased.contains(&e.user) && e.login != Personal::Absent => {
            e.login = Personal::Erased;
        }
        _ => {}
    }
    recorded
}

fn command(u: &mut Unstructured<'_>) -> Result<Command> {
    let user = user_id(u)?.0;
    let name = *u.choose(&NAMES)?;
    let session = u.int_in_range(1..=4)?;
    Ok(match u.int_in_range(0..=33)? {
        0..=2 => creation(u, name)?.into(),
        3 => rename(user, name).into(),
        4 => change_email(user, &address(u.choose(&NAMES)?)).into(),
        5 => change_person(user, &[(PersonField::Title, u.choose(&[None, Some("Dr")]).copied()?)]).into(),
        6 => assign_profile(user, *u.choose(&AccessProfile::ASSIGNABLE)?).into(),
        7 => disable(user).into(),
        8 | 9 => enable(user).into(),
        10 => delete(user).into(),
        11 => lock(user).into(),
        12 => unlock(user).into(),
        13 => set_password(user).into(),
        14 => sign_in(user, u.int_in_range(1..=6)?, session).into(),
        15 => sign_out(user, session).into(),
        16 => size(license(u)?, u.int_in_range(0..=4)?).into(),
        17 => role(name, *u.choose(&[UserKind::Agent, UserKind::Client])?, &[]).into(),
        18 => delete_role(u.int_in_range(ROLES)?).into(),
        19 | 20 => assign(user, u.int_in_range(ROLES)?).into(),
        21 => unassign(user, u.int_in_range(ROLES)?).into(),
        22 => grant(user, license(u)?).into(),
        23 => revoke(user).into(),
        24 => prefer(user, &[Preference::SignOffNotificationsDisabled(u.arbitrary()?)]).into(),
        25 => report(user, Some(user_id(u)?.0)).into(),
        26 => chats(user, u.choose(&[None, Some(0), Some(9)]).copied()?).into(),
        27 => reset_password(user).into(),
        28 => force(user).into(),
        29 => cancel(user).into(),
        30 => end_session(user, session).into(),
        31 => end_sessions(user).into(),
        32 => choose(Setting::UnlockAfterMinutes, SettingValue::Number(u.int_in_range(1..=20)?)).into(),
        _ => mask_with(user, login(name, &address(name))).into(),
    })
}

fn creation(u: &mut Unstructured<'_>, name: &str) -> Result<CreateUser> {
    let user = CreateUser { login: login(name, &address(name)), ..agent("somebody") };
    let user = CreateUser { kind: *u.choose(&[UserKind::Agent, UserKind::Client])?, ..user };
    let user = CreateUser { license: if u.ratio(1, 4)? { Some(license(u)?) } else { None }, ..user };
    let user = if u.ratio(1, 4)? { with_roles(&[u.int_in_range(ROLES)?], user) } else { user };
    let user = if u.arbitrary()? { CreateUser { verifier: Some(verifier()), ..user } } else { user };
    Ok(if u.ratio(1, 8)? { automated(user) } else { user })
}

fn address(name: &str) -> String {
    if name.contains('@') { name.to_owned() } else { format!("{name}@example.com") }
}

fn user_id(u: &mut Unstructured<'_>) -> Result<UserId> {
    u.int_in_range(USERS).map(UserId)
}

fn license(u: &mut Unstructured<'_>) -> Result<LicenseType> {
    u.choose(&LicenseType::ALL).copied()
}
