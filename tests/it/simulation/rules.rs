//! The invariants: what each event of the log must find, and leave.

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::event::{AccountLocked, Event, LockCause, RecordedEvent};
use rollbook_schema::value::{AccessProfile, LicenseType, UserKind};
use rollbook_schema::{ActorKind, EventId, UserId};

use super::around;
use super::is_a_trace;
use super::ledger::{Account, Ledger};

/// A ledger that is checked at each event.
#[derive(Default)]
pub struct Audit {
    pub ledger: Ledger,
    events: BTreeSet<EventId>,
    /// A sign-in into an account whose lock had run out: the next event says so.
    unlocked_by_time: Option<UserId>,
    users: BTreeSet<UserId>,
}

impl Audit {
    /// Reads the next event and holds everything against it.
    ///
    /// # Panics
    /// At the first invariant that does not hold, with the position and the type of the event.
    pub fn take(&mut self, recorded: &RecordedEvent) {
        let at = format!("{} {}", recorded.envelope.position, recorded.event.event_type().stem());
        self.order(recorded, &at);
        self.actor(recorded, &at);
        self.sign_in(&recorded.event, &at);
        if let Event::UserCreated(e) = &recorded.event {
            assert!(self.users.insert(e.user), "{at}: an id is given once");
        }
        around::rules::hold(&self.ledger, recorded, &at);
        let used = LicenseType::ALL.map(|license| self.ledger.used(license));
        self.ledger.read(recorded);
        self.seats(used, &at);
        self.names(&at);
        self.accounts(&at);
        self.teams(&at);
    }

    fn order(&mut self, recorded: &RecordedEvent, at: &str) {
        let (envelope, ledger) = (&recorded.envelope, &self.ledger);
        assert_eq!(envelope.position, ledger.position.next(), "{at}: positions are dense");
        assert!(self.events.insert(envelope.event_id), "{at}: an event id is given once");
        let last = ledger.commands.get(&(envelope.actor.id, envelope.command_id)).map(|(_, last)| *last);
        let is_trace = is_a_trace(recorded.event.event_type().stem());
        let follows = is_trace || last.is_none_or(|last| last == ledger.position);
        assert!(follows, "{at}: a command has its effect once, and in one piece");
        let before = ledger.versions.get(&envelope.subject).copied().unwrap_or(0);
        let raised = u64::from(recorded.event.event_type().raises_version());
        assert_eq!(envelope.subject_version.0, before + raised, "{at}: versions count changes");
    }

    /// Whoever acts may, at the moment of the first event of what they asked.
    fn actor(&self, recorded: &RecordedEvent, at: &str) {
        let envelope = &recorded.envelope;
        let is_first = !self.ledger.commands.contains_key(&(envelope.actor.id, envelope.command_id));
        // Signing in is no act of somebody signed in, and a refused attempt changes nothing.
        let is_entry = matches!(
            recorded.event,
            Event::SignedIn(_)
                | Event::SignInFailed(_)
                | Event::AccountLocked(AccountLocked { cause: LockCause::FailedSignIns, .. })
                | Event::AccountLockExpired(_)
                | Event::AttemptDenied(_)
        );
        if !is_first || is_entry {
            return;
        }
        let real = match envelope.actor.kind {
            ActorKind::Person => envelope.actor.id,
            // In the name of a reserved user, for somebody who may, or for nobody.
            ActorKind::Automation if envelope.proxy_session.is_none() && envelope.on_behalf_of.is_some() => {
                envelope.on_behalf_of.unwrap_or_default()
            }
            ActorKind::Provider => return self.support(recorded, at),
            ActorKind::Automation | ActorKind::Operator => return,
        };
        let account = &self.ledger.accounts[&real];
        assert!(account.enabled, "{at}: nobody acts who is disabled or deleted");
        let mut shown_as = real;
        if let (Some(session), Some(user)) = (envelope.proxy_session, envelope.on_behalf_of) {
            shown_as = user;
            let is_usable = self.ledger.is_usable(user, session, envelope.recorded_at);
            assert!(is_usable, "{at}: no proxy session outlives its end");
        }
        let account = &self.ledger.accounts[&shown_as];
        let rights = needed(&recorded.event);
        let may = rights.is_empty() || rights.contains(&account.profile);
        assert!(may || is_about(&recorded.event, shown_as), "{at}: rights that were taken are gone at once");
    }

    /// PXY-21: in the place of an administrator, and as long as the session lasts.
    fn support(&self, recorded: &RecordedEvent, at: &str) {
        let envelope = &recorded.envelope;
        let Some((session, user)) = envelope.proxy_session.zip(envelope.on_behalf_of) else {
            let is_own = matches!(recorded.event, Event::SupportStarted(_) | Event::LicensePoolSized(_));
            assert!(is_own, "{at}: the provider does what is the provider's own");
            return;
        };
        let is_usable = self.ledger.is_usable(user, session, envelope.recorded_at);
        assert!(is_usable, "{at}: no support session outlives its end");
        let profile = self.ledger.accounts[&user].profile;
        assert_eq!(profile, AccessProfile::Administrator, "{at}: support acts as an administrator");
    }

    fn sign_in(&mut self, event: &Event, at: &str) {
        if let Some(user) = self.unlocked_by_time.take() {
            let told = matches!(event, Event::AccountLockExpired(e) if e.user == user);
            assert!(told, "{at}: whoever signed in was not locked");
        }
        if let Event::SignedIn(e) = event {
            let account = &self.ledger.accounts[&e.user];
            assert!(account.enabled, "{at}: nobody signs in who is disabled or deleted");
            assert_ne!(account.locked, Some(LockCause::Request), "{at}: nobody signs in who was locked out");
            self.unlocked_by_time = account.locked.map(|_| e.user);
        }
    }

    /// LIC-01; a pool that is sized down cuts nobody off (LIC-14), and takes nobody in.
    fn seats(&self, before: [u32; 2], at: &str) {
        for (license, before) in LicenseType::ALL.into_iter().zip(before) {
            let (used, owned) = (self.ledger.used(license), self.ledger.owned(license));
            assert!(used <= owned.max(before), "{at}: a seat was taken that nobody owns: {used} of {owned}");
        }
    }

    /// ACC-04, ACC-12, ACC-14.
    fn names(&self, at: &str) {
        let mut holders = BTreeMap::new();
        for (id, account) in &self.ledger.accounts {
            for name in account.names() {
                let other = holders.insert(name, id).filter(|other| *other != id);
                assert!(other.is_none(), "{at}: {id} holds a name of another");
            }
        }
    }

    fn accounts(&self, at: &str) {
        let accounts = &self.ledger.accounts;
        let administrators = accounts.values().filter(|account| account.is_enabled_administrator());
        assert!(administrators.count() > 0 || accounts.is_empty(), "{at}: an administrator is left");
        for (id, account) in accounts {
            let Account { kind, enabled, license, sessions, teams, .. } = account;
            assert!(*enabled || sessions.is_empty(), "{at}: {id} is disabled and has sessions");
            assert!(!(account.masked && *enabled), "{at}: {id} is masked and enabled");
            let is_seated_client = *kind == UserKind::Client && license.is_some();
            assert!(!is_seated_client, "{at}: {id} is a client with a license");
            for team in teams {
                assert!(self.ledger.parents.contains_key(team), "{at}: {id} is in a team that is gone");
            }
        }
    }

    /// TEA-06.
    fn teams(&self, at: &str) {
        let parents = &self.ledger.parents;
        for team in parents.keys() {
            let mut above = std::iter::successors(Some(*team), |team| parents.get(team).copied().flatten());
            assert!(above.nth(parents.len()).is_none(), "{at}: no team lies below itself");
        }
    }
}

/// Profiles of which one is needed, where the deed is not about oneself.
fn needed(event: &Event) -> &'static [AccessProfile] {
    use AccessProfile::{Administrator, ComplianceOfficer, UserManager};
    match event {
        Event::UserDeleted(_)
        | Event::AccessProfileAssigned(_)
        | Event::SettingsChanged(_)
        | Event::LicensePoolSized(_)
        | Event::TeamCreated(_)
        | Event::TeamMoved(_)
        | Event::TeamDeleted(_)
        | Event::ApplicationDefined(_)
        | Event::ApplicationChanged(_)
        | Event::ApplicationDeleted(_)
        | Event::AttributeDefined(_)
        | Event::AttributeChoiceAdded(_)
        | Event::AttributeChoiceRetired(_)
        | Event::AttributeRetired(_)
        | Event::BusinessUnitCreated(_)
        | Event::BusinessUnitDeleted(_)
        | Event::ArtefactRegistered(_)
        | Event::ArtefactChanged(_)
        | Event::ArtefactRecycled(_)
        | Event::ArtefactRestored(_)
        | Event::ArtefactPurged(_)
        | Event::ProxyGrantChanged(_) => &[Administrator],
        Event::UserCreated(_)
        | Event::ProfileChanged(_)
        | Event::UserDisabled(_)
        | Event::UserEnabled(_)
        | Event::AccountUnlocked(_)
        | Event::RoleAssigned(_)
        | Event::RoleUnassigned(_)
        | Event::LicenseGranted(_)
        | Event::LicenseRevoked(_)
        | Event::PasswordSet(_)
        | Event::PasswordReset(_)
        | Event::SessionsEnded(_)
        | Event::ApplicationAccessGranted(_)
        | Event::ApplicationAccessRevoked(_)
        | Event::AttributesSet(_)
        | Event::AddedToBusinessUnit(_)
        | Event::RemovedFromBusinessUnit(_)
        | Event::ProxyStarted(_) => &[Administrator, UserManager],
        Event::PiiMasked(_)
        | Event::MaskingRequested(_)
        | Event::MaskingExtended(_)
        | Event::MaskingApproved(_)
        | Event::MaskingDeclined(_)
        | Event::MaskingWithdrawn(_)
        | Event::LegalHoldPlaced(_)
        | Event::LegalHoldLifted(_)
        | Event::AccessRequestOpened(_)
        | Event::AccessRequestFulfilled(_)
        | Event::AccessRequestRefused(_)
        | Event::PersonFileFetched(_)
        | Event::ProcessingRestricted(_)
        | Event::RestrictionLifted(_) => &[ComplianceOfficer],
        _ => &[],
    }
}

fn is_about(event: &Event, user: UserId) -> bool {
    event.subject() == rollbook_schema::Subject::User(user)
}
