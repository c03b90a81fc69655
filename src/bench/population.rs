//! Who is in the directory that is measured: the same people for the same numbers, on every machine.

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use rollbook_schema::command::{CreateUser, DefineRole, SizeLicensePool};
use rollbook_schema::event::Origin;
use rollbook_schema::value::{
    AccessProfile, EmailAddress, Flaw, LicenseType, Login, Password, PersonField, PersonFields, PersonText,
    RoleName, UserKind, UserSource, Username,
};
use rollbook_schema::{RejectionCode, RoleId, Subject, UserId};

use super::server::PASSWORD;
use crate::access::Caller;
use crate::directory::{Asking, Directory};
use crate::writer::CommandError;

/// Commands on their way at the same time.
const ASKED_AT_ONCE: usize = 256;
/// Roles that agents have.
const ROLES: u64 = 8;
/// Of so many users, one is a client; the others are agents.
const CLIENT_EVERY: u64 = 4;

const FIRST_NAMES: [&str; 16] = [
    "Anna",
    "Bela",
    "Chidi",
    "Dorothea",
    "Emre",
    "Fatima",
    "Gustav",
    "Hana",
    "Ingrid",
    "João",
    "Katarzyna",
    "Lóránt",
    "Mei",
    "Nikolaos",
    "Olumide",
    "Priya",
];
const LAST_NAMES: [&str; 16] = [
    "Abara",
    "Bergström",
    "Castellano",
    "Dvořák",
    "Eriksen",
    "Fischer",
    "García",
    "Horváth",
    "Ivanova",
    "Jansen",
    "Kowalska",
    "Lindqvist",
    "Müller",
    "Nakamura",
    "Okafor",
    "Petrov",
];

/// Numbers that look random and are the same every time (the mixing function of SplitMix64).
#[derive(Clone, Copy, Debug)]
pub struct Seeded(pub u64);

impl Seeded {
    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// The next number below a bound, which is not zero.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.draw() % bound.max(1) as u64).unwrap_or(0)
    }
}

/// Somebody, by number.
#[derive(Clone, Debug)]
pub struct Person {
    /// Unique.
    pub username: String,
    /// Unique.
    pub email: String,
    /// Not unique.
    pub full_name: String,
}

impl Person {
    /// The person of a number.
    #[must_use]
    pub fn numbered(number: u64) -> Self {
        let mut seeded = Seeded(number);
        let first = FIRST_NAMES[seeded.below(FIRST_NAMES.len())];
        let last = LAST_NAMES[seeded.below(LAST_NAMES.len())];
        Person {
            username: format!("user{number:07}"),
            email: format!("user{number:07}@example.com"),
            full_name: format!("{first} {last}"),
        }
    }

    /// The command that creates them, without a password.
    ///
    /// # Errors
    /// None for any number.
    pub fn create(&self, kind: UserKind, roles: Vec<RoleId>) -> Result<CreateUser, Flaw> {
        let mut person = PersonFields::default();
        person.0.insert(PersonField::FullName, PersonText::parse(&self.full_name)?);
        let login =
            Login { username: Username::parse(&self.username)?, email: EmailAddress::parse(&self.email)? };
        Ok(CreateUser {
            kind,
            login,
            person,
            verifier: None,
            initial: None,
            email_verified: true,
            access_profile: AccessProfile::Standard,
            roles,
            license: None,
            origin: Origin::Request,
            welcome: false,
            rule: None,
            max_chats: None,
            team: None,
            attributes: Vec::new(),
            business_units: Vec::new(),
            reports_to: None,
            source: UserSource::Local,
        })
    }
}

/// Creates roles, seats and the people numbered from 0: three agents, each with a role and a seat, to one
/// client.
///
/// # Errors
/// The first refusal, such as of a directory that has such people already.
pub async fn populate(directory: &Directory, users: u64) -> Result<Vec<UserId>, CommandError> {
    let ask = |command: rollbook_schema::Command| directory.ask(Asking::by(Caller::Operator), command);
    let owned = u32::try_from(users).unwrap_or(u32::MAX);
    ask(SizeLicensePool { license: LicenseType::ReadWrite, owned }.into()).await?;
    let mut roles = Vec::new();
    for number in 0..ROLES {
        let name = RoleName::parse(&format!("Role {number}")).map_err(invalid)?;
        let defined = ask(DefineRole { name, kind: UserKind::Agent, surfaces: Vec::new() }.into()).await?;
        if let Subject::Role(role) = defined.subject {
            roles.push(role);
        }
    }
    let created = stream::iter(0..users).map(|number| {
        let (kind, held) = match number % CLIENT_EVERY {
            0 => (UserKind::Client, Vec::new()),
            _ => (UserKind::Agent, vec![roles[Seeded(number).below(roles.len())]]),
        };
        let command = Person::numbered(number).create(kind, held).map_err(invalid);
        async move { Ok::<_, CommandError>(ask(command?.into()).await?.user()) }
    });
    created.buffer_unordered(ASKED_AT_ONCE).try_filter_map(|user| async move { Ok(user) }).try_collect().await
}

/// Creates people as the load will: agents with a password and nothing else.
///
/// # Errors
/// The first refusal.
pub async fn probe(directory: &Directory, first: u64, users: u64) -> Result<(), CommandError> {
    for number in first..first + users {
        let command = Person::numbered(number).create(UserKind::Agent, Vec::new()).map_err(invalid)?;
        let password = Password::parse(PASSWORD.to_owned()).map_err(invalid)?;
        directory.create_user(Asking::by(Caller::Operator), command, password).await?;
    }
    Ok(())
}

fn invalid(_: Flaw) -> CommandError {
    RejectionCode::Invalid.into()
}
