//! Old and new value of every field that an event changed (HIS-01): a total function of the event.

use async_graphql::SimpleObject;
use async_graphql::resolver_utils::EnumType;
use rollbook_schema::event::{
    Change, LicenseGranted, MailWordingChanged, PiiMasked, UserCreated, UserCreationFailed, UserDeleted,
};
use rollbook_schema::value::{self, ChatLimit, Login, PersonField};
use rollbook_schema::{Event, Personal};

use super::access_request;
use super::applications;
use super::masking;
use super::retention;
use super::saved_views;
use super::sight::Sight;
use super::user_rules;
use crate::graphql::id;
use crate::graphql::output::ArtefactKind;
use crate::graphql::vocabulary::{
    AccessProfile, LicenseType, MailFault, MailLanguage, MailTemplate, ProxyScope, ReadingWay, Surface,
    UserKind, UserSource,
};

/// What is shown of a secret.
const SECRET: &str = "changed";

/// A field before and after.
#[derive(SimpleObject, Clone, Debug, PartialEq, Eq)]
pub(in crate::graphql) struct FieldChange {
    /// The field's name in this API.
    pub field: String,
    /// Before; null if it was empty, or is not shown.
    pub from: Option<String>,
    /// After; null if it is empty, or is not shown.
    pub to: Option<String>,
    /// The value was destroyed for good; what is left is a mask, or nothing.
    pub erased: bool,
    /// You may not see this value.
    pub withheld: bool,
}

pub(super) fn changes(event: &Event, sight: &Sight<'_>) -> Vec<FieldChange> {
    let mut list = List { sight, changes: Vec::new() };
    match event {
        Event::UserCreated(e) => list.user_created(e),
        Event::UserCreationFailed(e) => list.user_creation_failed(e),
        Event::ProfileChanged(e) => list.profile_changed(e),
        Event::PreferencesChanged(e) => list.preferences(e),
        Event::ReportingLineChanged(e) => {
            list.id("reportsTo", e.from, e.to, |user| sight.user(user));
        }
        Event::ChatLimitChanged(e) => {
            list.clear("maxChats", e.from.map(ChatLimit::chats), e.to.map(ChatLimit::chats));
        }
        Event::DefaultChatLimitChanged(e) => {
            list.clear("defaultMaxChats", Some(e.from.chats()), Some(e.to.chats()));
        }
        Event::DashboardDefined(e) => list.clear("name", None, e.name.known().map(|name| name.as_str())),
        Event::DashboardDeleted(_) => list.clear("deleted", Some(false), Some(true)),
        Event::RoleDashboardSet(e) => {
            let name = |dashboard| id::of_dashboard(dashboard).0;
            list.clear("dashboard", e.from.map(name), e.to.map(name));
        }
        Event::AvatarSet(e) => list.clear("avatar", e.replaces, Some(e.avatar)),
        Event::AvatarRemoved(e) => list.clear("avatar", Some(e.avatar), None),
        Event::AccessProfileAssigned(e) => list.access_profile(e.from, e.to),
        Event::UserDisabled(e) => {
            list.clear("active", Some(true), Some(false));
            list.seat(e.seat_released, None);
        }
        Event::UserEnabled(e) => {
            list.clear("active", Some(false), Some(true));
            list.seat(None, e.seat_taken);
        }
        Event::UserDeleted(e) => list.user_deleted(e),
        Event::AccountLocked(_) => list.clear("locked", Some(false), Some(true)),
        Event::AccountUnlocked(_) => list.clear("locked", Some(true), Some(false)),
        Event::PasswordSet(_) => list.clear("password", None::<&str>, Some(SECRET)),
        Event::PasswordReset(_) => {
            list.clear("password", None::<&str>, Some(SECRET));
            list.clear("mustChangePassword", Some(false), Some(true));
        }
        Event::PasswordChangeForced(_) => list.clear("mustChangePassword", Some(false), Some(true)),
        Event::PasswordChangeCancelled(_) => list.clear("mustChangePassword", Some(true), Some(false)),
        Event::AccountLockExpired(_) => list.clear("locked", Some(true), Some(false)),
        Event::SettingsChanged(e) => e.changes.iter().for_each(|change| list.setting(change)),
        Event::SignedIn(_) | Event::SignedOut(_) | Event::SessionEnded(_) | Event::SessionsEnded(_) => {}
        Event::SignInFailed(e) => {
            list.clear("code", None, Some(&e.code));
            list.clear("failures", None, Some(e.failures));
        }
        Event::AttemptDenied(e) => {
            list.clear("command", None, Some(&e.command));
            list.clear("code", None, Some(&e.code));
        }
        Event::RoleDefined(e) => {
            list.clear("name", None, e.name.known().map(|name| name.as_str()));
            list.clear("kind", None, Some(word(UserKind::from(e.kind))));
            let surfaces = e.surfaces.iter().map(|surface| word(Surface::from(*surface)));
            list.clear("surfaces", None, Some(surfaces.collect::<Vec<_>>().join(", ")));
        }
        Event::RoleDeleted(_) => list.clear("deleted", Some(false), Some(true)),
        Event::RoleAssigned(e) => list.clear("roles", None, Some(id::of_role(e.role).0)),
        Event::RoleUnassigned(e) => list.clear("roles", Some(id::of_role(e.role).0), None),
        Event::LicensePoolSized(e) => list.clear("owned", Some(e.from), Some(e.to)),
        Event::LicenseGranted(LicenseGranted { replaces, license, .. }) => {
            list.seat(*replaces, Some(*license));
        }
        Event::LicenseRevoked(e) => list.seat(Some(e.license), None),
        Event::PiiMasked(e) => list.pii_masked(e),
        Event::MailQueued(e) => list.clear("mail", None, Some(word(MailTemplate::from(e.template)))),
        Event::PasswordMailQueued(e) => {
            list.clear("mail", None, Some(word(MailTemplate::from(e.template))));
        }
        Event::MailedPasswordDestroyed(_) => {}
        Event::SecurityQuestionSet(_) => list.clear("securityQuestion", None::<&str>, Some(SECRET)),
        Event::SecurityQuestionRemoved(_) => list.clear("securityQuestion", Some(SECRET), None),
        Event::MailSent(e) => list.clear("attempt", None, Some(e.attempt)),
        Event::MailFailed(e) => {
            list.clear("attempt", None, Some(e.attempt));
            list.clear("fault", None, Some(word(MailFault::from(e.fault))));
        }
        Event::ProxyGrantChanged(e) => list.proxy_grant(&e.from, &e.to),
        Event::SigningKeyRotated(e) => {
            list.clear("signingKey", Some(e.from.to_string()), Some(e.to.to_string()));
        }
        Event::ProxyStarted(_) | Event::ProxyEnded(_) => {}
        Event::SupportStarted(_) | Event::SupportEnded(_) => {}
        event @ (Event::MaskingRequested(_)
        | Event::MaskingExtended(_)
        | Event::MaskingApproved(_)
        | Event::MaskingDeclined(_)
        | Event::MaskingWithdrawn(_)
        | Event::LegalHoldPlaced(_)
        | Event::ErasureCompleted(_)
        | Event::FreeTextFound(_)
        | Event::LegalHoldLifted(_)) => masking::list(&mut list, event),
        event @ (Event::AccessRequestOpened(_)
        | Event::AccessRequestExtended(_)
        | Event::AccessRequestFulfilled(_)
        | Event::AccessRequestRefused(_)
        | Event::PersonFileFetched(_)
        | Event::ProcessingRestricted(_)
        | Event::RestrictionLifted(_)) => access_request::list(&mut list, event),
        // What stands in an artefact is read there; the wording before is forgotten.
        Event::ArtefactRegistered(e) => list.clear("kind", None, Some(word(ArtefactKind::from(e.kind)))),
        Event::ArtefactChanged(e) => list.clear("kind", None, Some(word(ArtefactKind::from(e.kind)))),
        Event::ArtefactRecycled(_) => list.clear("recycled", Some(false), Some(true)),
        Event::ArtefactRestored(_) => list.clear("recycled", Some(true), Some(false)),
        Event::ArtefactPurged(_) => list.clear("purged", Some(false), Some(true)),
        Event::HistoryRead(e) => list.clear("read", None, Some(word(ReadingWay::from(e.way)))),
        event @ (Event::RetentionRuleDefined(_)
        | Event::SignInRetentionDefined(_)
        | Event::SignInContextShredded(_)
        | Event::RetentionRuleSwitched(_)
        | Event::RetentionRuleDeleted(_)
        | Event::RetentionRunStarted(_)
        | Event::RetentionApplied(_)
        | Event::RetentionRunEnded(_)) => retention::list(&mut list, event),
        event @ (Event::UserRuleDefined(_)
        | Event::UserRuleChanged(_)
        | Event::UserRuleEnabled(_)
        | Event::UserRuleDisabled(_)
        | Event::UserRuleDeleted(_)
        | Event::UserRulesReordered(_)
        | Event::UserRuleQueued(_)
        | Event::UserRuleStarted(_)
        | Event::UserRuleFinished(_)
        | Event::UserRuleFailed(_)
        | Event::UserCreatedByRule(_)) => user_rules::list(&mut list, event),
        Event::MailWordingChanged(e) => list.mail_wording(e),
        event @ (Event::SavedViewAdded(_) | Event::SavedViewChanged(_) | Event::SavedViewRemoved(_)) => {
            saved_views::list(&mut list, event);
        }
        Event::NoticeDismissed(e) => list.clear("notice", Some(id::of_event(e.notice).0), None),
        Event::TeamCreated(e) => {
            list.clear("name", None, e.name.known().map(|name| name.as_str()));
            list.id("parent", None, e.parent, |team| sight.team(team));
        }
        Event::TeamRenamed(e) => {
            let name = e.name.known();
            list.clear("name", name.map(|name| name.from.as_str()), name.map(|name| name.to.as_str()));
        }
        Event::TeamMoved(e) => {
            list.id("parent", e.from, e.to, |team| sight.team(team));
        }
        Event::ApplicationDefined(_)
        | Event::ApplicationChanged(_)
        | Event::ApplicationDeleted(_)
        | Event::ApplicationAccessGranted(_)
        | Event::ApplicationAccessRevoked(_)
        | Event::ActiveRoleChosen(_)
        | Event::RolePortalPagesSet(_) => applications::list(&mut list, event),
        Event::TeamDeleted(_) | Event::BusinessUnitDeleted(_) => {
            list.clear("deleted", Some(false), Some(true));
        }
        Event::TeamMemberAdded(e) => list.id("teams", None, Some(e.team), |team| sight.team(team)),
        Event::TeamMemberRemoved(e) => list.id("teams", Some(e.team), None, |team| sight.team(team)),
        Event::BusinessUnitCreated(e) => {
            list.clear("name", None, e.name.known().map(|name| name.as_str()));
        }
        Event::BusinessUnitRenamed(e) => {
            let name = e.name.known();
            list.clear("name", name.map(|name| name.from.as_str()), name.map(|name| name.to.as_str()));
        }
        Event::SourceChanged(e) => {
            let name = |source| word(UserSource::from(source));
            list.clear("source", Some(name(e.from)), Some(name(e.to)));
        }
        Event::AttributeDefined(_)
        | Event::AttributeRenamed(_)
        | Event::AttributeChoiceAdded(_)
        | Event::AttributeChoiceRetired(_)
        | Event::AttributeRetired(_)
        | Event::AttributesSet(_) => list.attributes(event),
        Event::AddedToBusinessUnit(e) => {
            list.clear("businessUnits", None, Some(id::of_business_unit(e.business_unit).0));
        }
        Event::RemovedFromBusinessUnit(e) => {
            list.clear("businessUnits", Some(id::of_business_unit(e.business_unit).0), None);
        }
    }
    list.changes
}

pub(super) struct List<'a> {
    pub(super) sight: &'a Sight<'a>,
    changes: Vec<FieldChange>,
}

impl List<'_> {
    /// A value that is nobody's secret.
    pub(super) fn clear<T: ToString>(&mut self, field: &str, from: Option<T>, to: Option<T>) {
        let (from, to) = (from.map(|it| it.to_string()), to.map(|it| it.to_string()));
        self.changes.push(FieldChange { field: field.to_owned(), from, to, erased: false, withheld: false });
    }

    /// Ids of users or teams. Those that the reader may not know of are left out, and said to be withheld.
    fn ids<T: Copy>(&mut self, field: &str, from: &[T], to: &[T], shown: impl Fn(T) -> Option<String>) {
        let text = |ids: &[T]| ids.iter().filter_map(|id| shown(*id)).collect::<Vec<_>>().join(", ");
        let withheld = from.iter().chain(to).any(|id| shown(*id).is_none());
        let (from, to) = (Some(text(from)), Some(text(to)));
        self.changes.push(FieldChange { field: field.to_owned(), from, to, erased: false, withheld });
    }

    /// The same for one at most.
    pub(super) fn id<T: Copy>(
        &mut self,
        field: &str,
        from: Option<T>,
        to: Option<T>,
        shown: impl Fn(T) -> Option<String>,
    ) {
        self.ids(field, from.as_slice(), to.as_slice(), shown);
        if let Some(change) = self.changes.last_mut() {
            change.from.take_if(|text| text.is_empty());
            change.to.take_if(|text| text.is_empty());
        }
    }

    /// A value that says something about the person.
    pub(super) fn personal(&mut self, field: &str, from: Option<&str>, to: Option<&str>) {
        let withheld = !self.sight.sees_person;
        let shown = |text: Option<&str>| text.filter(|_| !withheld).map(str::to_owned);
        let change = FieldChange {
            field: field.to_owned(),
            from: shown(from),
            to: shown(to),
            erased: false,
            withheld,
        };
        self.changes.push(change);
    }

    /// A value whose key was destroyed, and the mask in its place (MSK-11).
    pub(super) fn erased(&mut self, field: &str, from: Option<&str>, to: Option<&str>) {
        self.personal(field, from, to);
        if let Some(change) = self.changes.last_mut() {
            change.erased = true;
        }
    }

    fn seat(&mut self, from: Option<value::LicenseType>, to: Option<value::LicenseType>) {
        if from.is_some() || to.is_some() {
            let name = |license: value::LicenseType| word(LicenseType::from(license));
            self.clear("license", from.map(name), to.map(name));
        }
    }

    fn access_profile(&mut self, from: value::AccessProfile, to: value::AccessProfile) {
        let name = |profile: value::AccessProfile| word(AccessProfile::from(profile));
        self.clear("accessProfile", Some(name(from)), Some(name(to)));
    }

    /// What the company says to everybody is nobody's secret.
    fn mail_wording(&mut self, e: &MailWordingChanged) {
        self.clear("template", None, Some(word(MailTemplate::from(e.template))));
        self.clear("language", None, Some(word(MailLanguage::from(e.language))));
        let Some(words) = e.words.known() else { return };
        let subject = |words: &Option<value::MailWording>| {
            words.as_ref().map(|words| words.subject.as_str().to_owned())
        };
        let text =
            |words: &Option<value::MailWording>| words.as_ref().map(|words| words.text.as_str().to_owned());
        self.clear("subject", subject(&words.from), subject(&words.to));
        self.clear("text", text(&words.from), text(&words.to));
    }

    /// A login that was given.
    fn login(&mut self, login: &Personal<Login>) {
        let sight = self.sight;
        match login {
            Personal::Known(login) => {
                self.personal("username", None, Some(login.username.as_str()));
                self.personal("email", None, Some(login.email.as_str()));
            }
            Personal::Erased => {
                self.erased("username", None, sight.mask.username.as_deref());
                self.erased("email", None, sight.mask.email.as_deref());
            }
            Personal::Absent => {}
        }
    }

    fn user_created(&mut self, e: &UserCreated) {
        self.clear("kind", None, Some(word(UserKind::from(e.kind))));
        self.clear("emailVerified", None, Some(e.email_verified));
        self.clear("accessProfile", None, Some(word(AccessProfile::from(e.access_profile))));
        self.login(&e.login);
        match &e.person {
            Personal::Known(person) => {
                for (field, text) in &person.0 {
                    self.personal(field.name(), None, Some(text.as_str()));
                }
            }
            // Which fields there were is gone with them; a full name there always was.
            Personal::Erased => self.erased(PersonField::FullName.name(), None, None),
            Personal::Absent => {}
        }
    }

    fn user_creation_failed(&mut self, e: &UserCreationFailed) {
        self.clear("code", None, Some(&e.code));
        self.login(&e.login);
        match &e.rule {
            Personal::Known(rule) => self.personal("automation", None, Some(rule.as_str())),
            Personal::Erased => self.erased("automation", None, None),
            Personal::Absent => {}
        }
    }

    fn user_deleted(&mut self, e: &UserDeleted) {
        self.clear("deleted", Some(false), Some(true));
        self.access_profile(e.access_profile_from, e.access_profile_to);
        self.seat(e.seat_released, None);
    }

    fn proxy_grant(&mut self, from: &value::ProxyGrant, to: &value::ProxyGrant) {
        let scope = |grant: &value::ProxyGrant| word(ProxyScope::from(grant.scope));
        self.clear("scope", Some(scope(from)), Some(scope(to)));
        let sight = self.sight;
        self.ids("users", &from.users, &to.users, |user| sight.user(user));
        self.ids("teams", &from.teams, &to.teams, |team| sight.team(team));
    }

    fn pii_masked(&mut self, e: &PiiMasked) {
        let masked = e.masked.known();
        self.erased("username", None, masked.map(|masked| masked.username.as_str()));
        self.erased("email", None, masked.map(|masked| masked.email.as_str()));
    }
}

pub(super) fn texts<T>(change: Option<&Change<T>>, text: fn(&T) -> &str) -> Option<(&str, &str)> {
    change.map(|change| (text(&change.from), text(&change.to)))
}

/// The name of an enum's value in this API.
pub(in crate::graphql) fn word<T: EnumType>(value: T) -> String {
    T::items()
        .iter()
        .find(|entry| entry.value == value)
        .map(|entry| entry.name)
        .unwrap_or_default()
        .to_owned()
}
