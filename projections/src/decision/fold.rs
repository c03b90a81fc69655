//! What each event does to the models.

use rollbook_schema::event::{
    AccountLocked, Event, LicenseGranted, LockCause, LoginChange, PiiMasked, ProfileChanged, ProfileField,
    SignInFailed, UserCreated, UserDeleted,
};
use rollbook_schema::value::Settings;
use rollbook_schema::{CredentialNumber, Envelope, Group, KeyOwner, RoleId, SessionId, UserId};

use super::DecisionModels;
use super::user::{HeldLicense, Standing, User};

impl DecisionModels {
    pub(super) fn apply(&mut self, envelope: &Envelope, event: &Event) {
        match event {
            Event::UserCreated(e) => self.user_created(e),
            Event::UserCreationFailed(e) => self.users.take_id(e.attempted, None),
            Event::ProfileChanged(e) => self.profile_changed(e),
            // Models of their own take these in.
            Event::PreferencesChanged(_)
            | Event::ReportingLineChanged(_)
            | Event::ChatLimitChanged(_)
            | Event::DefaultChatLimitChanged(_)
            | Event::DashboardDefined(_)
            | Event::DashboardDeleted(_)
            | Event::RoleDashboardSet(_)
            | Event::ApplicationDefined(_)
            | Event::ApplicationChanged(_)
            | Event::ApplicationDeleted(_)
            | Event::ApplicationAccessGranted(_)
            | Event::ApplicationAccessRevoked(_)
            | Event::ActiveRoleChosen(_)
            | Event::RolePortalPagesSet(_)
            | Event::AvatarSet(_)
            | Event::AvatarRemoved(_)
            | Event::AttributeDefined(_)
            | Event::AttributeRenamed(_)
            | Event::AttributeChoiceAdded(_)
            | Event::AttributeChoiceRetired(_)
            | Event::AttributeRetired(_)
            | Event::AttributesSet(_)
            | Event::SourceChanged(_)
            | Event::NoticeDismissed(_)
            | Event::HistoryRead(_)
            | Event::MaskingRequested(_)
            | Event::MaskingExtended(_)
            | Event::MaskingApproved(_)
            | Event::MaskingDeclined(_)
            | Event::MaskingWithdrawn(_)
            | Event::LegalHoldPlaced(_)
            | Event::LegalHoldLifted(_)
            | Event::ErasureCompleted(_)
            | Event::FreeTextFound(_)
            | Event::AccessRequestOpened(_)
            | Event::AccessRequestExtended(_)
            | Event::AccessRequestFulfilled(_)
            | Event::AccessRequestRefused(_)
            | Event::PersonFileFetched(_)
            | Event::ProcessingRestricted(_)
            | Event::RestrictionLifted(_)
            | Event::ArtefactRecycled(_)
            | Event::ArtefactRestored(_)
            | Event::ArtefactPurged(_)
            | Event::RetentionRuleDefined(_)
            | Event::RetentionRuleSwitched(_)
            | Event::RetentionRuleDeleted(_)
            | Event::RetentionRunStarted(_)
            | Event::RetentionApplied(_)
            | Event::RetentionRunEnded(_)
            | Event::MailWordingChanged(_)
            | Event::SavedViewAdded(_)
            | Event::SavedViewChanged(_)
            | Event::SavedViewRemoved(_)
            | Event::SignInRetentionDefined(_)
            | Event::SignInContextShredded(_) => {}
            Event::ArtefactRegistered(e) => self.users.take_credential(e.sealed),
            Event::ArtefactChanged(e) => self.users.take_credential(e.sealed),
            Event::UserRuleDefined(_)
            | Event::UserRuleChanged(_)
            | Event::UserRuleEnabled(_)
            | Event::UserRuleDisabled(_)
            | Event::UserRuleDeleted(_)
            | Event::UserRulesReordered(_)
            | Event::UserRuleQueued(_)
            | Event::UserRuleStarted(_)
            | Event::UserRuleFinished(_)
            | Event::UserRuleFailed(_)
            | Event::UserCreatedByRule(_) => {}
            Event::SupportStarted(e) => self.sessions.start_support(e.user, e.session, e.expires_at),
            Event::SupportEnded(e) => self.sessions.end(e.user, e.session),
            Event::AccessProfileAssigned(e) => self.change(e.user, |user| user.access_profile = e.to),
            Event::UserDisabled(e) => self.user_disabled(e.user),
            Event::UserEnabled(e) => self.change(e.user, |user| enter(user, Standing::Enabled)),
            Event::UserDeleted(e) => self.user_deleted(e),
            Event::AccountLocked(e) => self.account_locked(e),
            Event::AccountUnlocked(e) => self.change(e.user, unlock),
            Event::PasswordSet(e) => self.password_set(e.user, e.credential, e.kept_session),
            Event::PasswordReset(e) => self.password_set(e.user, e.credential, None),
            Event::PasswordChangeForced(_) | Event::PasswordChangeCancelled(_) => {}
            Event::AccountLockExpired(e) => self.change(e.user, unlock),
            Event::SignedIn(e) => {
                self.sessions.start(e.user, e.session, e.expires_at);
                self.change(e.user, |user| user.failures = 0);
            }
            Event::SignedOut(e) => self.sessions.end(e.user, e.session),
            Event::SessionEnded(e) => self.sessions.end(e.user, e.session),
            Event::SessionsEnded(e) => self.sessions.end_all(e.user, e.kept_session),
            Event::SignInFailed(e) => self.change(e.user, |user| count_failure(user, e)),
            Event::AttemptDenied(_) => self.denials.add(envelope.actor.id, envelope.recorded_at),
            Event::RoleDefined(e) => self.roles.define(e.role, e.kind, &e.name),
            Event::RoleDeleted(e) => self.roles.delete(e.role),
            Event::RoleAssigned(e) => self.role_assigned(e.user, e.role),
            Event::RoleUnassigned(e) => self.role_unassigned(e.user, e.role),
            Event::LicensePoolSized(e) => self.seats.size(e.license, e.to),
            Event::LicenseGranted(e) => self.change(e.user, |user| user.license = Some(held(e))),
            Event::LicenseRevoked(e) => self.change(e.user, |user| user.license = None),
            Event::PiiMasked(e) => self.pii_masked(e),
            Event::SettingsChanged(e) => {
                e.changes.iter().for_each(|change| self.settings.choose(change.setting, change.to.clone()));
            }
            Event::SigningKeyRotated(e) => self.signing_key = Some(e.to),
            Event::MailQueued(_) | Event::MailSent(_) | Event::MailFailed(_) => {}
            Event::PasswordMailQueued(e) => self.users.take_credential(e.secret),
            Event::SecurityQuestionSet(e) => self.users.take_credential(e.credential),
            Event::MailedPasswordDestroyed(_) | Event::SecurityQuestionRemoved(_) => {}
            Event::ProxyGrantChanged(e) => self.proxy_grants.change(e.user, &e.to),
            Event::ProxyStarted(e) => {
                self.sessions.start_proxy((envelope.actor.id, e.parent), (e.user, e.session), e.expires_at);
            }
            Event::ProxyEnded(e) => self.sessions.end(e.user, e.session),
            Event::TeamCreated(e) => self.teams.create(e.team, e.parent, &e.name),
            Event::TeamRenamed(e) => self.teams.rename(e.team, e.name.known().map(|name| &name.to)),
            Event::TeamMoved(e) => self.teams.relocate(e.team, e.to),
            Event::TeamDeleted(e) => self.teams.delete(e.team),
            Event::TeamMemberAdded(e) => self.teams.add(e.user, e.team),
            Event::TeamMemberRemoved(e) => self.teams.remove(e.user, e.team),
            Event::BusinessUnitCreated(e) => self.business_units.create(e.business_unit, e.name.known()),
            Event::BusinessUnitRenamed(e) => {
                self.business_units.rename(e.business_unit, e.name.known().map(|name| &name.to));
            }
            Event::BusinessUnitDeleted(e) => self.business_units.delete(e.business_unit),
            Event::AddedToBusinessUnit(e) => self.business_units.add(e.user, e.business_unit),
            Event::RemovedFromBusinessUnit(e) => self.business_units.remove(e.user, e.business_unit),
        }
    }

    /// Which roles sessions may assume: those of their beginning (ROL-12).
    pub(super) fn fold_assumed_roles(&mut self, event: &Event) {
        match event {
            Event::SignedIn(e) => {
                self.sessions.assume(e.user, e.session, self.applications.access.opening(e.user));
            }
            Event::ProxyStarted(e) => {
                self.sessions.assume(e.user, e.session, self.applications.access.opening(e.user));
            }
            Event::ActiveRoleChosen(e) => {
                self.sessions.choose_role(e.user, e.session, e.application, e.to);
            }
            _ => {}
        }
    }

    /// Changes one user, and with it the counts that depend on users.
    fn change(&mut self, id: UserId, change: impl FnOnce(&mut User)) {
        let Some(user) = self.users.get_mut(id) else { return };
        let (seat_before, administrator_before) = (user.seat(), user.is_enabled_administrator());
        change(user);
        let (seat, administrator) = (user.seat(), user.is_enabled_administrator());
        self.seats.change(seat_before, seat);
        self.users.count_administrator(administrator_before, administrator);
    }

    fn user_created(&mut self, event: &UserCreated) {
        let user = User::created(event);
        if let Some(login) = &user.login {
            self.names.claim(event.user, login);
        }
        self.users.take_id(event.user, Some(user));
    }

    fn profile_changed(&mut self, event: &ProfileChanged) {
        if let Some(change) = event.login.known() {
            self.login_changed(event.user, change);
        }
        self.change(event.user, |user| {
            if event.fields.contains(&ProfileField::Email) {
                user.email_verified = false;
            }
            if let Some(changes) = event.person.known() {
                user.change_person(changes);
            }
        });
    }

    fn login_changed(&mut self, id: UserId, change: &LoginChange) {
        let Some(login) = self.users.get_mut(id).and_then(|user| user.login.as_mut()) else { return };
        self.names.release(id, login);
        if let Some(username) = &change.username {
            login.username = username.to.clone();
        }
        if let Some(email) = &change.email {
            login.email = email.to.clone();
        }
        self.names.claim(id, login);
    }

    fn user_disabled(&mut self, id: UserId) {
        self.sessions.end_all(id, None);
        self.change(id, |user| enter(user, Standing::Disabled));
    }

    fn user_deleted(&mut self, event: &UserDeleted) {
        self.sessions.end_all(event.user, None);
        self.release_names(event.user);
        self.teams.forget(event.user);
        self.proxy_grants.forget(event.user);
        self.business_units.forget(event.user);
        let mut roles: Vec<RoleId> = Vec::new();
        self.change(event.user, |user| roles = user.deleted(event.access_profile_to));
        for role in roles {
            self.roles.count(role, true, false);
        }
    }

    fn account_locked(&mut self, event: &AccountLocked) {
        if event.cause == LockCause::Request {
            self.sessions.end_all(event.user, None);
        }
        self.change(event.user, |user| user.locked = true);
    }

    fn password_set(&mut self, user: UserId, credential: CredentialNumber, kept: Option<SessionId>) {
        self.users.take_credential(credential);
        if self.settings.over(&Settings::default()).end_sessions_on_password_change {
            self.sessions.end_all(user, kept);
        }
        self.change(user, |user| user.credential = Some(credential));
    }

    fn role_assigned(&mut self, id: UserId, role: RoleId) {
        if self.users.get_mut(id).is_some_and(|user| user.add_role(role)) {
            self.roles.count(role, false, true);
        }
    }

    fn role_unassigned(&mut self, id: UserId, role: RoleId) {
        if self.users.get_mut(id).is_some_and(|user| user.remove_role(role)) {
            self.roles.count(role, true, false);
        }
    }

    /// Forgets what the destroyed keys sealed, as a replay without them never learns it.
    fn pii_masked(&mut self, event: &PiiMasked) {
        self.release_names(event.user);
        let destroyed = |group| {
            event.destroyed.iter().any(|key| (key.owner, key.group) == (KeyOwner::Subject(event.user), group))
        };
        self.change(event.user, |user| {
            user.masked = true;
            user.login = None;
            if destroyed(Group::Person) {
                user.forget_person();
            }
        });
    }

    fn release_names(&mut self, id: UserId) {
        if let Some(login) = self.users.get(id).and_then(|user| user.login.as_ref()) {
            self.names.release(id, login);
        }
    }
}

fn enter(user: &mut User, standing: Standing) {
    user.standing = standing;
    user.refusals = 0;
}

fn unlock(user: &mut User) {
    user.locked = false;
    user.failures = 0;
    user.refusals = 0;
}

fn count_failure(user: &mut User, event: &SignInFailed) {
    if matches!(event.code.as_str(), SignInFailed::DISABLED | SignInFailed::MOBILE_ACCESS_REFUSED) {
        user.refusals = user.refusals.saturating_add(1);
    } else {
        user.failures = event.failures;
    }
}

fn held(event: &LicenseGranted) -> HeldLicense {
    HeldLicense { license: event.license, cause: event.cause }
}
