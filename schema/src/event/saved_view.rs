//! Views of the lists of users: somebody's own, or the company's.

use serde::{Deserialize, Serialize};

use super::Change;
use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{SavedViewId, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::{SavedViewTexts, UserKind};

/// A view was saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedViewAdded {
    /// The new id.
    pub view: SavedViewId,
    /// Whose it is: a person's own, or the tenant's for everybody.
    pub owner: UserId,
    /// Of whose list.
    pub kind: UserKind,
    /// Free text, so sealed: under the owner.
    #[serde(skip)]
    pub texts: Personal<SavedViewTexts>,
}
payload!(SavedViewAdded, |e| Subject::of_owner(e.owner), texts: Person @ KeyOwner::Subject(e.owner));

/// A view has another name, or shows something else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedViewChanged {
    /// Which.
    pub view: SavedViewId,
    /// Whose it is.
    pub owner: UserId,
    /// Before and after.
    #[serde(skip)]
    pub texts: Personal<Change<SavedViewTexts>>,
}
payload!(SavedViewChanged, |e| Subject::of_owner(e.owner), texts: Person @ KeyOwner::Subject(e.owner));

/// A view is gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedViewRemoved {
    /// Which.
    pub view: SavedViewId,
    /// Whose it was.
    pub owner: UserId,
}
payload!(SavedViewRemoved, |e| Subject::of_owner(e.owner));
