//! The question that a person is asked besides the password.

use serde::{Deserialize, Serialize};

use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{CredentialNumber, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::SecurityQuestion;

/// A person chose a question and its answer; the one before is destroyed with its key (AUT-08).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityQuestionSet {
    /// Whose.
    pub user: UserId,
    /// Numbers the key of the new one.
    pub credential: CredentialNumber,
    /// Numbers the key of the old one.
    pub replaces: Option<CredentialNumber>,
    /// What is asked, and what the answer is checked against.
    #[serde(skip)]
    pub question: Personal<SecurityQuestion>,
}
payload!(SecurityQuestionSet, |e| Subject::User(e.user),
    question: Credential @ KeyOwner::Credential(e.credential));

/// Nothing is asked of the person any more; the question is destroyed with its key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityQuestionRemoved {
    /// Whose.
    pub user: UserId,
    /// Numbers its key.
    pub credential: CredentialNumber,
}
payload!(SecurityQuestionRemoved, |e| Subject::User(e.user));
