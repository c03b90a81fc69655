//! How many chats agents have at once.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::UserId;
use crate::personal::{Group, Personal};
use crate::record::Subject;
use crate::value::ChatLimit;

/// An agent has another limit (PRO-20), or the directory's again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChatLimitChanged {
    /// Whose.
    pub user: UserId,
    /// Before; `None`: the directory's.
    pub from: Option<ChatLimit>,
    /// After; `None`: the directory's.
    pub to: Option<ChatLimit>,
}
payload!(ChatLimitChanged, |e| Subject::User(e.user));

/// All agents without a limit of their own have another (PRO-20).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DefaultChatLimitChanged {
    /// Before.
    pub from: ChatLimit,
    /// After.
    pub to: ChatLimit,
}
payload!(DefaultChatLimitChanged, |_e| Subject::Tenant);
