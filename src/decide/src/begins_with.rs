//! Which event a command begins with.

use rollbook_schema::event::EventType;

/// The event types with which a command of this stem can begin; none for an unknown stem. A known
/// command id whose first event is of another type was used for another command.
#[must_use]
pub fn begins_with(stem: &str) -> &'static [EventType] {
    match stem {
        "CreateUser" => &[EventType::UserCreated],
        "ChangeProfile" => &[EventType::ProfileChanged],
        "ChangePreferences" => &[EventType::PreferencesChanged],
        "ChangeReportingLine" => &[EventType::ReportingLineChanged],
        "ChangeChatLimit" => &[EventType::ChatLimitChanged],
        "ChangeDefaultChatLimit" => &[EventType::DefaultChatLimitChanged],
        "SetAvatar" => &[EventType::AvatarSet],
        "RemoveAvatar" => &[EventType::AvatarRemoved],
        "AssignAccessProfile" => &[EventType::AccessProfileAssigned],
        "DisableUser" => &[EventType::UserDisabled],
        "EnableUser" => &[EventType::UserEnabled],
        "DeleteUser" => &[EventType::UserDeleted],
        "LockAccount" => &[EventType::AccountLocked],
        "UnlockAccount" => &[EventType::AccountUnlocked],
        "SetPassword" => &[EventType::PasswordSet],
        "ResetPassword" => &[EventType::PasswordReset],
        "ForcePasswordChange" => &[EventType::PasswordChangeForced],
        "CancelPasswordChange" => &[EventType::PasswordChangeCancelled],
        "SignIn" => &[EventType::SignedIn],
        "SignOut" => &[EventType::SignedOut],
        "EndSession" => &[EventType::SessionEnded],
        "EndSessions" => &[EventType::SessionsEnded],
        "RecordDeniedAttempt" => &[EventType::AttemptDenied],
        "RecordReading" => &[EventType::HistoryRead],
        "RecordMailAttempt" => &[EventType::MailSent, EventType::MailFailed],
        "DefineRole" => &[EventType::RoleDefined],
        "DeleteRole" => &[EventType::RoleDeleted],
        "DefineDashboard" => &[EventType::DashboardDefined],
        "DeleteDashboard" => &[EventType::DashboardDeleted],
        "SetRoleDashboard" => &[EventType::RoleDashboardSet],
        "AssignRole" => &[EventType::RoleAssigned],
        "UnassignRole" => &[EventType::RoleUnassigned],
        "SizeLicensePool" => &[EventType::LicensePoolSized],
        "GrantLicense" => &[EventType::LicenseGranted],
        "RevokeLicense" => &[EventType::LicenseRevoked],
        "MaskPii" => &[EventType::PiiMasked],
        "ChangeSettings" => &[EventType::SettingsChanged],
        "DefineApplication" => &[EventType::ApplicationDefined],
        "ChangeApplication" => &[EventType::ApplicationChanged],
        "DeleteApplication" => &[EventType::ApplicationDeleted],
        "GrantApplicationAccess" => &[EventType::ApplicationAccessGranted],
        "RevokeApplicationAccess" => &[EventType::ApplicationAccessRevoked],
        "ChooseActiveRole" => &[EventType::ActiveRoleChosen],
        "SetRolePortalPages" => &[EventType::RolePortalPagesSet],
        "RegisterArtefact" => &[EventType::ArtefactRegistered],
        "ChangeArtefact" => &[EventType::ArtefactChanged],
        "RecycleArtefact" => &[EventType::ArtefactRecycled],
        "RestoreArtefact" => &[EventType::ArtefactRestored],
        "PurgeArtefact" => &[EventType::ArtefactPurged],
        "RotateSigningKey" => &[EventType::SigningKeyRotated],
        "ChangeProxyGrant" => &[EventType::ProxyGrantChanged],
        "DefineUserRule" => &[EventType::UserRuleDefined],
        "ChangeUserRule" => &[EventType::UserRuleChanged],
        "EnableUserRule" => &[EventType::UserRuleEnabled],
        "DisableUserRule" => &[EventType::UserRuleDisabled],
        "DeleteUserRule" => &[EventType::UserRuleDeleted],
        "ReorderUserRules" => &[EventType::UserRulesReordered],
        "RetryUserRule" => &[EventType::UserRuleQueued],
        "RecordUserRuleRun" => {
            &[EventType::UserRuleStarted, EventType::UserRuleFinished, EventType::UserRuleFailed]
        }
        "ChangeMailWording" => &[EventType::MailWordingChanged],
        "SaveView" => &[EventType::SavedViewAdded],
        "ChangeSavedView" => &[EventType::SavedViewChanged],
        "RemoveSavedView" => &[EventType::SavedViewRemoved],
        "StartProxy" => &[EventType::ProxyStarted],
        "EndProxy" => &[EventType::ProxyEnded],
        "StartSupport" => &[EventType::SupportStarted],
        "EndSupport" => &[EventType::SupportEnded],
        "DismissNotice" => &[EventType::NoticeDismissed],
        "RequestMasking" => &[EventType::MaskingRequested],
        "ExtendMasking" => &[EventType::MaskingExtended],
        "ApproveMasking" => &[EventType::MaskingApproved],
        "DeclineMasking" => &[EventType::MaskingDeclined],
        "WithdrawMasking" => &[EventType::MaskingWithdrawn],
        "PlaceLegalHold" => &[EventType::LegalHoldPlaced],
        "LiftLegalHold" => &[EventType::LegalHoldLifted],
        "CompleteErasure" => &[EventType::ErasureCompleted],
        "OpenAccessRequest" => &[EventType::AccessRequestOpened],
        "ExtendAccessRequest" => &[EventType::AccessRequestExtended],
        "FulfilAccessRequest" => &[EventType::AccessRequestFulfilled],
        "RefuseAccessRequest" => &[EventType::AccessRequestRefused],
        "FetchPersonFile" => &[EventType::PersonFileFetched],
        "RestrictProcessing" => &[EventType::ProcessingRestricted],
        "LiftRestriction" => &[EventType::RestrictionLifted],
        "DefineRetentionRule" => &[EventType::RetentionRuleDefined, EventType::SignInRetentionDefined],
        "SwitchRetentionRule" => &[EventType::RetentionRuleSwitched],
        "DeleteRetentionRule" => &[EventType::RetentionRuleDeleted],
        "StartRetentionRun" => &[EventType::RetentionRunStarted],
        "ApplyRetention" => &[EventType::RetentionApplied],
        "EndRetentionRun" => &[EventType::RetentionRunEnded],
        "CreateTeam" => &[EventType::TeamCreated],
        "RenameTeam" => &[EventType::TeamRenamed],
        "MoveTeam" => &[EventType::TeamMoved],
        "DeleteTeam" => &[EventType::TeamDeleted],
        "AddTeamMember" => &[EventType::TeamMemberAdded],
        "RemoveTeamMember" => &[EventType::TeamMemberRemoved],
        "CreateBusinessUnit" => &[EventType::BusinessUnitCreated],
        "RenameBusinessUnit" => &[EventType::BusinessUnitRenamed],
        "DeleteBusinessUnit" => &[EventType::BusinessUnitDeleted],
        "AddToBusinessUnit" => &[EventType::AddedToBusinessUnit],
        "RemoveFromBusinessUnit" => &[EventType::RemovedFromBusinessUnit],
        "DefineAttribute" => &[EventType::AttributeDefined],
        "RenameAttribute" => &[EventType::AttributeRenamed],
        "AddAttributeChoice" => &[EventType::AttributeChoiceAdded],
        "RetireAttributeChoice" => &[EventType::AttributeChoiceRetired],
        "RetireAttribute" => &[EventType::AttributeRetired],
        "SetAttributes" => &[EventType::AttributesSet],
        "SetSecurityQuestion" => &[EventType::SecurityQuestionSet],
        "RemoveSecurityQuestion" => &[EventType::SecurityQuestionRemoved],
        // Both queue a mail. A command id that was used for the one is answered with its receipt by the other.
        "ResendMail" | "NotifySignOff" => &[EventType::MailQueued],
        "ChangeSource" => &[EventType::SourceChanged],
        _ => &[],
    }
}

#[cfg(test)]
mod cases {
    use super::{EventType, begins_with};
    use rollbook_schema::Command;

    #[test]
    fn every_command_has_a_beginning_of_its_own() {
        let mut all: Vec<EventType> = Vec::new();
        for stem in Command::STEMS {
            assert!(!begins_with(stem).is_empty(), "{stem}");
            if *stem != "NotifySignOff" {
                all.extend(begins_with(stem));
            }
        }
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
