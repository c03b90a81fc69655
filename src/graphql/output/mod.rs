//! What is shown: rows and events, as far as the caller may see them.

mod access_profile;
mod access_request;
mod access_review;
mod application;
mod artefact;
mod attribute;
mod backups;
mod bulk;
mod business_unit;
mod connection;
mod dashboard;
mod difference;
mod erasure;
mod evidence;
pub(super) mod history;
mod integrity;
mod license;
mod mail;
mod mail_wording;
mod masking;
mod masking_preview;
mod node;
mod notice;
mod payload;
mod preferences;
mod proxy;
mod reference;
mod retention;
mod role;
mod saved_view;
mod session;
mod settings;
mod team;
mod user;
mod user_card;
mod user_row;
mod user_rule;
mod views;
mod wanted;

pub(super) use access_profile::{AccessProfileDescription, capabilities};
pub(super) use access_request::{
    AccessRequest, AccessRequestConnection, AccessRequestEdge, AccessRequestPayload,
};
pub(super) use access_review::{AccessReviewConnection, AccessReviewEdge, HeldRight, RightKind};
pub(super) use application::{
    ActiveRole, Application, ApplicationAccess, RolePolicy, active_roles, applications, initial,
};
pub(super) use artefact::{Artefact, ArtefactConnection, ArtefactEdge, ArtefactKind};
pub(super) use attribute::{AttributeDefinition, AttributeOfUser};
pub(super) use backups::Backups;
pub(super) use bulk::{BulkPayload, OF_BULK, OF_BULK_REVOCATION};
pub(super) use business_unit::BusinessUnit;
pub(super) use connection::{HistoryConnection, HistoryEdge, UserConnection, UserEdge};
pub(super) use dashboard::{Dashboard, effective_home};
pub(super) use difference::{UserDifference, UserDifferenceConnection, UserDifferenceEdge, UserFate};
pub(super) use erasure::{Erasure, ErasureState};
pub(super) use evidence::{Checkpoint, CheckpointPayload, ConsistencyProof, InclusionProof, SigningKey};
pub(super) use history::{Entry, Reader, word};
pub(super) use integrity::{Integrity, ProveIntegrityPayload, ViewsProof};
pub(super) use license::{LicensePool, LicenseShortage, UserLicenseType};
pub(super) use mail::{Mail, MailQueue, Outbox, OutboxMail};
pub(super) use mail_wording::MailWording;
pub(super) use masking::{LegalBasis, MaskMode, MaskingRequest, MaskingState};
pub(super) use masking_preview::MaskingPreview;
pub(super) use node::Node;
pub(super) use payload::{
    ApplicationPayload, ArtefactPayload, AttributePayload, BusinessUnitPayload, DashboardPayload,
    DefaultChatLimitPayload, DeleteUserPayload, DismissNoticePayload, EndProxyPayload, LicensePoolPayload,
    MaskingPayload, OF_USER, Receipt, Renamed, ResetPasswordPayload, RolePayload, RotateSigningKeyPayload,
    SettingsPayload, SignInPayload, SignOutPayload, StartProxyPayload, SupportPayload, TeamPayload,
    UserPayload,
};
pub(super) use preferences::{DateOrder, DateSeparator, Preferences, TimeFormat, preference_text};
pub(super) use proxy::{ActingAs, ProxyGrant};
pub(super) use reference::{UserReference, Viewer};
pub(super) use retention::{RetentionDryRun, RetentionRule, RetentionRulePayload};
pub(super) use role::Role;
pub(super) use saved_view::SavedView;
pub(super) use settings::Settings;
pub(super) use team::Team;
pub(super) use user::User;
pub(super) use user_card::label;
pub(super) use user_rule::{
    RecordChange, RuleFault, RuleRun, RuleTrigger, RunState, UserRule, action_text, condition_text,
};
pub(super) use views::ViewsStatus;
pub(super) use wanted::Wanted;
