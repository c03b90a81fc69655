//! Passwords that go by mail: sealed under a key of their own until then, which is destroyed right after.

use serde::{Deserialize, Serialize};

use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{CredentialNumber, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::{MailTemplate, MailedPassword};

/// A mail with a made-up password shall go (AUT-07, AUT-10). Its position is its name, as for
/// [`MailQueued`](super::MailQueued).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordMailQueued {
    /// To whom.
    pub user: UserId,
    /// What it says besides.
    pub template: MailTemplate,
    /// The password that it tells.
    pub credential: CredentialNumber,
    /// Numbers the key under which the password waits: not that of its verifier, which lives on.
    pub secret: CredentialNumber,
    /// The password, in clear until it went.
    #[serde(skip)]
    pub password: Personal<MailedPassword>,
}
payload!(PasswordMailQueued, |e| Subject::User(e.user),
    password: Credential @ KeyOwner::Credential(e.secret));

/// A password that waited to be mailed is destroyed with its key: it went, was used, was replaced, or
/// will not go any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MailedPasswordDestroyed {
    /// Whose.
    pub user: UserId,
    /// Its key.
    pub secret: CredentialNumber,
}
payload!(MailedPasswordDestroyed, |e| Subject::User(e.user));
