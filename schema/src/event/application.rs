//! Applications, who runs them in which roles, and which role is in force in a session.

use serde::{Deserialize, Serialize};

use super::Change;
use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{ApplicationId, RoleId, SessionId, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::{ApplicationName, RolePolicy};

/// An application is there. Numbers follow the order of creation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationDefined {
    /// The new id.
    pub application: ApplicationId,
    /// Which roles may be assumed in it (ROL-08), in order, each once.
    pub roles: Vec<RoleId>,
    /// What several roles amount to (ROL-09); `None`: as the tenant chose for all.
    pub policy: Option<RolePolicy>,
    /// Free text, so sealed: under the tenant's own id.
    #[serde(skip)]
    pub name: Personal<ApplicationName>,
}
payload!(ApplicationDefined, |_e| Subject::Application(_e.application),
    name: Person @ KeyOwner::Subject(UserId::TENANT));

/// An application has another name, other roles or another policy: what stays is not named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationChanged {
    /// Which.
    pub application: ApplicationId,
    /// The roles that may be assumed in it.
    pub roles: Option<Change<Vec<RoleId>>>,
    /// What several roles amount to.
    pub policy: Option<Change<Option<RolePolicy>>>,
    /// Free text, so sealed: under the tenant's own id.
    #[serde(skip)]
    pub name: Personal<Change<ApplicationName>>,
}
payload!(ApplicationChanged, |_e| Subject::Application(_e.application),
    name: Person @ KeyOwner::Subject(UserId::TENANT));

/// An application that nobody may run any more is gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationDeleted {
    /// Which.
    pub application: ApplicationId,
}
payload!(ApplicationDeleted, |e| Subject::Application(e.application));

/// A user may run an application in these roles, and no others (ACC-20). A role that is later taken from
/// the user leaves all applications with it, by that event alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationAccessGranted {
    /// Who.
    pub user: UserId,
    /// Which application.
    pub application: ApplicationId,
    /// The roles before; none if the user could not run it.
    pub from: Vec<RoleId>,
    /// The roles after, in order, each once; never none.
    pub to: Vec<RoleId>,
}
payload!(ApplicationAccessGranted, |e| Subject::User(e.user));

/// A user may no longer run an application.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationAccessRevoked {
    /// Who.
    pub user: UserId,
    /// Which application.
    pub application: ApplicationId,
    /// The roles before.
    pub from: Vec<RoleId>,
}
payload!(ApplicationAccessRevoked, |e| Subject::User(e.user));

/// In one session, another role is in force in an application (ROL-09, SES-05). Part of the session, and
/// over with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActiveRoleChosen {
    /// Whose session.
    pub user: UserId,
    /// Which session.
    pub session: SessionId,
    /// In which application.
    pub application: ApplicationId,
    /// In force before.
    pub from: RoleId,
    /// In force from here on.
    pub to: RoleId,
}
payload!(ActiveRoleChosen, |e| Subject::User(e.user));
