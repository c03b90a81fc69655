//! Which keys an event orders destroyed.

use super::{Event, EventType};
use crate::id::CredentialNumber;
use crate::personal::{Group, KeyOwner};

impl EventType {
    /// Types whose events can order keys destroyed ([`Event::destroys`]).
    pub const DESTROYING: [EventType; 10] = [
        EventType::PiiMasked,
        EventType::PasswordSet,
        EventType::PasswordReset,
        EventType::UserDeleted,
        EventType::SecurityQuestionSet,
        EventType::SecurityQuestionRemoved,
        EventType::MailedPasswordDestroyed,
        EventType::ArtefactChanged,
        EventType::ArtefactPurged,
        EventType::SignInContextShredded,
    ];
}

impl Event {
    /// The keys whose destruction this event orders. At every start the keyring is held against
    /// them, so that a restored backup brings nobody back.
    #[must_use]
    pub fn destroys(&self) -> Vec<(KeyOwner, Group)> {
        match self {
            Event::PiiMasked(masked) => masked.destroyed.iter().map(|key| (key.owner, key.group)).collect(),
            Event::SignInContextShredded(shredded) => {
                shredded.destroyed.iter().map(|key| (key.owner, key.group)).collect()
            }
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
