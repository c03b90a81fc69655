//! What a client wants next, drawn from a seed: few names, few users and few seats, so that clients collide.

use rollbook::bench::{Person, Seeded};
use rollbook_projections::view::Views;
use rollbook_schema::command::*;
use rollbook_schema::value::*;
use rollbook_schema::{Command, RoleId, TeamId, UserId};

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
/// Users that are named by number, whether they exist or not.
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
    EndProxy,
}

/// A name by which people are looked up.
pub fn name(seeded: &mut Seeded) -> &'static str {
    NAMES[seeded.below(NAMES.len())]
}

/// Mostly the holder of a name; else anybody, or nobody.
pub fn who(seeded: &mut Seeded, views: &Views) -> UserId {
    let (name, anybody, is_by_name) = (name(seeded), anybody(seeded), seeded.below(4) > 0);
    views.users.by_login(name).filter(|_| is_by_name).unwrap_or(anybody)
}

fn anybody(seeded: &mut Seeded) -> UserId {
    UserId(UserId::FIRST_PERSON.0 + seeded.below(NUMBERS) as u64)
}

/// Draws a wish.
pub fn wish(seeded: &mut Seeded, views: &Views) -> Wish {
    let user = who(seeded, views);
    match seeded.below(60) {
        0..=9 => creation(seeded),
        10..=15 => sign_in(seeded),
        16 => Wish::SignOut,
        17 => Wish::SetPassword(user, seeded.below(2)),
        18 => Wish::ResetPassword(user),
        19 | 20 => Wish::Mask(anybody(seeded)),
        21..=23 => Wish::StartProxy(user),
        24 => Wish::EndProxy,
        25 => bulk(seeded, views),
        drawn @ 26..=41 => Wish::Ask(about_a_user(drawn, user, seeded)),
        _ => Wish::Ask(about_access(user, seeded)),
    }
}

/// Wrong one time out of six.
pub fn sign_in(seeded: &mut Seeded) -> Wish {
    let (name, drawn) = (name(seeded), seeded.below(6));
    Wish::SignIn(name, if drawn == 5 { 2 } else { drawn % 2 })
}

fn creation(seeded: &mut Seeded) -> Wish {
    let name = name(seeded);
    let kind = if seeded.below(4) == 0 { UserKind::Client } else { UserKind::Agent };
    let roles = if seeded.below(2) == 0 { vec![role(seeded)] } else { Vec::new() };
    let profile = if seeded.below(4) > 0 { profile(seeded) } else { AccessProfile::Standard };
    let plain = Person::numbered(0).create(kind, roles).unwrap();
    let team = (seeded.below(6) == 0).then(|| team(seeded));
    let rule = (seeded.below(8) == 0).then(|| RuleName::parse("Onboarding").unwrap());
    let command = CreateUser { login: login(name), access_profile: profile, team, rule, ..plain };
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
    let drawn = 26 + seeded.below(8);
    let same = *seeded;
    let users = (0..1 + seeded.below(BULK_USERS)).map(|_| who(seeded, views)).collect::<Vec<_>>();
    Wish::Bulk(users.into_iter().map(|user| (user, about_a_user(drawn, user, &mut same.clone()))).collect())
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

fn role(seeded: &mut Seeded) -> RoleId {
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
        _ => AccessProfile::Administrator,
    }
}

fn setting(seeded: &mut Seeded) -> (Setting, SettingValue) {
    let number = 1 + seeded.below(6) as u32;
    match seeded.below(3) {
        0 => (Setting::LockAfterFailures, SettingValue::Number(number)),
        1 => (Setting::UnlockAfterMinutes, SettingValue::Number(number)),
        _ => (Setting::EndSessionsOnPasswordChange, SettingValue::Flag(number.is_multiple_of(2))),
    }
}
