//! From the texts of a row to a user to create.

use rollbook_schema::command::{AttributeEntry, CreateUser};
use rollbook_schema::event::Origin;
use rollbook_schema::value::{
    AccessProfile, BusinessUnitName, ChatLimit, EmailAddress, LicenseType, Login, PersonField, PersonFields,
    RoleName, TeamName, UserKind, UserSource, Username,
};
use rollbook_schema::{BusinessUnitId, Rejection, RejectionCode, RoleId, TeamId, UserId};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::columns::Field;
use super::row::{RowError, RowFields};

/// A row whose values are all of their kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    /// Agent or client.
    pub kind: UserKind,
    /// Username and email.
    pub login: Login,
    /// Names and the like.
    pub person: PersonFields,
    /// Roles, by name.
    pub roles: Vec<RoleName>,
    /// The license asked for.
    pub license: Option<LicenseType>,
    /// What older programs did not read.
    pub more: More,
}

/// Fields of a row beyond the person and the seat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct More {
    /// Administrative capabilities.
    pub access_profile: AccessProfile,
    /// The primary team, by name.
    pub team: Option<TeamName>,
    /// Business units, by name.
    pub business_units: Vec<BusinessUnitName>,
    /// Whom the user reports to, by username or email.
    pub reports_to: Option<Superior>,
    /// Chats at once.
    pub max_chats: Option<ChatLimit>,
    /// Whether a welcome is mailed.
    pub welcome: bool,
    /// Custom attributes that the row has a value of, by their keys.
    pub attributes: Vec<AttributeEntry>,
    /// Where the user is kept. Left out where it says nothing: such a row keeps the name it had.
    #[serde(skip_serializing_if = "is_local")]
    pub source: UserSource,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_local(source: &UserSource) -> bool {
    *source == UserSource::Local
}

/// Username or email of somebody, in the form in which names are compared.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Superior(pub String);

/// Names somebody, so shows nothing.
impl std::fmt::Debug for Superior {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Superior(…)")
    }
}

/// The ids that the names of a row stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Of its roles.
    pub roles: Vec<RoleId>,
    /// Of its team.
    pub team: Option<TeamId>,
    /// Of its business units.
    pub business_units: Vec<BusinessUnitId>,
    /// Of whom the user reports to.
    pub reports_to: Option<UserId>,
}

impl NewUser {
    /// Parses all fields, and names everything that is wrong at once (ACC-11).
    ///
    /// # Errors
    /// All flaws.
    pub fn parse(row: &RowFields, default_kind: UserKind) -> Result<NewUser, Vec<RowError>> {
        let mut wrong = Vec::new();
        let email = keep(&mut wrong, email(row));
        let username = match (row.text(Field::Username), &email) {
            // A row without an email is wrong already: no second word about the name made of it.
            (None, None) => None,
            _ => keep(&mut wrong, username(row)),
        };
        let person = person(row, &mut wrong);
        let kind = keep(&mut wrong, kind(row, default_kind));
        let roles = keep(&mut wrong, roles(row));
        let license = keep(&mut wrong, license(row));
        let mut wrong: Vec<RowError> = wrong.into_iter().map(RowError::from).collect();
        let more = super::more::parse(row, &mut wrong);
        match (email, username, kind, roles, license) {
            (Some(email), Some(username), Some(kind), Some(roles), Some(license)) if wrong.is_empty() => {
                Ok(NewUser { kind, login: Login { username, email }, person, roles, license, more })
            }
            _ => Err(wrong),
        }
    }

    /// The name of the command that creates this user, the same for the same values in any file and of
    /// any form. Not made of a number alone: a row that was corrected is another row.
    #[must_use]
    pub fn idempotency_key(&self) -> String {
        let NewUser { kind, login, person, roles, license, more } = self;
        let plain = (kind, login, person, roles, license);
        // A row that says nothing more keeps the name that older programs gave it.
        let canonical = if *more == More::default() {
            serde_json::to_vec(&plain)
        } else {
            serde_json::to_vec(&(plain, more))
        };
        let digest = rollbook_schema::id::Digest(Sha256::digest(canonical.unwrap_or_default()).into());
        format!("import:{digest}")
    }

    /// The command. Nobody can sign in until a password is set.
    #[must_use]
    pub fn command(self, named: Named) -> CreateUser {
        let Named { roles, team, business_units, reports_to } = named;
        CreateUser {
            kind: self.kind,
            login: self.login,
            person: self.person,
            verifier: None,
            initial: None,
            email_verified: false,
            access_profile: self.more.access_profile,
            roles,
            license: self.license,
            origin: Origin::Import,
            welcome: self.more.welcome,
            rule: None,
            max_chats: self.more.max_chats,
            team,
            attributes: self.more.attributes,
            business_units,
            reports_to,
            source: self.more.source,
        }
    }
}

fn keep<T>(wrong: &mut Vec<Rejection>, value: Result<T, Rejection>) -> Option<T> {
    value.map_err(|rejection| wrong.push(rejection)).ok()
}

fn email(row: &RowFields) -> Result<EmailAddress, Rejection> {
    let text = row.text(Field::Email).ok_or(Rejection::of("email", RejectionCode::Required))?;
    EmailAddress::parse(text).map_err(|flaw| Rejection::flaw("email", flaw))
}

fn username(row: &RowFields) -> Result<Username, Rejection> {
    let text = row.text(Field::Username).or_else(|| row.text(Field::Email)).unwrap_or_default();
    Username::parse(text).map_err(|flaw| Rejection::flaw("username", flaw))
}

/// ACC-07: a full name, or what one can be made of.
fn person(row: &RowFields, wrong: &mut Vec<Rejection>) -> PersonFields {
    let before = wrong.len();
    let mut person = PersonFields::default();
    for field in PersonField::ALL {
        let Some(text) = row.text(Field::Person(field)) else { continue };
        match field.parse(text) {
            Ok(text) => drop(person.0.insert(field, text)),
            Err(flaw) => wrong.push(Rejection::flaw(field.name(), flaw)),
        }
    }
    if wrong.len() == before && person.clone().completed().get(PersonField::FullName).is_none() {
        wrong.push(Rejection::of(PersonField::FullName.name(), RejectionCode::Required));
    }
    person
}

fn kind(row: &RowFields, default: UserKind) -> Result<UserKind, Rejection> {
    match row.text(Field::Kind).map(|text| text.trim().to_ascii_lowercase()).as_deref() {
        None => Ok(default),
        Some("agent") => Ok(UserKind::Agent),
        Some("client") => Ok(UserKind::Client),
        Some(_) => Err(Rejection::of("kind", RejectionCode::Invalid)),
    }
}

fn license(row: &RowFields) -> Result<Option<LicenseType>, Rejection> {
    let text = row.text(Field::License).map(|text| text.trim().to_ascii_uppercase().replace(['-', ' '], "_"));
    match text.as_deref() {
        None | Some("NONE") => Ok(None),
        Some("RW" | "READ_WRITE") => Ok(Some(LicenseType::ReadWrite)),
        Some("RO" | "READ_ONLY") => Ok(Some(LicenseType::ReadOnly)),
        Some(_) => Err(Rejection::of("license", RejectionCode::Invalid)),
    }
}

/// In one order, each once: the same roles are the same row.
fn roles(row: &RowFields) -> Result<Vec<RoleName>, Rejection> {
    let parsed = row.texts(Field::Roles).iter().map(|name| RoleName::parse(name));
    let mut roles = parsed.collect::<Result<Vec<_>, _>>().map_err(|flaw| Rejection::flaw("roles", flaw))?;
    roles.sort_by_key(RoleName::key);
    roles.dedup_by_key(|name| name.key());
    Ok(roles)
}
