//! Business units and who belongs to them.

use serde::{Deserialize, Serialize};

use super::Change;
use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{BusinessUnitId, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::BusinessUnitName;

/// A business unit exists (TEA-04).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BusinessUnitCreated {
    /// The new id.
    pub business_unit: BusinessUnitId,
    /// Free text, so sealed: under the tenant's own id.
    #[serde(skip)]
    pub name: Personal<BusinessUnitName>,
}
payload!(BusinessUnitCreated, |_e| Subject::BusinessUnit(_e.business_unit),
    name: Person @ KeyOwner::Subject(UserId::TENANT));

/// A business unit has another name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BusinessUnitRenamed {
    /// Which.
    pub business_unit: BusinessUnitId,
    /// Free text, so sealed: under the tenant's own id.
    #[serde(skip)]
    pub name: Personal<Change<BusinessUnitName>>,
}
payload!(BusinessUnitRenamed, |_e| Subject::BusinessUnit(_e.business_unit),
    name: Person @ KeyOwner::Subject(UserId::TENANT));

/// A business unit that nobody belongs to is gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BusinessUnitDeleted {
    /// Which.
    pub business_unit: BusinessUnitId,
}
payload!(BusinessUnitDeleted, |e| Subject::BusinessUnit(e.business_unit));

/// A user belongs to a business unit (TEA-04: to several, if wanted).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AddedToBusinessUnit {
    /// Who.
    pub user: UserId,
    /// To which.
    pub business_unit: BusinessUnitId,
}
payload!(AddedToBusinessUnit, |e| Subject::User(e.user));

/// A user no longer belongs to a business unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RemovedFromBusinessUnit {
    /// Who.
    pub user: UserId,
    /// From which.
    pub business_unit: BusinessUnitId,
}
payload!(RemovedFromBusinessUnit, |e| Subject::User(e.user));
