//! One plain sentence for each event. It holds no personal value but names that the reader may see; whom they
//! may not see by name, and whose name is erased, it calls by a pseudonym: the id.

use rollbook_schema::event::{EndCause, LicenseCause, LockCause, MaskMode, ReadingWay};
use rollbook_schema::value::LicenseType;
use rollbook_schema::{
    ActorKind, ApplicationId, BusinessUnitId, Event, RecordedEvent, RoleId, Subject, TeamId, UserId,
    UserRuleId,
};

use super::access_request;
use super::retention;

/// What people and roles are called to this reader.
pub(super) struct Names<'a> {
    pub actor: Option<&'a str>,
    pub subject: Option<&'a str>,
    pub role: &'a dyn Fn(RoleId) -> Option<String>,
    pub team: &'a dyn Fn(TeamId) -> Option<String>,
    pub business_unit: &'a dyn Fn(BusinessUnitId) -> Option<String>,
    pub application: &'a dyn Fn(ApplicationId) -> Option<String>,
    pub rule: &'a dyn Fn(UserRuleId) -> Option<String>,
}

pub(super) fn summary(recorded: &RecordedEvent, names: &Names<'_>) -> String {
    let envelope = &recorded.envelope;
    let actor = match (names.actor, envelope.actor.kind) {
        (Some(name), _) => name.to_owned(),
        (None, ActorKind::Person) => format!("user_{}", envelope.actor.id),
        (None, ActorKind::Automation) if envelope.actor.id == UserId::TENANT => {
            "Tenant management".to_owned()
        }
        (None, ActorKind::Automation) => "Automation".to_owned(),
        (None, ActorKind::Operator) => "The operator".to_owned(),
        (None, ActorKind::Provider) => "The provider".to_owned(),
    };
    let is_own =
        envelope.actor.kind == ActorKind::Person && envelope.subject == Subject::User(envelope.actor.id);
    let subject = subject(envelope.subject, names);
    let whose = if is_own { "their own".to_owned() } else { format!("{subject}'s") };
    let role = |role: RoleId| (names.role)(role).unwrap_or_else(|| role.to_string());
    // One that the reader may not know of has no name.
    let team = |team: TeamId| {
        (names.team)(team).map_or_else(|| "a team".to_owned(), |name| format!("the team {name}"))
    };
    let unit = |unit: BusinessUnitId| (names.business_unit)(unit).unwrap_or_else(|| unit.to_string());
    let application = |it: ApplicationId| (names.application)(it).unwrap_or_else(|| it.to_string());
    let rule = |rule: UserRuleId| (names.rule)(rule).unwrap_or_else(|| rule.to_string());
    match &recorded.event {
        Event::UserCreated(_) => format!("{actor} created {subject}"),
        Event::UserCreationFailed(e) => format!("{actor} could not create a user: {}", e.code),
        Event::ProfileChanged(_) => format!("{actor} changed {whose} profile"),
        Event::PreferencesChanged(_) => format!("{actor} changed {whose} preferences"),
        Event::ReportingLineChanged(_) => format!("{actor} changed whom {subject} reports to"),
        Event::ChatLimitChanged(_) => format!("{actor} changed {whose} number of chats"),
        Event::DefaultChatLimitChanged(e) => {
            format!("{actor} set the chats of agents from {} to {}", e.from.chats(), e.to.chats())
        }
        Event::ArtefactRegistered(_) => format!("{actor} registered {subject}"),
        Event::ArtefactChanged(_) => format!("{actor} changed {subject}"),
        Event::ArtefactRecycled(_) => format!("{actor} put {subject} into the recycle bin"),
        Event::ArtefactRestored(_) => format!("{actor} took {subject} out of the recycle bin"),
        Event::ArtefactPurged(_) => format!("{actor} purged {subject}"),
        Event::DashboardDefined(_) => format!("{actor} defined {subject}"),
        Event::DashboardDeleted(_) => format!("{actor} deleted {subject}"),
        Event::RoleDashboardSet(e) => format!("{actor} set the dashboard of the role {}", role(e.role)),
        Event::MailWordingChanged(_) => format!("{actor} changed what a mail says"),
        Event::SavedViewAdded(_) => format!("{actor} saved a view of a list"),
        Event::SavedViewChanged(_) => format!("{actor} changed a saved view of a list"),
        Event::SavedViewRemoved(_) => format!("{actor} removed a saved view of a list"),
        Event::AvatarSet(_) => format!("{actor} changed {whose} picture"),
        Event::AvatarRemoved(_) => format!("{actor} removed {whose} picture"),
        Event::AccessProfileAssigned(_) => format!("{actor} changed {whose} access profile"),
        Event::UserDisabled(_) => format!("{actor} disabled {subject}"),
        Event::UserEnabled(_) => format!("{actor} enabled {subject}"),
        Event::UserDeleted(_) => format!("{actor} deleted {subject}"),
        Event::AccountLocked(e) => match e.cause {
            LockCause::Request => format!("{actor} locked {whose} account"),
            LockCause::FailedSignIns => {
                format!("The account of {subject} was locked after too many failed sign-ins")
            }
        },
        Event::AccountUnlocked(_) => format!("{actor} unlocked {whose} account"),
        Event::PasswordSet(_) => format!("{actor} set {whose} password"),
        Event::PasswordReset(_) => format!("{actor} gave {subject} a temporary password"),
        Event::PasswordChangeForced(_) => format!("{actor} demanded a new password of {subject}"),
        Event::PasswordChangeCancelled(_) => {
            format!("{actor} no longer demanded a new password of {subject}")
        }
        Event::AccountLockExpired(_) => format!("The lock of {subject}'s account ran out"),
        Event::SessionEnded(e) if e.cause == EndCause::TooMany => {
            format!("The oldest session of {subject} ended: there were too many")
        }
        Event::SessionEnded(_) => format!("{actor} ended one of {whose} sessions"),
        Event::SessionsEnded(e) if e.kept_session.is_some() => {
            format!("{actor} ended {whose} other sessions")
        }
        Event::SessionsEnded(_) => format!("{actor} ended {whose} sessions"),
        Event::SettingsChanged(_) => format!("{actor} changed the settings"),
        Event::SignedIn(_) => format!("{actor} signed in"),
        Event::SignedOut(_) => format!("{actor} signed out"),
        Event::SignInFailed(e) => format!("A sign-in as {subject} failed: {}", e.code),
        Event::AttemptDenied(e) => format!("{actor} was denied {} on {subject}: {}", e.command, e.code),
        Event::RoleDefined(e) => format!("{actor} defined the role {}", role(e.role)),
        Event::RoleDeleted(e) => format!("{actor} deleted the role {}", role(e.role)),
        Event::RoleAssigned(e) => format!("{actor} assigned the role {} to {subject}", role(e.role)),
        Event::RoleUnassigned(e) => format!("{actor} unassigned the role {} from {subject}", role(e.role)),
        Event::LicensePoolSized(e) => {
            format!("{actor} set the {} seats from {} to {}", license(e.license), e.from, e.to)
        }
        Event::LicenseGranted(e) => {
            let why = because(e.cause, "with the first role");
            format!("{actor} granted {subject} a {} license{why}", license(e.license))
        }
        Event::LicenseRevoked(e) => {
            let why = because(e.cause, "with the last role");
            format!("{actor} revoked {whose} {} license{why}", license(e.license))
        }
        Event::MailQueued(_) => format!("{actor} queued a mail to {subject}"),
        Event::PasswordMailQueued(_) => {
            format!("{actor} queued a mail with a password to {subject}")
        }
        Event::SecurityQuestionSet(_) => format!("{actor} chose {whose} security question"),
        Event::SecurityQuestionRemoved(_) => format!("{actor} removed {whose} security question"),
        Event::MailedPasswordDestroyed(_) => {
            format!("A password that waited to be mailed to {subject} was destroyed")
        }
        Event::MailSent(_) => format!("A mail to {subject} was sent"),
        Event::MailFailed(_) => format!("A mail to {subject} could not be sent"),
        Event::PiiMasked(e) if e.mode == MaskMode::Erasure => format!("{actor} erased {subject}"),
        Event::PiiMasked(_) => format!("{actor} masked {whose} username and email"),
        Event::ErasureCompleted(e) if e.mode == MaskMode::Erasure => {
            format!("The erasure of {subject} was completed")
        }
        Event::FreeTextFound(_) => format!("Free text of others was searched for {subject}"),
        Event::ErasureCompleted(_) => format!("The masking of {subject} was completed"),
        Event::MaskingRequested(e) if e.mode == MaskMode::Erasure => {
            format!("{actor} asked for {subject} to be erased")
        }
        Event::MaskingRequested(_) => format!("{actor} asked for {subject} to be masked"),
        Event::MaskingExtended(_) => format!("{actor} extended the masking request about {subject}"),
        Event::MaskingApproved(_) => format!("{actor} approved the masking request about {subject}"),
        Event::MaskingDeclined(_) => format!("{actor} declined the masking request about {subject}"),
        Event::MaskingWithdrawn(_) => format!("{actor} withdrew the masking request about {subject}"),
        Event::LegalHoldPlaced(_) => format!("{actor} placed a legal hold on {subject}"),
        Event::LegalHoldLifted(_) => format!("{actor} lifted the legal hold on {subject}"),
        event @ (Event::AccessRequestOpened(_)
        | Event::AccessRequestExtended(_)
        | Event::AccessRequestFulfilled(_)
        | Event::AccessRequestRefused(_)
        | Event::PersonFileFetched(_)
        | Event::ProcessingRestricted(_)
        | Event::RestrictionLifted(_)) => access_request::sentence(event, &actor, &subject),
        event @ (Event::RetentionRuleDefined(_)
        | Event::SignInRetentionDefined(_)
        | Event::SignInContextShredded(_)
        | Event::RetentionRuleSwitched(_)
        | Event::RetentionRuleDeleted(_)
        | Event::RetentionRunStarted(_)
        | Event::RetentionApplied(_)
        | Event::RetentionRunEnded(_)) => retention::sentence(event, &actor, &subject),
        Event::ProxyGrantChanged(_) => format!("{actor} changed as whom {subject} may act"),
        Event::ProxyStarted(_) => format!("{actor} began to act as {subject}"),
        Event::SigningKeyRotated(_) => format!("{actor} put another signing key into force"),
        Event::SupportStarted(_) => format!("{actor} began a support login as {subject}"),
        Event::SupportEnded(_) => format!("{actor} ended a support login as {subject}"),
        Event::HistoryRead(e) => {
            let what =
                if e.user.is_some() { format!("{whose} history") } else { "everybody's history".to_owned() };
            match e.way {
                ReadingWay::Page => format!("{actor} read {what}"),
                ReadingWay::Follow => format!("{actor} followed {what}"),
                ReadingWay::Export => format!("{actor} exported {what}"),
            }
        }
        Event::NoticeDismissed(_) => format!("{actor} dismissed a notice"),
        Event::ProxyEnded(_) => format!("{actor} ceased to act as {subject}"),
        Event::TeamCreated(e) => format!("{actor} created {}", team(e.team)),
        Event::TeamRenamed(e) => format!("{actor} renamed {}", team(e.team)),
        Event::ApplicationDefined(e) => {
            format!("{actor} defined the application {}", application(e.application))
        }
        Event::ApplicationChanged(e) => {
            format!("{actor} changed the application {}", application(e.application))
        }
        Event::ApplicationDeleted(e) => {
            format!("{actor} deleted the application {}", application(e.application))
        }
        Event::ApplicationAccessGranted(e) => {
            format!("{actor} granted {subject} the application {}", application(e.application))
        }
        Event::ApplicationAccessRevoked(e) => {
            format!("{actor} revoked {whose} access to the application {}", application(e.application))
        }
        Event::ActiveRoleChosen(e) => {
            format!("{actor} chose the role {} in {}", role(e.to), application(e.application))
        }
        Event::RolePortalPagesSet(e) => format!("{actor} set the portal pages of the role {}", role(e.role)),
        Event::UserRuleDefined(e) => format!("{actor} defined the rule {}", rule(e.rule)),
        Event::UserRuleChanged(e) => format!("{actor} changed the rule {}", rule(e.rule)),
        Event::UserRuleEnabled(e) => format!("{actor} put the rule {} into force", rule(e.rule)),
        Event::UserRuleDisabled(e) => format!("{actor} put the rule {} out of force", rule(e.rule)),
        Event::UserRuleDeleted(e) => format!("{actor} deleted the rule {}", rule(e.rule)),
        Event::UserRulesReordered(_) => format!("{actor} changed the order of rules"),
        Event::UserRuleQueued(e) => {
            format!("The rule {} is due after the deletion of {subject}", rule(e.rule))
        }
        Event::UserRuleStarted(e) => format!("The rule {} began, to delete {subject}", rule(e.rule)),
        Event::UserRuleFinished(e) => format!("The rule {} ended for {subject}", rule(e.rule)),
        Event::UserCreatedByRule(_) => format!("A rule made {subject}"),
        Event::UserRuleFailed(e) => format!("The rule {} failed for {subject}", rule(e.rule)),
        Event::TeamMoved(e) => match e.to {
            Some(to) => format!("{actor} moved {} below {}", team(e.team), team(to)),
            None => format!("{actor} moved {} to the top", team(e.team)),
        },
        Event::TeamDeleted(e) => format!("{actor} deleted {}", team(e.team)),
        Event::TeamMemberAdded(e) => format!("{actor} added {subject} to {}", team(e.team)),
        Event::TeamMemberRemoved(e) => format!("{actor} removed {subject} from {}", team(e.team)),
        Event::AttributeDefined(_) => format!("{actor} defined {subject}"),
        Event::AttributeRenamed(_) => format!("{actor} renamed {subject}"),
        Event::AttributeChoiceAdded(_) => format!("{actor} added a choice to {subject}"),
        Event::AttributeChoiceRetired(_) => format!("{actor} retired a choice of {subject}"),
        Event::AttributeRetired(_) => format!("{actor} retired {subject}"),
        Event::SourceChanged(_) => format!("{actor} changed where {subject} is kept"),
        Event::AttributesSet(_) => format!("{actor} changed {whose} attributes"),
        Event::BusinessUnitCreated(e) => {
            format!("{actor} created the business unit {}", unit(e.business_unit))
        }
        Event::BusinessUnitRenamed(e) => {
            format!("{actor} renamed the business unit {}", unit(e.business_unit))
        }
        Event::BusinessUnitDeleted(e) => {
            format!("{actor} deleted the business unit {}", unit(e.business_unit))
        }
        Event::AddedToBusinessUnit(e) => {
            format!("{actor} added {subject} to the business unit {}", unit(e.business_unit))
        }
        Event::RemovedFromBusinessUnit(e) => {
            format!("{actor} removed {subject} from the business unit {}", unit(e.business_unit))
        }
    }
}

fn subject(subject: Subject, names: &Names<'_>) -> String {
    match (names.subject, subject) {
        (Some(name), _) => name.to_owned(),
        (None, Subject::User(user)) => format!("user_{user}"),
        (None, Subject::UserType) => "users".to_owned(),
        (None, Subject::Role(role)) => format!("role {role}"),
        (None, Subject::LicensePool(of)) => format!("the {} seats", license(of)),
        (None, Subject::Dashboard(dashboard)) => format!("dashboard {dashboard}"),
        (None, Subject::Tenant) => "the directory".to_owned(),
        (None, Subject::Attribute(attribute)) => format!("attribute {attribute}"),
        (None, Subject::Team(team)) => format!("team {team}"),
        (None, Subject::BusinessUnit(unit)) => format!("business unit {unit}"),
        (None, Subject::Application(application)) => format!("application {application}"),
        (None, Subject::Artefact(artefact)) => format!("artefact {artefact}"),
        (None, Subject::UserRule(rule)) => format!("rule {rule}"),
    }
}

fn license(license: LicenseType) -> &'static str {
    match license {
        LicenseType::ReadWrite => "read-write",
        LicenseType::ReadOnly => "read-only",
    }
}

fn because(cause: LicenseCause, role: &str) -> String {
    match cause {
        LicenseCause::Request => String::new(),
        LicenseCause::Role => format!(", {role}"),
    }
}
