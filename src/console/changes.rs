//! Every change that the console can ask for: one mutation each, with its input as the only variable.

use super::ask::document;

macro_rules! changes {
    ($($name:ident: $mutation:ident($input:ident) $more:literal;)*) => {
        $(document!($name, concat!(
            "mutation($input: ", stringify!($input), "!) { done: ", stringify!($mutation),
            "(input: $input) { ", $more, " errors { code message path license { type owned used } } } }"
        ));)*

        /// The text of each, for the test that holds them against the schema.
        #[must_use]
        pub fn documents() -> Vec<&'static str> {
            vec![$($name.text(),)*]
        }
    };
}

changes! {
    SIGN_IN: signIn(SignInInput) "token mustChangePassword";
    SIGN_OUT: signOut(SignOutInput) "position";
    SET_PASSWORD: setPassword(SetPasswordInput) "position";
    SET_SECURITY_QUESTION: setSecurityQuestion(SetSecurityQuestionInput) "position";
    REMOVE_SECURITY_QUESTION: removeSecurityQuestion(RemoveSecurityQuestionInput) "position";
    END_SESSION: endSession(EndSessionInput) "position";
    END_SESSIONS: endSessions(EndSessionsInput) "position";
    DISMISS_NOTICE: dismissNotice(DismissNoticeInput) "position";

    CREATE_USER: createUser(CreateUserInput) "user { id }";
    CHANGE_PROFILE: changeProfile(ChangeProfileInput) "position";
    CHANGE_PREFERENCES: changePreferences(ChangePreferencesInput) "position";
    CHANGE_CHAT_LIMIT: changeChatLimit(ChangeChatLimitInput) "position";
    CHANGE_REPORTING_LINE: changeReportingLine(ChangeReportingLineInput) "position";
    ASSIGN_ACCESS_PROFILE: assignAccessProfile(AssignAccessProfileInput) "position";
    ASSIGN_ROLE: assignRole(AssignRoleInput) "position";
    UNASSIGN_ROLE: unassignRole(UnassignRoleInput) "position";
    GRANT_LICENSE: grantLicense(GrantLicenseInput) "position";
    REVOKE_LICENSE: revokeLicense(RevokeLicenseInput) "position";
    ADD_TEAM_MEMBER: addTeamMember(AddTeamMemberInput) "position";
    REMOVE_TEAM_MEMBER: removeTeamMember(RemoveTeamMemberInput) "position";
    ADD_TO_BUSINESS_UNIT: addToBusinessUnit(AddToBusinessUnitInput) "position";
    REMOVE_FROM_BUSINESS_UNIT: removeFromBusinessUnit(RemoveFromBusinessUnitInput) "position";

    DISABLE_USER: disableUser(DisableUserInput) "position";
    ENABLE_USER: enableUser(EnableUserInput) "position";
    LOCK_ACCOUNT: lockAccount(LockAccountInput) "position";
    UNLOCK_ACCOUNT: unlockAccount(UnlockAccountInput) "position";
    DELETE_USER: deleteUser(DeleteUserInput) "position";
    RESET_PASSWORD: resetPassword(ResetPasswordInput) "mailed temporaryPassword expiresAt";
    FORCE_PASSWORD_CHANGE: forcePasswordChange(ForcePasswordChangeInput) "position";
    CANCEL_PASSWORD_CHANGE: cancelPasswordChange(CancelPasswordChangeInput) "position";
    SET_AVATAR: setAvatar(SetAvatarInput) "position";
    REMOVE_AVATAR: removeAvatar(RemoveAvatarInput) "position";

    SIZE_LICENSE_POOL: sizeLicensePool(SizeLicensePoolInput) "position";
    DEFINE_ROLE: defineRole(DefineRoleInput) "position";
    DELETE_ROLE: deleteRole(DeleteRoleInput) "position";
    SET_ROLE_PORTAL_PAGES: setRolePortalPages(SetRolePortalPagesInput) "position";
    SET_ROLE_DASHBOARD: setRoleDashboard(SetRoleDashboardInput) "position";
    DEFINE_DASHBOARD: defineDashboard(DefineDashboardInput) "position";
    DELETE_DASHBOARD: deleteDashboard(DeleteDashboardInput) "position";
    CREATE_TEAM: createTeam(CreateTeamInput) "position";
    RENAME_TEAM: renameTeam(RenameTeamInput) "position";
    MOVE_TEAM: moveTeam(MoveTeamInput) "position";
    DELETE_TEAM: deleteTeam(DeleteTeamInput) "position";
    CREATE_BUSINESS_UNIT: createBusinessUnit(CreateBusinessUnitInput) "position";
    RENAME_BUSINESS_UNIT: renameBusinessUnit(RenameBusinessUnitInput) "position";
    DELETE_BUSINESS_UNIT: deleteBusinessUnit(DeleteBusinessUnitInput) "position";
    PROVE_INTEGRITY: proveIntegrity(ProveIntegrityInput) "proof { outcome }";
    SIGN_CHECKPOINT: signCheckpoint(SignCheckpointInput) "checkpoint { size }";
    REQUEST_MASKING: requestMasking(RequestMaskingInput) "request { id }";
    EXTEND_MASKING: extendMasking(ExtendMaskingInput) "position";
    APPROVE_MASKING: approveMasking(ApproveMaskingInput) "position";
    DECLINE_MASKING: declineMasking(DeclineMaskingInput) "position";
    WITHDRAW_MASKING: withdrawMasking(WithdrawMaskingInput) "position";
    PLACE_LEGAL_HOLD: placeLegalHold(PlaceLegalHoldInput) "position";
    LIFT_LEGAL_HOLD: liftLegalHold(LiftLegalHoldInput) "position";
    RESTRICT_PROCESSING: restrictProcessing(RestrictProcessingInput) "position";
    LIFT_RESTRICTION: liftRestriction(LiftRestrictionInput) "position";
    OPEN_ACCESS_REQUEST: openAccessRequest(OpenAccessRequestInput) "accessRequest { id }";
    EXTEND_ACCESS_REQUEST: extendAccessRequest(ExtendAccessRequestInput) "position";
    FULFIL_ACCESS_REQUEST: fulfilAccessRequest(FulfilAccessRequestInput) "position";
    REFUSE_ACCESS_REQUEST: refuseAccessRequest(RefuseAccessRequestInput) "position";
    DEFINE_RETENTION_RULE: defineRetentionRule(DefineRetentionRuleInput) "rule { id }";
    SWITCH_RETENTION_RULE: switchRetentionRule(SwitchRetentionRuleInput) "position";
    DELETE_RETENTION_RULE: deleteRetentionRule(DeleteRetentionRuleInput) "position";

    CHANGE_SETTINGS: changeSettings(ChangeSettingsInput) "position";
    CHANGE_DEFAULT_CHAT_LIMIT: changeDefaultChatLimit(ChangeDefaultChatLimitInput) "position";
    DEFINE_ATTRIBUTE: defineAttribute(DefineAttributeInput) "position";
    RENAME_ATTRIBUTE: renameAttribute(RenameAttributeInput) "position";
    ADD_ATTRIBUTE_CHOICE: addAttributeChoice(AddAttributeChoiceInput) "position";
    RETIRE_ATTRIBUTE_CHOICE: retireAttributeChoice(RetireAttributeChoiceInput) "position";
    RETIRE_ATTRIBUTE: retireAttribute(RetireAttributeInput) "position";
    DEFINE_USER_RULE: defineUserRule(DefineUserRuleInput) "position";
    ENABLE_USER_RULE: enableUserRule(EnableUserRuleInput) "position";
    DISABLE_USER_RULE: disableUserRule(DisableUserRuleInput) "position";
    DELETE_USER_RULE: deleteUserRule(DeleteUserRuleInput) "position";
    REORDER_USER_RULES: reorderUserRules(ReorderUserRulesInput) "position";
    RETRY_USER_RULE: retryUserRule(RetryUserRuleInput) "position";
    DEFINE_APPLICATION: defineApplication(DefineApplicationInput) "position";
    CHANGE_APPLICATION: changeApplication(ChangeApplicationInput) "position";
    DELETE_APPLICATION: deleteApplication(DeleteApplicationInput) "position";
    GRANT_APPLICATION_ACCESS: grantApplicationAccess(GrantApplicationAccessInput) "position";
    REVOKE_APPLICATION_ACCESS: revokeApplicationAccess(RevokeApplicationAccessInput) "position";
    RESEND_MAIL: resendMail(ResendMailInput) "position";

    CHANGE_MAIL_WORDING: changeMailWording(ChangeMailWordingInput) "position";
    RESET_MAIL_WORDING: resetMailWording(ResetMailWordingInput) "position";
    SAVE_VIEW: saveView(SaveViewInput) "position";
    REMOVE_SAVED_VIEW: removeSavedView(RemoveSavedViewInput) "position";

    START_PROXY: startProxy(StartProxyInput) "token";
    END_PROXY: endProxy(EndProxyInput) "position";
}
