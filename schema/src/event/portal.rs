//! Pages of the client portal.

use serde::{Deserialize, Serialize};

use super::Change;
use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{RoleId, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::PortalPage;

/// The holders of a client role reach these pages from here on (ROL-05).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RolePortalPagesSet {
    /// Whose holders.
    pub role: RoleId,
    /// In order, each once. Free text, so sealed: under the tenant's own id.
    #[serde(skip)]
    pub pages: Personal<Change<Vec<PortalPage>>>,
}
payload!(RolePortalPagesSet, |_e| Subject::Role(_e.role), pages: Person @ KeyOwner::Subject(UserId::TENANT));
