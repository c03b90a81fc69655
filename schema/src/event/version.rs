//! Which events raise the version of what they are about.

use super::EventType;
use crate::id::Version;

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
                | EventType::MailWordingChanged
                | EventType::SavedViewAdded
                | EventType::SavedViewChanged
                | EventType::SavedViewRemoved
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
                | EventType::UserRulesReordered
                | EventType::UserRuleQueued
                | EventType::UserRuleStarted
                | EventType::UserRuleFinished
                | EventType::UserRuleFailed
                | EventType::UserCreatedByRule
                | EventType::SignInRetentionDefined
                | EventType::SignInContextShredded
        )
    }

    /// The subject's version after an event of this type.
    #[must_use]
    pub fn version_after(self, before: Version) -> Version {
        if self.raises_version() { Version(before.0 + 1) } else { before }
    }
}
