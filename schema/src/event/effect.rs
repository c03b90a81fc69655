//! What an event does beside what it says: to the version of its subject, and to keys.

use super::{Event, EventType};
use crate::id::Version;
use crate::personal::{Group, KeyOwner};

impl EventType {
    /// Sign-in activity, denied attempts, mail and keys that sign do not raise the subject's version, so that an edit form
    /// is not refused because somebody signed in meanwhile.
    #[must_use]
    pub fn raises_version(self) -> bool {
        !matches!(
            self,
            EventType::SignedIn
                | EventType::SignedOut
                | EventType::SessionEnded
                | EventType::SessionsEnded
                | EventType::SignInFailed
                | EventType::AttemptDenied
                | EventType::MailQueued
                | EventType::MailSent
                | EventType::MailFailed
                | EventType::PasswordMailQueued
                | EventType::MailedPasswordDestroyed
                | EventType::ProxyStarted
                | EventType::ProxyEnded
                | EventType::ActiveRoleChosen
                | EventType::SigningKeyRotated
                | EventType::SupportStarted
                | EventType::SupportEnded
                | EventType::NoticeDismissed
                | EventType::MaskingRequested
                | EventType::MaskingExtended
                | EventType::MaskingApproved
                | EventType::MaskingDeclined
                | EventType::MaskingWithdrawn
                | EventType::LegalHoldPlaced
                | EventType::LegalHoldLifted
                | EventType::ErasureCompleted
                | EventType::AccessRequestOpened
                | EventType::AccessRequestExtended
                | EventType::AccessRequestFulfilled
                | EventType::AccessRequestRefused
                | EventType::PersonFileFetched
                | EventType::ProcessingRestricted
                | EventType::RestrictionLifted
                | EventType::HistoryRead
                | EventType::RetentionRunStarted
                | EventType::RetentionApplied
                | EventType::RetentionRunEnded
                | EventType::RetentionRuleDefined
                | EventType::RetentionRuleSwitched
                | EventType::RetentionRuleDeleted
                | EventType::FreeTextFound
        )
    }

    /// Types whose events can order keys destroyed ([`Event::destroys`]).
    pub const DESTROYING: [EventType; 9] = [
        EventType::PiiMasked,
        EventType::PasswordSet,
        EventType::PasswordReset,
        EventType::UserDeleted,
        EventType::SecurityQuestionSet,
        EventType::SecurityQuestionRemoved,
        EventType::MailedPasswordDestroyed,
        EventType::ArtefactChanged,
        EventType::ArtefactPurged,
    ];

    /// The subject's version after an event of this type.
    #[must_use]
    pub fn version_after(self, before: Version) -> Version {
        if self.raises_version() { Version(before.0 + 1) } else { before }
    }
}

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

fn credential_key(number: Option<crate::id::CredentialNumber>) -> Vec<(KeyOwner, Group)> {
    number.map(|number| (KeyOwner::Credential(number), Group::Credential)).into_iter().collect()
}
