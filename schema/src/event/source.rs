//! Where a user is kept.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::UserId;
use crate::personal::{Group, Personal};
use crate::record::Subject;
use crate::value::UserSource;

/// A user is kept elsewhere from here on, or here again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceChanged {
    /// Who.
    pub user: UserId,
    /// Before.
    pub from: UserSource,
    /// After.
    pub to: UserSource,
}
payload!(SourceChanged, |e| Subject::User(e.user));
