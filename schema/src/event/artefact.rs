//! Artefacts of other systems that may name users (REF-07..REF-15): rules, reports, views and the like.
//!
//! What stands in one is free text, and people may be named in it. So each wording is sealed under a key of
//! its own, which is destroyed as soon as another wording takes its place, or the artefact is purged: a name
//! that was taken out of a text is then out of history too. Erasing a person leaves the texts of others
//! alone; what they still say about the person is found, and shown, by the search for references.

use serde::{Deserialize, Serialize};

use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{ArtefactId, CredentialNumber};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::{ArtefactContent, ArtefactKind};

/// Another system has something that may name users.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtefactRegistered {
    /// The new id.
    pub artefact: ArtefactId,
    /// What it is.
    pub kind: ArtefactKind,
    /// The number of the key that seals the content.
    pub sealed: CredentialNumber,
    /// Module, names, and what stands where.
    #[serde(skip)]
    pub content: Personal<ArtefactContent>,
}
payload!(ArtefactRegistered, |_e| Subject::Artefact(_e.artefact),
    content: Person @ KeyOwner::Credential(_e.sealed));

/// Its content is another one, as a whole; the one before is forgotten.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtefactChanged {
    /// Which.
    pub artefact: ArtefactId,
    /// What it is from here on.
    pub kind: ArtefactKind,
    /// The number of the key that seals the content.
    pub sealed: CredentialNumber,
    /// The number of the key that sealed the content before: destroyed with this event.
    pub replaces: CredentialNumber,
    /// Module, names, and what stands where.
    #[serde(skip)]
    pub content: Personal<ArtefactContent>,
}
payload!(ArtefactChanged, |_e| Subject::Artefact(_e.artefact),
    content: Person @ KeyOwner::Credential(_e.sealed));

/// It lies in the recycle bin of its system, and still names whom it names (REF-20).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtefactRecycled {
    /// Which.
    pub artefact: ArtefactId,
}
payload!(ArtefactRecycled, |e| Subject::Artefact(e.artefact));

/// It came back out of the recycle bin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtefactRestored {
    /// Which.
    pub artefact: ArtefactId,
}
payload!(ArtefactRestored, |e| Subject::Artefact(e.artefact));

/// It is gone for good, and names nobody any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtefactPurged {
    /// Which.
    pub artefact: ArtefactId,
    /// The number of the key that sealed the content: destroyed with this event.
    pub sealed: CredentialNumber,
}
payload!(ArtefactPurged, |e| Subject::Artefact(e.artefact));
