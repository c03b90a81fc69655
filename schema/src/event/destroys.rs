//! Which keys an event orders destroyed.

use super::Event;
use crate::id::CredentialNumber;
use crate::personal::{Group, KeyOwner};

impl Event {
    /// The keys whose destruction this event orders. At every start the keyring is held against
    /// them, so that a restored backup brings nobody back.
    #[must_use]
    pub fn destroys(&self) -> Vec<(KeyOwner, Group)> {
        match self {
            Event::PiiMasked(masked) => masked.destroyed.iter().map(|key| (key.owner, key.group)).collect(),
            Event::PasswordSet(set) => credential_key(set.replaces),
            Event::PasswordReset(reset) => credential_key(reset.replaces),
            Event::UserDeleted(deleted) => credential_key(deleted.credential),
            Event::SecurityQuestionSet(set) => credential_key(set.replaces),
            Event::SecurityQuestionRemoved(removed) => credential_key(Some(removed.credential)),
            Event::MailedPasswordDestroyed(destroyed) => credential_key(Some(destroyed.secret)),
            Event::ArtefactChanged(changed) => credential_key(Some(changed.replaces)),
            Event::ArtefactPurged(purged) => credential_key(Some(purged.sealed)),
            _ => Vec::new(),
        }
    }
}

fn credential_key(number: Option<CredentialNumber>) -> Vec<(KeyOwner, Group)> {
    number.map(|number| (KeyOwner::Credential(number), Group::Credential)).into_iter().collect()
}
