//! Rules that end what is known of people after a time, and what automation did by them.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use super::privacy::DestroyedKey;
use crate::codec::CodecError;
use crate::id::{Position, RetentionRuleId, UserId};
use crate::personal::{Group, Personal};
use crate::record::Subject;
use crate::value::{ErasureLimit, RetentionDays, RetentionState};

/// There is a rule that erases people. It is off until somebody else switches it on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetentionRuleDefined {
    /// Its id.
    pub rule: RetentionRuleId,
    /// Whom it erases, and when.
    pub limit: ErasureLimit,
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

/// A rule was carried out upon a person; what it led to follows in the same batch: `PiiMasked`, or
/// `SignInContextShredded`.
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

/// There is a rule that ends where sign-ins came from. It is off until somebody else switches it on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInRetentionDefined {
    /// Its id.
    pub rule: RetentionRuleId,
    /// How long after a sign-in.
    pub after: RetentionDays,
}
payload!(SignInRetentionDefined, |_e| Subject::Tenant);

/// Where a person signed in from is unreadable from here on, for the sign-ins and sign-outs that were sealed under
/// these keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInContextShredded {
    /// Whose.
    pub user: UserId,
    /// What is destroyed.
    pub destroyed: Vec<DestroyedKey>,
    /// Records that were sealed under them.
    pub records: u64,
}
payload!(SignInContextShredded, |e| Subject::User(e.user));
