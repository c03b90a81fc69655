//! That history was read, by somebody whose history it is not.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::UserId;
use crate::personal::{Group, Personal};
use crate::record::Subject;

/// In which way history was read. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReadingWay {
    /// Page by page.
    Page,
    /// As it happens.
    Follow,
    /// As a file.
    Export,
}

/// Somebody began to read the history of a person, or of everybody: at most once an hour for each reader,
/// person and way. Who read, says the envelope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HistoryRead {
    /// Whose; `None`: everybody's.
    pub user: Option<UserId>,
    /// In which way.
    pub way: ReadingWay,
}
payload!(HistoryRead, |e| e.user.map_or(Subject::Tenant, Subject::User));
