//! What a client wants next, drawn from a seed: few names, few users and few seats, so that clients collide.

use rollbook::bench::{Person, Seeded};
use rollbook_projections::view::Views;
use rollbook_schema::command::*;
use rollbook_schema::value::*;
use rollbook_schema::{Command, Position, RoleId, TeamId, UserId};

use super::around;

/// Some differ in case only, some are an email's text as a username.
const NAMES: [&str; 12] = [
    "ann",
    "ANN",
    "bob",
    "bob@example.org",
    "Cid@example.org",
    "cid",
    "dora",
    "emil",
    "Emil",
    "fay",
    "gus@example.org",
    "hal",
];
/// Most users that are named by number; some do not exist.
const NUMBERS: usize = 20;
pub const ROLES: usize = 3;
const TEAMS: usize = 5;
/// The first ones can open an account.
pub const PASSWORDS: [&str; 3] = ["the first of two", "the second of two", "never a password"];
const BULK_USERS: usize = 6;

/// One thing to ask.
#[derive(Clone, Debug)]
pub enum Wish {
    /// A command that goes as it is.
    Ask(Command),
    /// The same command for several users.
    Bulk(Vec<(UserId, Command)>),
    /// Make somebody, with a password.
    Create(CreateUser, usize),
    /// Sign in by a name, with one of the passwords.
    SignIn(&'static str, usize),
    SignOut,
    SetPassword(UserId, usize),
    ResetPassword(UserId),
    /// Mask whoever it is, by the three keys as they are read.
    Mask(UserId),
    StartProxy(UserId),
    /// As the provider's support.
    StartSupport(UserId),
    /// Switch back from either.
    EndProxy,
    /// Agree to the masking of somebody, by the position of the request.
    Approve(UserId, Position),
}

/// A name by which people are looked up.
pub fn name(seeded: &mut Seeded) -> &'static str {
    NAMES[seeded.below(NAMES.len())]
}

/// Mostly the holder of a name; else anybody, or nobody.
pub fn who(seeded: &mut Seeded, views: &Views) -> UserId {
    let (name, anybody, is_by_name) = (name(seeded), anybody(seeded, views), seeded.below(4) > 0);
    views.users.by_login(name).filter(|_| is_by_name).unwrap_or(anybody)
}

pub fn anybody(seeded: &mut Seeded, views: &Views) -> UserId {
    let people = views.users.iter().filter(|row| !row.id.is_reserved()).count();
    UserId(UserId::FIRST_PERSON.0 + seeded.below((people + 2).min(NUMBERS)) as u64)
}

/// Draws a wish.
pub fn wish(seeded: &mut Seeded, views: &Views) -> Wish {
    let user = who(seeded, views);
    match seeded.below(90) {
        60.. => around::wish::wish(seeded, views, user),
        0..=9 => creation(seeded, views),
        10..=15 => sign_in(seeded, views),
        16 => Wish::SignOut,
        17 => Wish::SetPassword(user, seeded.below(2)),
        18 => Wish::ResetPassword(user),
        19 | 20 => Wish::Mask(anybody(seeded, views)),
        21..=23 => Wish::StartProxy(user),
        24 => Wish::EndProxy,
        25 => bulk(seeded, views),
        drawn @ 26..=41 => Wish::Ask(about_a_user(drawn, user, seeded)),
        _ => Wish::Ask(about_access(user, seeded)),
    }
}

/// Mostly of somebody who is there. The password is wrong one time out of six.
pub fn sign_in(seeded: &mut Seeded, views: &Views) -> Wish {
    let names = [name(seeded), name(seeded), name(seeded)];
    let held = names.into_iter().find(|name| views.users.by_login(name).is_some());
    let drawn = seeded.below(6);
    Wish::SignIn(held.unwrap_or(names[0]), if drawn == 5 { 2 } else { drawn % 2 })
}

/// What commands are asked for; forgotten one time out of eight.
pub fn reason(seeded: &mut Seeded) -> Option<Reason> {
    (seeded.below(8) > 0).then(|| Reason::parse("a ticket").unwrap())
}

fn creation(seeded: &mut Seeded, views: &Views) -> Wish {
    let name = name(seeded);
    let kind = if seeded.below(4) == 0 { UserKind::Client } else { UserKind::Agent };
    let roles = if seeded.below(2) == 0 { vec![role(seeded)] } else { Vec::new() };
    let profile = if seeded.below(4) > 0 { profile(seeded) } else { AccessProfile::Standard };
    let plain = Person::numbered(0).create(kind, roles).unwrap();
    let team = (seeded.below(6) == 0).then(|| team(seeded));
    let rule = (seeded.below(8) == 0).then(|| RuleName::parse("Onboarding").unwrap());
    let attributes = if seeded.below(4) == 0 { around::wish::entries(seeded, views) } else { Vec::new() };
    let command = CreateUser { login: login(name), access_profile: profile, team, rule, attributes, ..plain };
    Wish::Create(command, seeded.below(2))
}

fn login(name: &str) -> Login {
    Login { username: Username::parse(name).unwrap(), email: address(name) }
}

fn address(name: &str) -> EmailAddress {
    let text = if name.contains('@') { name.to_owned() } else { format!("{name}@example.org") };
    EmailAddress::parse(&text).unwrap()
}

fn bulk(seeded: &mut Seeded, views: &Views) -> Wish {
    let drawn = 26 + seeded.below(8 + around::wish::OF_A_USER);
    let same = *seeded;
    let users = (0..1 + seeded.below(BULK_USERS)).map(|_| who(seeded, views)).collect::<Vec<_>>();
    let command = |user| match drawn.checked_sub(34) {
        Some(drawn) => around::wish::of_a_user(drawn, user, &mut same.clone(), views),
        None => about_a_user(drawn, user, &mut same.clone()),
    };
    Wish::Bulk(users.into_iter().map(|user| (user, command(user))).collect())
}

fn about_a_user(drawn: usize, user: UserId, seeded: &mut Seeded) -> Command {
    let unchanged = ChangeProfile { user, username: None, email: None, person: Vec::new() };
    match drawn {
        26 | 27 => DisableUser { user, keep_team: (seeded.below(2) == 0).then(|| team(seeded)) }.into(),
        28 | 29 | 33 => EnableUser { user }.into(),
        30 => LockAccount { user }.into(),
        31 => UnlockAccount { user }.into(),
        32 => DeleteUser { user, called: Vec::new() }.into(),
        34 | 35 => ChangeProfile { username: Some(login(name(seeded)).username), ..unchanged }.into(),
        36 | 37 => ChangeProfile { email: Some(address(name(seeded))), ..unchanged }.into(),
        38 => EndSessions { user, kept: None }.into(),
        39 => ForcePasswordChange { user }.into(),
        _ => AssignAccessProfile { user, profile: profile(seeded) }.into(),
    }
}

fn about_access(user: UserId, seeded: &mut Seeded) -> Command {
    let (role, team) = (role(seeded), team(seeded));
    match seeded.below(18) {
        0..=3 => AssignRole { user, role, license: None }.into(),
        4 => UnassignRole { user, role }.into(),
        5..=7 => GrantLicense { user, license: license(seeded) }.into(),
        8 => RevokeLicense { user }.into(),
        9 => SizeLicensePool { license: license(seeded), owned: 1 + seeded.below(4) as u32 }.into(),
        10 => CreateTeam { name: team_name(seeded), parent: (seeded.below(2) == 0).then_some(team) }.into(),
        11 => MoveTeam { team, parent: (seeded.below(3) > 0).then(|| self::team(seeded)) }.into(),
        12 => DeleteTeam { team }.into(),
        13 | 14 => AddTeamMember { user, team }.into(),
        15 => RemoveTeamMember { user, team }.into(),
        16 => {
            let grant = ProxyGrant::selected(vec![user], vec![team]);
            ChangeProxyGrant { user, grant, confirmed: true }.into()
        }
        _ => ChangeSettings { changes: vec![setting(seeded)] }.into(),
    }
}

pub fn role(seeded: &mut Seeded) -> RoleId {
    RoleId(1 + seeded.below(ROLES) as u64)
}

fn team(seeded: &mut Seeded) -> TeamId {
    TeamId(1 + seeded.below(TEAMS) as u64)
}

fn team_name(seeded: &mut Seeded) -> TeamName {
    TeamName::parse(["North", "NORTH", "South", "East"][seeded.below(4)]).unwrap()
}

fn license(seeded: &mut Seeded) -> LicenseType {
    if seeded.below(4) == 0 { LicenseType::ReadOnly } else { LicenseType::ReadWrite }
}

/// Mostly administrators: whoever has no rights does little.
fn profile(seeded: &mut Seeded) -> AccessProfile {
    match seeded.below(16) {
        drawn @ 0..=4 => AccessProfile::ASSIGNABLE[drawn],
        // So many that one asks what another decides.
        5..=9 => AccessProfile::ComplianceOfficer,
        _ => AccessProfile::Administrator,
    }
}

fn setting(seeded: &mut Seeded) -> (Setting, SettingValue) {
    let number = 1 + seeded.below(6) as u32;
    match seeded.below(4) {
        0 => (Setting::LockAfterFailures, SettingValue::Number(number)),
        1 => (Setting::UnlockAfterMinutes, SettingValue::Number(number)),
        2 => (Setting::MaskingBySecondPerson, SettingValue::Flag(number == 1)),
        _ => (Setting::EndSessionsOnPasswordChange, SettingValue::Flag(number.is_multiple_of(2))),
    }
}
