//! The outbox: what shall be mailed, and what became of it. Addresses and texts are not in it: a mail
//! goes to the address of the moment it is sent (NOT-03).

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{Position, UserId};
use crate::personal::{Group, Personal};
use crate::record::Subject;
use crate::value::{MailFault, MailTemplate};

/// A mail shall go. Its position is its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MailQueued {
    /// To whom.
    pub user: UserId,
    /// What it says.
    pub template: MailTemplate,
}
payload!(MailQueued, |e| Subject::User(e.user));

/// The mail server took it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MailSent {
    /// To whom.
    pub user: UserId,
    /// Which.
    pub mail: Position,
    /// Which attempt it was, from 1.
    pub attempt: u32,
}
payload!(MailSent, |e| Subject::User(e.user));

/// An attempt failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MailFailed {
    /// To whom.
    pub user: UserId,
    /// Which.
    pub mail: Position,
    /// Which attempt it was, from 1.
    pub attempt: u32,
    /// Why.
    pub fault: MailFault,
    /// It is not tried again.
    pub gives_up: bool,
}
payload!(MailFailed, |e| Subject::User(e.user));
