//! Dashboards, and which roles give them.

use serde::{Deserialize, Serialize};

use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{DashboardId, RoleId, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::DashboardName;

/// A dashboard is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DashboardDefined {
    /// The new id.
    pub dashboard: DashboardId,
    /// Free text, so sealed: under the tenant's own id.
    #[serde(skip)]
    pub name: Personal<DashboardName>,
}
payload!(DashboardDefined, |e| Subject::Dashboard(e.dashboard), name: Person @ KeyOwner::Subject(UserId::TENANT));

/// A dashboard is gone. Who chose it keeps the choice, and is shown another (PRF-12).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DashboardDeleted {
    /// Which.
    pub dashboard: DashboardId,
}
payload!(DashboardDeleted, |e| Subject::Dashboard(e.dashboard));

/// Holders of a role who chose no dashboard get this one from here on, or none from this role (PRF-10).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleDashboardSet {
    /// Whose holders.
    pub role: RoleId,
    /// Before.
    pub from: Option<DashboardId>,
    /// After.
    pub to: Option<DashboardId>,
}
payload!(RoleDashboardSet, |e| Subject::Role(e.role));
