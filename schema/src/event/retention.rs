//! Rules that end what is known of people after a time, and what automation did by them.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{Position, RetentionRuleId, UserId};
use crate::personal::{Group, Personal};
use crate::record::Subject;
use crate::value::{RetentionLimit, RetentionState};

/// There is a rule. It is off until somebody else switches it on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetentionRuleDefined {
    /// Its id.
    pub rule: RetentionRuleId,
    /// What it ends, and when.
    pub limit: RetentionLimit,
}
payload!(RetentionRuleDefined, |_e| Subject::Tenant);

/// A rule was switched on or off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetentionRuleSwitched {
    /// Which.
    pub rule: RetentionRuleId,
    /// Whether it is carried out from here on.
    pub to: RetentionState,
}
payload!(RetentionRuleSwitched, |_e| Subject::Tenant);

/// A rule is no more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetentionRuleDeleted {
    /// Which.
    pub rule: RetentionRuleId,
}
payload!(RetentionRuleDeleted, |_e| Subject::Tenant);

/// Automation began to carry a rule out. Its position names the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetentionRunStarted {
    /// Which rule.
    pub rule: RetentionRuleId,
}
payload!(RetentionRunStarted, |_e| Subject::Tenant);

/// A rule was carried out upon a person; what it led to follows in the same batch: `PiiMasked`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetentionApplied {
    /// Upon whom.
    pub user: UserId,
    /// Which rule.
    pub rule: RetentionRuleId,
    /// In which run, by its position.
    pub run: Position,
}
payload!(RetentionApplied, |e| Subject::User(e.user));

/// Automation has done what could be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetentionRunEnded {
    /// Which rule.
    pub rule: RetentionRuleId,
    /// Which run, by its position.
    pub run: Position,
    /// People it was carried out upon.
    pub applied: u64,
    /// People it was due for, and who are kept: by a legal hold, a restriction or an open access request.
    pub kept: u64,
}
payload!(RetentionRunEnded, |_e| Subject::Tenant);
