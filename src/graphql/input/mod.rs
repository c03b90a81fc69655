//! What can be said: each input becomes a command or a query, or a list of its flaws.

mod access_request;
mod application;
mod artefact;
mod as_of;
mod attribute;
mod attribute_filter;
mod avatar;
mod bulk;
mod business_unit;
mod change_preferences;
mod change_profile;
mod create_user;
mod dashboard;
mod end_session;
mod evidence;
mod flaws;
mod history_filter;
mod license;
mod mail_wording;
mod mask_pii;
mod masking;
mod password;
mod portal;
mod proxy;
mod retention;
mod role;
mod saved_view;
mod security_question;
mod session;
mod settings;
mod sign_off;
mod source;
mod support;
mod team;
mod user;
mod user_filter;
mod user_rule;
mod work;

pub(super) use access_request::{
    AccessRequestFilter, AccessRequestState, ExtendAccessRequestInput, FulfilAccessRequestInput,
    LiftRestrictionInput, OpenAccessRequestInput, RefuseAccessRequestInput, RestrictProcessingInput,
};
pub(super) use application::{
    ChangeApplicationInput, ChooseActiveRoleInput, DefineApplicationInput, DeleteApplicationInput,
    GrantApplicationAccessInput, RevokeApplicationAccessInput,
};
pub(super) use artefact::{
    ArtefactFilter, ChangeArtefactInput, PurgeArtefactInput, RecycleArtefactInput, RegisterArtefactInput,
    RestoreArtefactInput,
};
pub(super) use as_of::AsOf;
pub(super) use attribute::{
    AddAttributeChoiceInput, AttributeInput, DefineAttributeInput, RenameAttributeInput,
    RetireAttributeChoiceInput, RetireAttributeInput, SetAttributesInput,
};
pub(super) use attribute_filter::AttributeFilter;
pub(super) use avatar::{Picture, RemoveAvatarInput, SetAvatarInput};
pub(super) use bulk::{BulkAsked, BulkInput};
pub(super) use business_unit::{
    AddToBusinessUnitInput, CreateBusinessUnitInput, DeleteBusinessUnitInput, RemoveFromBusinessUnitInput,
    RenameBusinessUnitInput,
};
pub(super) use change_preferences::ChangePreferencesInput;
pub(super) use change_profile::ChangeProfileInput;
pub(super) use create_user::{CreateUserInput, NewUser};
pub(super) use dashboard::{DefineDashboardInput, DeleteDashboardInput, SetRoleDashboardInput};
pub(super) use end_session::{EndSessionInput, EndSessionsInput};
pub(super) use evidence::{CosignCheckpointInput, RotateSigningKeyInput, SignCheckpointInput};
pub(super) use flaws::Flaws;
pub(super) use history_filter::{EntryFilter, HistoryFilter};
pub(super) use license::{GrantLicenseInput, RevokeLicenseInput, SizeLicensePoolInput};
pub(super) use mail_wording::{ChangeMailWordingInput, ResetMailWordingInput};
pub(super) use mask_pii::MaskPiiInput;
pub(super) use masking::{
    ApproveMaskingInput, DeclineMaskingInput, ExtendMaskingInput, LiftLegalHoldInput, MaskingPreviewInput,
    PlaceLegalHoldInput, RequestMaskingInput, RequestMaskingsInput, WithdrawMaskingInput,
};
pub(super) use password::{CancelPasswordChangeInput, ForcePasswordChangeInput, ResetPasswordInput};
pub(super) use portal::SetRolePortalPagesInput;
pub(super) use proxy::{ChangeProxyGrantInput, EndProxyInput, StartProxyInput};
pub(super) use retention::{
    DefineRetentionRuleInput, DeleteRetentionRuleInput, RetentionKind, RetentionState,
    SwitchRetentionRuleInput,
};
pub(super) use role::{AssignRoleInput, DefineRoleInput, DeleteRoleInput, UnassignRoleInput};
pub(super) use saved_view::{ChangeSavedViewInput, RemoveSavedViewInput, SaveViewInput};
pub(super) use security_question::{
    NewSecurityQuestion, RemoveSecurityQuestionInput, ResendMailInput, SetSecurityQuestionInput,
};
pub(super) use session::{NewPassword, SetPasswordInput, SignInInput, SignOutInput};
pub(super) use settings::ChangeSettingsInput;
pub(super) use sign_off::NotifySignOffInput;
pub(super) use source::ChangeSourceInput;
pub(super) use support::{DismissNoticeInput, EndSupportInput, StartSupportInput};
pub(super) use team::{
    AddTeamMemberInput, CreateTeamInput, DeleteTeamInput, MoveTeamInput, RemoveTeamMemberInput,
    RenameTeamInput,
};
pub(super) use user::{
    AssignAccessProfileInput, DeleteUserInput, DisableUserInput, EnableUserInput, LockAccountInput,
    UnlockAccountInput,
};
pub(super) use user_filter::{UserBy, UserFilter, UserOrder, UserOrderField};
pub(super) use user_rule::{
    ChangeUserRuleInput, DefineUserRuleInput, DeleteUserRuleInput, DisableUserRuleInput, EnableUserRuleInput,
    ReorderUserRulesInput, RetryUserRuleInput,
};
pub(super) use work::{ChangeChatLimitInput, ChangeDefaultChatLimitInput, ChangeReportingLineInput};
