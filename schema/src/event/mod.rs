//! What happened: past tense, never edited.
//!
//! Each event has a clear part (ids, enums, numbers that rules need) and personal parts, each sealed
//! under the key of the person it describes. Field order is stored: a changed shape is a new version
//! with an upcaster, never an edit.

mod access_request;
mod account;
mod application;
mod artefact;
mod attribute;
mod avatar;
mod business_unit;
mod chat_limit;
mod dashboard;
mod destroys;
mod erasure;
mod license;
mod mail;
mod mail_wording;
mod masking;
mod password;
mod password_mail;
mod payload;
mod portal;
mod preference;
mod privacy;
mod proxy;
mod reading;
mod reporting;
mod retention;
mod role;
mod saved_view;
mod security_question;
mod session;
mod settings;
mod signing_key;
mod source;
mod support;
mod team;
mod user;
mod user_rule;
mod version;

pub use access_request::{
    AccessRequestExtended, AccessRequestFulfilled, AccessRequestOpened, AccessRequestRefused, FileForm,
    PersonFileFetched, ProcessingRestricted, RestrictionLifted,
};
pub use account::{
    AccountLocked, AccountUnlocked, AttemptDenied, LockCause, PasswordSet, SignInFailed, SignedIn, SignedOut,
};
pub use application::{
    ActiveRoleChosen, ApplicationAccessGranted, ApplicationAccessRevoked, ApplicationChanged,
    ApplicationDefined, ApplicationDeleted,
};
pub use artefact::{ArtefactChanged, ArtefactPurged, ArtefactRecycled, ArtefactRegistered, ArtefactRestored};
pub use attribute::{
    AttributeChange, AttributeChoiceAdded, AttributeChoiceRetired, AttributeDefined, AttributeNames,
    AttributeRenamed, AttributeRetired, AttributesSet,
};
pub use avatar::{AvatarRemoved, AvatarSet};
pub use business_unit::{
    AddedToBusinessUnit, BusinessUnitCreated, BusinessUnitDeleted, BusinessUnitRenamed,
    RemovedFromBusinessUnit,
};
pub use chat_limit::{ChatLimitChanged, DefaultChatLimitChanged};
pub use dashboard::{DashboardDefined, DashboardDeleted, RoleDashboardSet};
pub use erasure::{ErasureCompleted, ErasureStep, FreeTextFound, FreeTextSearch, Remnant, StepTaken};
pub use license::{LicenseCause, LicenseGranted, LicensePoolSized, LicenseRevoked};
pub use mail::{MailFailed, MailQueued, MailSent};
pub use mail_wording::MailWordingChanged;
pub use masking::{
    LegalHoldLifted, LegalHoldPlaced, MaskingApproved, MaskingDeclined, MaskingExtended, MaskingRequested,
    MaskingWithdrawn,
};
pub use password::{AccountLockExpired, PasswordChangeCancelled, PasswordChangeForced, PasswordReset};
pub use password_mail::{MailedPasswordDestroyed, PasswordMailQueued};
pub use payload::{Part, PartVisitor};
pub use portal::RolePortalPagesSet;
pub use preference::PreferencesChanged;
pub use privacy::{DestroyedKey, MaskMode, PiiMasked};
pub use proxy::{ProxyEnded, ProxyGrantChanged, ProxyStarted};
pub use reading::{HistoryRead, ReadingWay};
pub use reporting::ReportingLineChanged;
pub use retention::{
    RetentionApplied, RetentionRuleDefined, RetentionRuleDeleted, RetentionRuleSwitched, RetentionRunEnded,
    RetentionRunStarted, SignInContextShredded, SignInRetentionDefined,
};
pub use role::{RoleAssigned, RoleDefined, RoleDeleted, RoleUnassigned};
pub use saved_view::{SavedViewAdded, SavedViewChanged, SavedViewRemoved};
pub use security_question::{SecurityQuestionRemoved, SecurityQuestionSet};
pub use session::{EndCause, SessionEnded, SessionsEnded};
pub use settings::{SettingChange, SettingsChanged};
pub use signing_key::{RotationCause, SigningKeyRotated};
pub use source::SourceChanged;
pub use support::{NoticeDismissed, SupportEnded, SupportStarted};
pub use team::{TeamCreated, TeamDeleted, TeamMemberAdded, TeamMemberRemoved, TeamMoved, TeamRenamed};
pub use user::{
    AccessProfileAssigned, Change, LoginChange, Origin, PersonChange, ProfileChanged, ProfileField,
    UserCreated, UserCreationFailed, UserDeleted, UserDisabled, UserEnabled,
};
pub use user_rule::{
    UserCreatedByRule, UserRuleChanged, UserRuleDefined, UserRuleDeleted, UserRuleDisabled, UserRuleEnabled,
    UserRuleFailed, UserRuleFinished, UserRuleQueued, UserRuleStarted, UserRulesReordered,
};

use serde::{Deserialize, Serialize};

use crate::codec::CodecError;
use crate::described::PartShape;
use crate::personal::{Group, Personal};
use crate::record::{Envelope, Subject};
use payload::Payload;

/// An event with its envelope, opened and of today's shape: what folds read.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedEvent {
    /// Who, when, where in the log.
    pub envelope: Envelope,
    /// What.
    pub event: Event,
}

macro_rules! events {
    ($($name:ident = $stored:literal @ $version:literal;)*) => {
        /// Everything that can have happened.
        #[derive(Clone, Debug, PartialEq)]
        #[expect(missing_docs, reason = "each payload documents itself")]
        pub enum Event { $($name($name),)* }

        /// The name of an event, without its content.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "each payload documents itself")]
        pub enum EventType { $($name,)* }

        impl EventType {
            /// Every type.
            pub const ALL: &'static [EventType] = &[$(EventType::$name,)*];

            /// The stored name, such as `license.granted`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(EventType::$name => $stored,)* }
            }

            /// The name as a type, such as `LicenseGranted`.
            #[must_use]
            pub fn stem(self) -> &'static str {
                match self { $(EventType::$name => stringify!($name),)* }
            }

            /// The version that is written today.
            #[must_use]
            pub fn version(self) -> u16 {
                match self { $(EventType::$name => $version,)* }
            }

            /// The personal parts that events of this type may have, but for the context, which all have.
            #[must_use]
            pub fn part_shapes(self) -> Vec<PartShape> {
                match self { $(EventType::$name => <$name as Payload>::part_shapes(),)* }
            }

            /// The type with a stored name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<EventType> {
                match name { $($stored => Some(EventType::$name),)* _ => None }
            }
        }

        impl Event {
            /// Its type.
            #[must_use]
            pub fn event_type(&self) -> EventType {
                match self { $(Event::$name(_) => EventType::$name,)* }
            }

            /// Whom or what it is about.
            #[must_use]
            pub fn subject(&self) -> Subject {
                match self { $(Event::$name(payload) => payload.subject(),)* }
            }

            /// The clear part as it is stored.
            pub fn clear_bytes(&self) -> Result<Vec<u8>, CodecError> {
                match self { $(Event::$name(payload) => Ok(postcard::to_allocvec(payload)?),)* }
            }

            /// Restores the clear part from bytes of today's version; personal parts are absent
            /// until [`Event::attach`].
            pub fn from_clear_bytes(event_type: EventType, bytes: &[u8]) -> Result<Event, CodecError> {
                match event_type { $(EventType::$name => payload::from_clear_bytes(bytes).map(Event::$name),)* }
            }

            /// Shows each personal part to the visitor.
            pub fn visit_parts<V: PartVisitor>(&self, visitor: &mut V) -> Result<(), V::Error> {
                match self { $(Event::$name(payload) => payload.visit_parts(visitor),)* }
            }

            /// Puts an opened (or erased) personal part in its place.
            pub fn attach(&mut self, group: Group, part: Personal<&[u8]>) -> Result<(), CodecError> {
                match self { $(Event::$name(payload) => payload.attach(group, part),)* }
            }

            /// The clear part as JSON, for people and other programs.
            pub fn clear_json(&self) -> Result<serde_json::Value, CodecError> {
                match self { $(Event::$name(payload) => Ok(serde_json::to_value(payload)?),)* }
            }
        }

        $(impl From<$name> for Event {
            fn from(payload: $name) -> Event { Event::$name(payload) }
        })*
    };
}

events! {
    UserCreated = "user.created" @ 1;
    UserCreationFailed = "user.creation_failed" @ 1;
    ProfileChanged = "profile.changed" @ 1;
    AccessProfileAssigned = "access_profile.assigned" @ 1;
    UserDisabled = "user.disabled" @ 1;
    UserEnabled = "user.enabled" @ 1;
    UserDeleted = "user.deleted" @ 1;
    AccountLocked = "account.locked" @ 1;
    AccountUnlocked = "account.unlocked" @ 1;
    PasswordSet = "password.set" @ 1;
    PasswordReset = "password.reset" @ 1;
    PasswordChangeForced = "password_change.forced" @ 1;
    PasswordChangeCancelled = "password_change.cancelled" @ 1;
    AccountLockExpired = "account.lock_expired" @ 1;
    SignedIn = "signed.in" @ 1;
    SignedOut = "signed.out" @ 1;
    SessionEnded = "session.ended" @ 1;
    SessionsEnded = "sessions.ended" @ 1;
    SignInFailed = "sign_in.failed" @ 1;
    AttemptDenied = "attempt.denied" @ 1;
    RoleDefined = "role.defined" @ 1;
    RoleDeleted = "role.deleted" @ 1;
    RoleAssigned = "role.assigned" @ 1;
    RoleUnassigned = "role.unassigned" @ 1;
    LicensePoolSized = "license.pool_sized" @ 1;
    LicenseGranted = "license.granted" @ 1;
    LicenseRevoked = "license.revoked" @ 1;
    PiiMasked = "pii.masked" @ 1;
    PreferencesChanged = "preferences.changed" @ 1;
    ReportingLineChanged = "reporting_line.changed" @ 1;
    ChatLimitChanged = "chat_limit.changed" @ 1;
    DefaultChatLimitChanged = "default_chat_limit.changed" @ 1;
    DashboardDefined = "dashboard.defined" @ 1;
    DashboardDeleted = "dashboard.deleted" @ 1;
    RoleDashboardSet = "role.dashboard_set" @ 1;
    SettingsChanged = "settings.changed" @ 1;
    AvatarSet = "avatar.set" @ 1;
    AvatarRemoved = "avatar.removed" @ 1;
    MailQueued = "mail.queued" @ 1;
    MailSent = "mail.sent" @ 1;
    MailFailed = "mail.failed" @ 1;
    TeamCreated = "team.created" @ 1;
    TeamRenamed = "team.renamed" @ 1;
    TeamMoved = "team.moved" @ 1;
    TeamDeleted = "team.deleted" @ 1;
    TeamMemberAdded = "team_member.added" @ 1;
    TeamMemberRemoved = "team_member.removed" @ 1;
    BusinessUnitCreated = "business_unit.created" @ 1;
    BusinessUnitRenamed = "business_unit.renamed" @ 1;
    BusinessUnitDeleted = "business_unit.deleted" @ 1;
    AddedToBusinessUnit = "added.to_business_unit" @ 1;
    RemovedFromBusinessUnit = "removed.from_business_unit" @ 1;
    ProxyGrantChanged = "proxy_grant.changed" @ 1;
    ProxyStarted = "proxy.started" @ 1;
    ProxyEnded = "proxy.ended" @ 1;
    PasswordMailQueued = "password_mail.queued" @ 1;
    MailedPasswordDestroyed = "mailed_password.destroyed" @ 1;
    AttributeDefined = "attribute.defined" @ 1;
    AttributeRenamed = "attribute.renamed" @ 1;
    AttributeChoiceAdded = "attribute_choice.added" @ 1;
    AttributeChoiceRetired = "attribute_choice.retired" @ 1;
    AttributeRetired = "attribute.retired" @ 1;
    AttributesSet = "attributes.set" @ 1;
    SecurityQuestionSet = "security_question.set" @ 1;
    SecurityQuestionRemoved = "security_question.removed" @ 1;
    SourceChanged = "source.changed" @ 1;
    ApplicationDefined = "application.defined" @ 1;
    ApplicationChanged = "application.changed" @ 1;
    ApplicationDeleted = "application.deleted" @ 1;
    ApplicationAccessGranted = "application_access.granted" @ 1;
    ApplicationAccessRevoked = "application_access.revoked" @ 1;
    ActiveRoleChosen = "active_role.chosen" @ 1;
    RolePortalPagesSet = "role.portal_pages_set" @ 1;
    SigningKeyRotated = "signing_key.rotated" @ 1;
    SupportStarted = "support.started" @ 1;
    SupportEnded = "support.ended" @ 1;
    NoticeDismissed = "notice.dismissed" @ 1;
    MaskingRequested = "masking.requested" @ 1;
    MaskingExtended = "masking.extended" @ 1;
    MaskingApproved = "masking.approved" @ 1;
    MaskingDeclined = "masking.declined" @ 1;
    MaskingWithdrawn = "masking.withdrawn" @ 1;
    LegalHoldPlaced = "legal_hold.placed" @ 1;
    LegalHoldLifted = "legal_hold.lifted" @ 1;
    ErasureCompleted = "erasure.completed" @ 1;
    AccessRequestOpened = "access_request.opened" @ 1;
    AccessRequestExtended = "access_request.extended" @ 1;
    AccessRequestFulfilled = "access_request.fulfilled" @ 1;
    AccessRequestRefused = "access_request.refused" @ 1;
    PersonFileFetched = "person_file.fetched" @ 1;
    ProcessingRestricted = "processing.restricted" @ 1;
    RestrictionLifted = "restriction.lifted" @ 1;
    ArtefactRegistered = "artefact.registered" @ 1;
    ArtefactChanged = "artefact.changed" @ 1;
    ArtefactRecycled = "artefact.recycled" @ 1;
    ArtefactRestored = "artefact.restored" @ 1;
    ArtefactPurged = "artefact.purged" @ 1;
    HistoryRead = "history.read" @ 1;
    RetentionRuleDefined = "retention_rule.defined" @ 1;
    RetentionRuleSwitched = "retention_rule.switched" @ 1;
    RetentionRuleDeleted = "retention_rule.deleted" @ 1;
    RetentionRunStarted = "retention_run.started" @ 1;
    RetentionApplied = "retention.applied" @ 1;
    RetentionRunEnded = "retention_run.ended" @ 1;
    FreeTextFound = "free_text.found" @ 1;
    UserRuleDefined = "user_rule.defined" @ 1;
    UserRuleChanged = "user_rule.changed" @ 1;
    UserRuleEnabled = "user_rule.enabled" @ 1;
    UserRuleDisabled = "user_rule.disabled" @ 1;
    UserRuleDeleted = "user_rule.deleted" @ 1;
    UserRulesReordered = "user_rules.reordered" @ 1;
    UserRuleQueued = "user_rule.queued" @ 1;
    UserRuleStarted = "user_rule.started" @ 1;
    UserRuleFinished = "user_rule.finished" @ 1;
    UserRuleFailed = "user_rule.failed" @ 1;
    UserCreatedByRule = "user.created_by_rule" @ 1;
    SignInRetentionDefined = "sign_in_retention.defined" @ 1;
    SignInContextShredded = "sign_in_context.shredded" @ 1;
    SavedViewAdded = "saved_view.added" @ 1;
    SavedViewChanged = "saved_view.changed" @ 1;
    SavedViewRemoved = "saved_view.removed" @ 1;
    MailWordingChanged = "mail_wording.changed" @ 1;
}
