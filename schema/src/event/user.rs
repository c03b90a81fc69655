//! The life of a user record.

use serde::{Deserialize, Serialize};

use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{CredentialNumber, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::{
    AccessProfile, EmailAddress, LicenseType, Login, PersonField, PersonFields, PersonText, RuleName,
    UserKind, Username,
};

/// By which door a user came in. The order is stored: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Origin {
    /// Somebody signed in asked for it.
    #[default]
    Request,
    /// A file was imported.
    Import,
    /// An automation rule ran (BRL-07).
    Automation,
    /// The first start on an empty directory.
    FirstStart,
}

/// A value before and after.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change<T> {
    /// Before.
    pub from: T,
    /// After.
    pub to: T,
}

/// Values may be personal, so they are not shown.
impl<T> std::fmt::Debug for Change<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Change(…)")
    }
}

/// A user exists from here on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserCreated {
    /// The new id.
    pub user: UserId,
    /// For ever.
    pub kind: UserKind,
    /// ACC-18.
    pub email_verified: bool,
    /// ROL-15: standard unless asked for.
    pub access_profile: AccessProfile,
    /// Where the user came from.
    pub origin: Origin,
    /// Username and email.
    #[serde(skip)]
    pub login: Personal<Login>,
    /// Names and the like.
    #[serde(skip)]
    pub person: Personal<PersonFields>,
}
payload!(UserCreated, |e| Subject::User(e.user),
    login: Login @ KeyOwner::Subject(e.user), person: Person @ KeyOwner::Subject(e.user));

/// An automated creation was refused (LIC-08): history of the user type, since no user exists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserCreationFailed {
    /// An id that was used up so that the attempted identity has a key of its own.
    pub attempted: UserId,
    /// The code of the rejection.
    pub code: String,
    /// The attempted identity.
    #[serde(skip)]
    pub login: Personal<Login>,
    /// The rule that tried. Free text, so sealed: under the attempted identity.
    #[serde(skip)]
    pub rule: Personal<RuleName>,
}
payload!(UserCreationFailed, |_e| Subject::UserType,
    login: Login @ KeyOwner::Subject(_e.attempted), rule: Person @ KeyOwner::Subject(_e.attempted));

/// Login fields before and after; `None` where a field stayed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginChange {
    /// Username.
    pub username: Option<Change<Username>>,
    /// Email.
    pub email: Option<Change<EmailAddress>>,
}

/// One descriptive field before and after; `None` is empty.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChange {
    /// Which.
    pub field: PersonField,
    /// Before and after.
    pub change: Change<Option<PersonText>>,
}

/// Fields of a profile changed: only those that really did (HIS-09).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProfileChanged {
    /// Whose.
    pub user: UserId,
    /// Which fields, by their names in the API: readable even after erasure.
    pub fields: Vec<ProfileField>,
    /// Username and email.
    #[serde(skip)]
    pub login: Personal<LoginChange>,
    /// Everything else.
    #[serde(skip)]
    pub person: Personal<Vec<PersonChange>>,
}
payload!(ProfileChanged, |e| Subject::User(e.user),
    login: Login @ KeyOwner::Subject(e.user), person: Person @ KeyOwner::Subject(e.user));

/// The name of a changed field. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ProfileField {
    /// Username.
    Username,
    /// Email; a change clears its verification (ACC-18).
    Email,
    /// A descriptive field.
    Person(PersonField),
}

/// The administrative capabilities of a user changed (ROL-06, ROL-07).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessProfileAssigned {
    /// Whose.
    pub user: UserId,
    /// Before.
    pub from: AccessProfile,
    /// After.
    pub to: AccessProfile,
}
payload!(AccessProfileAssigned, |e| Subject::User(e.user));

/// A user can no longer sign in (STA-01, STA-12).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserDisabled {
    /// Who.
    pub user: UserId,
    /// The seat that became free (STA-08).
    pub seat_released: Option<LicenseType>,
}
payload!(UserDisabled, |e| Subject::User(e.user));

/// A disabled user can sign in again (STA-05).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserEnabled {
    /// Who.
    pub user: UserId,
    /// The seat that was taken again.
    pub seat_taken: Option<LicenseType>,
}
payload!(UserEnabled, |e| Subject::User(e.user));

/// A user is gone from state; history stays (DEL-05, DEL-07).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserDeleted {
    /// Who.
    pub user: UserId,
    /// Detached (DEL-06).
    pub access_profile_from: AccessProfile,
    /// Attached in its place (DEL-06).
    pub access_profile_to: AccessProfile,
    /// The seat that became free (LIC-12).
    pub seat_released: Option<LicenseType>,
    /// The password, whose key is destroyed with the user.
    pub credential: Option<CredentialNumber>,
}
payload!(UserDeleted, |e| Subject::User(e.user));
