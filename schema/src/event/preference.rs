//! How somebody wants things shown.

use serde::{Deserialize, Serialize};

use super::Change;
use super::payload::{self, PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::UserId;
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::Subject;
use crate::value::Preference;

/// Preferences changed (PRF-19): only those that really did (HIS-09), each once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PreferencesChanged {
    /// Whose.
    pub user: UserId,
    /// Those that tell nothing about the person: orders, formats, tags, flags.
    pub changes: Vec<Change<Preference>>,
    /// Those that do. Not even their names stand in clear: that one is used says all.
    #[serde(skip)]
    pub personal: Personal<Vec<Change<Preference>>>,
}
payload!(PreferencesChanged, |e| Subject::User(e.user), personal: Person @ KeyOwner::Subject(e.user));

impl PreferencesChanged {
    /// Every change that is known.
    pub fn known(&self) -> impl Iterator<Item = &Change<Preference>> {
        self.changes.iter().chain(self.personal.known().into_iter().flatten())
    }
}
