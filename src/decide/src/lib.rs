//! The rules: what a command leads to, given what is known.
//!
//! One file per command, named after its stem; its cases stand beside it. A rule is a pure function
//! of the models, the command and the moment. It answers with all the events, or with a refusal;
//! nothing downstream chooses any more.
//!
//! Absent on purpose: who may ask (`access` in package `rollbook`, before a rule is asked), a clock,
//! randomness, hashing, storage. New ids of users, roles and credentials come from the models, since
//! they are dense; new session ids come with the command.

#![cfg_attr(
    test,
    allow(clippy::expect_used, clippy::unwrap_used, reason = "a case that cannot be set up must fail")
)]

mod asked;
mod attribute_values;
mod begins_with;
mod creation_rule;
mod forgetting;
mod identifying_fields;
mod initial;
mod mailed_password;
mod managed_elsewhere;
mod placement;
mod refusal;
mod security_answer;
mod user_rules;

mod assign_access_profile;
mod assign_role;
mod cancel_password_change;
mod change_chat_limit;
mod change_default_chat_limit;
mod change_mail_wording;
mod change_preferences;
mod change_profile;
mod change_reporting_line;
mod change_settings;
mod create_user;
mod define_dashboard;
mod define_role;
mod delete_dashboard;
mod delete_role;
mod delete_user;
mod disable_user;
mod enable_user;
mod end_session;
mod end_sessions;
mod force_password_change;
mod grant_license;
mod lock_account;
mod mask_pii;
mod notify_sign_off;
mod record_denied_attempt;
mod record_mail_attempt;
mod record_reading;
mod remove_avatar;
mod remove_security_question;
mod resend_mail;
mod reset_password;
mod revoke_license;
mod rotate_signing_key;
mod set_avatar;
mod set_password;
mod set_role_dashboard;
mod set_security_question;
mod sign_in;
mod sign_out;
mod size_license_pool;
mod unassign_role;
mod unlock_account;

mod change_application;
mod choose_active_role;
mod define_application;
mod delete_application;
mod grant_application_access;
mod remove_saved_view;
mod retry_user_rule;
mod revoke_application_access;
mod save_view;
mod saved_views;
mod set_role_portal_pages;

mod add_team_member;
mod add_to_business_unit;
mod change_proxy_grant;
mod create_business_unit;
mod create_team;
mod delete_business_unit;
mod delete_team;
mod dismiss_notice;
mod end_proxy;
mod end_support;
mod move_team;
mod remove_from_business_unit;
mod remove_team_member;
mod rename_business_unit;
mod rename_team;
mod start_proxy;
mod start_support;

mod approve_masking;
mod complete_erasure;
mod decline_masking;
mod extend_masking;
mod lift_legal_hold;
mod place_legal_hold;
mod request_masking;
mod withdraw_masking;

mod change_artefact;
mod change_saved_view;
mod change_user_rule;
mod define_user_rule;
mod delete_user_rule;
mod disable_user_rule;
mod enable_user_rule;
mod extend_access_request;
mod fetch_person_file;
mod fulfil_access_request;
mod lift_restriction;
mod open_access_request;
mod purge_artefact;
mod record_user_rule_run;
mod recycle_artefact;
mod refuse_access_request;
mod register_artefact;
mod reorder_user_rules;
mod restore_artefact;
mod restrict_processing;

mod apply_retention;
mod define_retention_rule;
mod delete_retention_rule;
mod end_retention_run;
mod start_retention_run;
mod switch_retention_rule;

mod add_attribute_choice;
mod change_source;
mod define_attribute;
mod rename_attribute;
mod retire_attribute;
mod retire_attribute_choice;
mod set_attributes;

#[cfg(test)]
mod tests;

use rollbook_projections::decision::DecisionModels;
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Command, CommandEnvelope, Event, RejectionCode, Rejections, Subject};

use asked::Asked;
pub use begins_with::begins_with;
use refusal::Outcome;

/// Denied attempts recorded per actor and minute; what goes beyond is refused all the same, and
/// leaves no trace, so that nobody can fill the log.
pub const DENIED_ATTEMPTS_PER_MINUTE: u32 = 10;

pub use rollbook_schema::value::Settings;

/// When, and under which settings, a command is judged.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// The time that the events will carry.
    pub now: Timestamp,
    /// The settings where the tenant chose nothing.
    pub settings: &'a Settings,
}

/// What a command leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// It has its effect.
    Accepted {
        /// All of it, in order. Empty if everything is so already: nothing to record (HIS-09).
        events: Vec<Event>,
        /// Whom or what it changed, or made.
        subject: Subject,
    },
    /// It has no effect.
    Refused {
        /// Why.
        rejections: Rejections,
        /// The trace it leaves, if any; not a receipt.
        record: Vec<Event>,
    },
}

/// Judges a command. The cost does not depend on how many users there are.
#[must_use]
pub fn decide(
    models: &DecisionModels,
    envelope: &CommandEnvelope,
    command: &Command,
    moment: &Moment<'_>,
) -> Decision {
    let settings = models.settings.over(moment.settings);
    let moment = &Moment { now: moment.now, settings: &settings };
    let asked = Asked { models, envelope, moment };
    let outcome = if changes_reserved_user(command) {
        Err(RejectionCode::ReservedUser.into())
    } else if let Some(rejections) = managed_elsewhere::refusal(&asked, command) {
        Err(rejections.into())
    } else {
        rule(&asked, command)
    };
    match outcome {
        Ok(events) => {
            let made = events.first().map_or(Subject::Tenant, Event::subject);
            Decision::Accepted { subject: command.subject().unwrap_or(made), events }
        }
        Err(refusal) => refusal.traced(&asked, command),
    }
}

fn rule(asked: &Asked<'_>, command: &Command) -> Outcome {
    match command {
        Command::CreateUser(c) => create_user::decide(asked, c),
        Command::ChangeProfile(c) => change_profile::decide(asked, c),
        Command::ChangePreferences(c) => change_preferences::decide(asked, c),
        Command::ChangeReportingLine(c) => change_reporting_line::decide(asked, c),
        Command::ChangeChatLimit(c) => change_chat_limit::decide(asked, c),
        Command::ChangeDefaultChatLimit(c) => change_default_chat_limit::decide(asked, c),
        Command::SetAvatar(c) => set_avatar::decide(asked, c),
        Command::RemoveAvatar(c) => remove_avatar::decide(asked, c),
        Command::AssignAccessProfile(c) => assign_access_profile::decide(asked, c),
        Command::DisableUser(c) => disable_user::decide(asked, c),
        Command::EnableUser(c) => enable_user::decide(asked, c),
        Command::DeleteUser(c) => delete_user::decide(asked, c),
        Command::LockAccount(c) => lock_account::decide(asked, c),
        Command::UnlockAccount(c) => unlock_account::decide(asked, c),
        Command::SetPassword(c) => set_password::decide(asked, c),
        Command::ResetPassword(c) => reset_password::decide(asked, c),
        Command::ForcePasswordChange(c) => force_password_change::decide(asked, c),
        Command::CancelPasswordChange(c) => cancel_password_change::decide(asked, c),
        Command::SignIn(c) => sign_in::decide(asked, c),
        Command::SignOut(c) => sign_out::decide(asked, c),
        Command::EndSession(c) => end_session::decide(asked, c),
        Command::EndSessions(c) => end_sessions::decide(asked, c),
        Command::RecordDeniedAttempt(c) => record_denied_attempt::decide(asked, c),
        Command::RecordMailAttempt(c) => record_mail_attempt::decide(asked, c),
        Command::RecordReading(c) => record_reading::decide(asked, c),
        Command::SetSecurityQuestion(c) => set_security_question::decide(asked, c),
        Command::RemoveSecurityQuestion(c) => remove_security_question::decide(asked, c),
        Command::ResendMail(c) => resend_mail::decide(asked, c),
        Command::NotifySignOff(c) => notify_sign_off::decide(asked, c),
        Command::DefineRole(c) => define_role::decide(asked, c),
        Command::DeleteRole(c) => delete_role::decide(asked, c),
        Command::DefineDashboard(c) => define_dashboard::decide(asked, c),
        Command::DeleteDashboard(c) => delete_dashboard::decide(asked, c),
        Command::SetRoleDashboard(c) => set_role_dashboard::decide(asked, c),
        Command::AssignRole(c) => assign_role::decide(asked, c),
        Command::UnassignRole(c) => unassign_role::decide(asked, c),
        Command::SizeLicensePool(c) => size_license_pool::decide(asked, c),
        Command::GrantLicense(c) => grant_license::decide(asked, c),
        Command::RevokeLicense(c) => revoke_license::decide(asked, c),
        Command::MaskPii(c) => mask_pii::decide(asked, c),
        Command::ChangeSettings(c) => change_settings::decide(asked, c),
        Command::DefineApplication(c) => define_application::decide(asked, c),
        Command::ChangeApplication(c) => change_application::decide(asked, c),
        Command::DeleteApplication(c) => delete_application::decide(asked, c),
        Command::GrantApplicationAccess(c) => grant_application_access::decide(asked, c),
        Command::RevokeApplicationAccess(c) => revoke_application_access::decide(asked, c),
        Command::ChooseActiveRole(c) => choose_active_role::decide(asked, c),
        Command::SetRolePortalPages(c) => set_role_portal_pages::decide(asked, c),
        Command::ChangeProxyGrant(c) => change_proxy_grant::decide(asked, c),
        Command::StartProxy(c) => start_proxy::decide(asked, c),
        Command::RotateSigningKey(c) => rotate_signing_key::decide(asked, c),
        Command::EndProxy(c) => end_proxy::decide(asked, c),
        Command::StartSupport(c) => start_support::decide(asked, c),
        Command::EndSupport(c) => end_support::decide(asked, c),
        Command::DismissNotice(c) => dismiss_notice::decide(asked, c),
        Command::RequestMasking(c) => request_masking::decide(asked, c),
        Command::ExtendMasking(c) => extend_masking::decide(asked, c),
        Command::ApproveMasking(c) => approve_masking::decide(asked, c),
        Command::DeclineMasking(c) => decline_masking::decide(asked, c),
        Command::WithdrawMasking(c) => withdraw_masking::decide(asked, c),
        Command::PlaceLegalHold(c) => place_legal_hold::decide(asked, c),
        Command::LiftLegalHold(c) => lift_legal_hold::decide(asked, c),
        Command::CompleteErasure(c) => complete_erasure::decide(asked, c),
        Command::OpenAccessRequest(c) => open_access_request::decide(asked, c),
        Command::ExtendAccessRequest(c) => extend_access_request::decide(asked, c),
        Command::FulfilAccessRequest(c) => fulfil_access_request::decide(asked, c),
        Command::RefuseAccessRequest(c) => refuse_access_request::decide(asked, c),
        Command::FetchPersonFile(c) => fetch_person_file::decide(asked, c),
        Command::RestrictProcessing(c) => restrict_processing::decide(asked, c),
        Command::LiftRestriction(c) => lift_restriction::decide(asked, c),
        Command::DefineRetentionRule(c) => define_retention_rule::decide(asked, c),
        Command::SwitchRetentionRule(c) => switch_retention_rule::decide(asked, c),
        Command::DeleteRetentionRule(c) => delete_retention_rule::decide(asked, c),
        Command::StartRetentionRun(c) => start_retention_run::decide(asked, c),
        Command::ApplyRetention(c) => apply_retention::decide(asked, c),
        Command::EndRetentionRun(c) => end_retention_run::decide(asked, c),
        Command::CreateTeam(c) => create_team::decide(asked, c),
        Command::RenameTeam(c) => rename_team::decide(asked, c),
        Command::MoveTeam(c) => move_team::decide(asked, c),
        Command::DeleteTeam(c) => delete_team::decide(asked, c),
        Command::AddTeamMember(c) => add_team_member::decide(asked, c),
        Command::RemoveTeamMember(c) => remove_team_member::decide(asked, c),
        Command::CreateBusinessUnit(c) => create_business_unit::decide(asked, c),
        Command::RenameBusinessUnit(c) => rename_business_unit::decide(asked, c),
        Command::DeleteBusinessUnit(c) => delete_business_unit::decide(asked, c),
        Command::AddToBusinessUnit(c) => add_to_business_unit::decide(asked, c),
        Command::RemoveFromBusinessUnit(c) => remove_from_business_unit::decide(asked, c),
        Command::DefineAttribute(c) => define_attribute::decide(asked, c),
        Command::RenameAttribute(c) => rename_attribute::decide(asked, c),
        Command::AddAttributeChoice(c) => add_attribute_choice::decide(asked, c),
        Command::RetireAttributeChoice(c) => retire_attribute_choice::decide(asked, c),
        Command::RetireAttribute(c) => retire_attribute::decide(asked, c),
        Command::SetAttributes(c) => set_attributes::decide(asked, c),
        Command::ChangeSource(c) => change_source::decide(asked, c),
        Command::RegisterArtefact(c) => register_artefact::decide(asked, c),
        Command::ChangeArtefact(c) => change_artefact::decide(asked, c),
        Command::RecycleArtefact(c) => recycle_artefact::decide(asked, c),
        Command::RestoreArtefact(c) => restore_artefact::decide(asked, c),
        Command::PurgeArtefact(c) => purge_artefact::decide(asked, c),
        Command::ChangeMailWording(c) => change_mail_wording::decide(asked, c),
        Command::SaveView(c) => save_view::decide(asked, c),
        Command::ChangeSavedView(c) => change_saved_view::decide(asked, c),
        Command::RemoveSavedView(c) => remove_saved_view::decide(asked, c),
        Command::DefineUserRule(c) => define_user_rule::decide(asked, c),
        Command::ChangeUserRule(c) => change_user_rule::decide(asked, c),
        Command::EnableUserRule(c) => enable_user_rule::decide(asked, c),
        Command::DisableUserRule(c) => disable_user_rule::decide(asked, c),
        Command::DeleteUserRule(c) => delete_user_rule::decide(asked, c),
        Command::ReorderUserRules(c) => reorder_user_rules::decide(asked, c),
        Command::RetryUserRule(c) => retry_user_rule::decide(asked, c),
        Command::RecordUserRuleRun(c) => record_user_rule_run::decide(asked, c),
    }
}

/// RSV-02, before any rule. Signing in as one fails like any sign-in, and tells nothing (STA-01); an
/// attempt upon one is recorded like any attempt.
fn changes_reserved_user(command: &Command) -> bool {
    match (command, command.subject()) {
        (Command::SignIn(_) | Command::RecordDeniedAttempt(_) | Command::RecordReading(_), _) => false,
        (_, Some(Subject::User(id))) => id.is_reserved(),
        _ => false,
    }
}
