//! What can be changed: one mutation for each command, named after its stem.
//!
//! A mutation answers when its change is durable and the views hold it. A refusal is an answer, in the
//! payload; only a directory that can change nothing any more is an error.

mod access_request;
mod application;
mod artefact;
mod attribute;
mod avatar;
mod bulk;
mod business_unit;
mod dashboard;
mod evidence;
mod integrity;
mod license;
mod mail_wording;
mod masking;
mod password;
mod preferences;
mod privacy;
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
mod user_rule;
mod work;

use async_graphql::MergedObject;

/// What can be changed. In two parts, since the compiler bounds how deep a type can be, and each member makes
/// it deeper.
#[derive(MergedObject, Default)]
pub struct Mutation(Basics, Additions);

/// What came first.
#[derive(MergedObject, Default)]
pub struct Basics(
    user::UserMutations,
    session::SessionMutations,
    role::RoleMutations,
    license::LicenseMutations,
    privacy::PrivacyMutations,
    bulk::BulkMutations,
    preferences::PreferencesMutations,
    work::WorkMutations,
    dashboard::DashboardMutations,
    password::PasswordMutations,
    settings::SettingsMutations,
    avatar::AvatarMutations,
    team::TeamMutations,
    business_unit::BusinessUnitMutations,
    proxy::ProxyMutations,
    attribute::AttributeMutations,
);

/// What came after: the list to lengthen.
#[derive(MergedObject, Default)]
pub struct Additions(
    security_question::SecurityQuestionMutations,
    source::SourceMutations,
    application::ApplicationMutations,
    evidence::EvidenceMutations,
    sign_off::SignOffMutations,
    support::SupportMutations,
    ComplianceMutations,
    user_rule::UserRuleMutations,
    integrity::IntegrityMutations,
    artefact::ArtefactMutations,
    saved_view::SavedViewMutations,
    mail_wording::MailWordingMutations,
);

/// What compliance officers change. Apart, since one object of all would nest deeper than the compiler follows.
#[derive(MergedObject, Default)]
pub struct ComplianceMutations(
    masking::MaskingMutations,
    access_request::AccessRequestMutations,
    retention::RetentionMutations,
);
