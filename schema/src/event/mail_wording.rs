//! What mails say in the company's own words.

use serde::{Deserialize, Serialize};

use super::Change;
use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::UserId;
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::{MailLanguage, MailTemplate, MailWording};

/// A mail has other words from here on: the company's own, or those of the program again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MailWordingChanged {
    /// Which mail.
    pub template: MailTemplate,
    /// In which language.
    pub language: MailLanguage,
    /// The how manieth change of these words it is, from 1.
    pub revision: u32,
    /// Before and after; `None`: those of the program. Free text, so sealed: under the tenant's own id.
    #[serde(skip)]
    pub words: Personal<Change<Option<MailWording>>>,
}
payload!(MailWordingChanged, |_e| Subject::Tenant, words: Person @ KeyOwner::Subject(UserId::TENANT));
