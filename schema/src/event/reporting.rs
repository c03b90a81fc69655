//! Who reports to whom.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::UserId;
use crate::personal::{Group, Personal};
use crate::record::Subject;

/// A user reports to somebody else from here on, or to nobody (PRO-05).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportingLineChanged {
    /// Who reports.
    pub user: UserId,
    /// To whom before.
    pub from: Option<UserId>,
    /// To whom after.
    pub to: Option<UserId>,
}
payload!(ReportingLineChanged, |e| Subject::User(e.user));
