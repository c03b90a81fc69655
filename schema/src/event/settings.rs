//! What the tenant chose.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::personal::{Group, Personal};
use crate::record::Subject;
use crate::value::{Setting, SettingValue};

/// One setting, before and after. Before is what was in force, chosen or configured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingChange {
    /// Which.
    pub setting: Setting,
    /// In force before.
    pub from: SettingValue,
    /// In force from here on.
    pub to: SettingValue,
}

/// Settings were chosen; those that stay are not named (HIS-09).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingsChanged {
    /// Each setting once.
    pub changes: Vec<SettingChange>,
}
payload!(SettingsChanged, |_e| Subject::Tenant);
