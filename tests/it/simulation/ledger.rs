//! A second reading of the log, simpler than the product's and sharing no code with it: plain maps, and
//! counts that are counted anew each time. What it knows is what the invariants are judged by.

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::event::{Event, LockCause, LoginChange};
use rollbook_schema::value::{AccessProfile, LicenseType, Setting, SettingValue, Timestamp, UserKind};
use rollbook_schema::{CommandId, Position, RecordedEvent, RoleId, SessionId, Subject, TeamId, UserId};

use super::around::Around;
use super::is_a_trace;

/// What is known of one user.
#[derive(Clone, Debug)]
pub struct Account {
    pub kind: UserKind,
    pub enabled: bool,
    pub deleted: bool,
    pub masked: bool,
    pub locked: Option<LockCause>,
    pub profile: AccessProfile,
    pub license: Option<LicenseType>,
    pub roles: BTreeSet<RoleId>,
    pub teams: BTreeSet<TeamId>,
    /// In lower case; `None` when masked, or once erased from the log that is read.
    pub username: Option<String>,
    pub email: Option<String>,
    pub sessions: BTreeMap<SessionId, Session>,
}

/// One live session.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    pub expires_at: Timestamp,
    /// Of a proxy session: who acts, and in which session of their own.
    pub parent: Option<(UserId, SessionId)>,
}

impl Account {
    /// The seat that is occupied.
    pub fn seat(&self) -> Option<LicenseType> {
        self.license.filter(|_| self.enabled)
    }

    pub fn is_enabled_administrator(&self) -> bool {
        self.enabled && self.profile == AccessProfile::Administrator
    }

    /// The names that nobody else may hold.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        let held = !self.deleted && !self.masked;
        self.username.iter().chain(&self.email).filter(move |_| held)
    }
}

/// Everything that was read so far.
#[derive(Default)]
pub struct Ledger {
    pub position: Position,
    pub accounts: BTreeMap<UserId, Account>,
    pub owned: BTreeMap<LicenseType, u32>,
    pub parents: BTreeMap<TeamId, Option<TeamId>>,
    pub versions: BTreeMap<Subject, u64>,
    /// First and last position of each command that was accepted, by actor and id.
    pub commands: BTreeMap<(UserId, CommandId), (Position, Position)>,
    pub keeps_sessions: bool,
    pub around: Around,
}

impl Ledger {
    /// Seats taken, counted one by one.
    pub fn used(&self, license: LicenseType) -> u32 {
        self.accounts.values().filter(|account| account.seat() == Some(license)).count() as u32
    }

    pub fn owned(&self, license: LicenseType) -> u32 {
        self.owned.get(&license).copied().unwrap_or(0)
    }

    /// Whoever holds a name, as username or as email.
    pub fn holders(&self, name: &str) -> Vec<UserId> {
        let name = name.to_lowercase();
        let holds = |account: &Account| account.names().any(|held| *held == name);
        self.accounts.iter().filter(|(_, account)| holds(account)).map(|(id, _)| *id).collect()
    }

    /// Is it a session that can be used, as far as the log tells?
    pub fn is_usable(&self, user: UserId, session: SessionId, now: Timestamp) -> bool {
        let Some(account) = self.accounts.get(&user) else { return false };
        let Some(found) = account.sessions.get(&session) else { return false };
        let parent = found.parent.is_none_or(|(actor, own)| self.is_usable(actor, own, now));
        account.enabled && found.expires_at > now && parent
    }

    /// How many of them a user has.
    pub fn usable_sessions(&self, user: UserId, now: Timestamp) -> usize {
        let Some(account) = self.accounts.get(&user) else { return 0 };
        account.sessions.keys().filter(|session| self.is_usable(user, **session, now)).count()
    }

    /// Reads the next event, whatever one thinks of it.
    pub fn read(&mut self, recorded: &RecordedEvent) {
        let envelope = &recorded.envelope;
        self.position = envelope.position;
        self.versions.insert(envelope.subject, envelope.subject_version.0);
        if !is_a_trace(recorded.event.event_type().stem()) {
            let command = (envelope.actor.id, envelope.command_id);
            self.commands.entry(command).or_insert((self.position, self.position)).1 = self.position;
        }
        self.around.read(recorded);
        match &recorded.event {
            Event::LicensePoolSized(e) => drop(self.owned.insert(e.license, e.to)),
            Event::TeamCreated(e) => drop(self.parents.insert(e.team, e.parent)),
            Event::TeamMoved(e) => drop(self.parents.insert(e.team, e.to)),
            Event::TeamDeleted(e) => drop(self.parents.remove(&e.team)),
            Event::SettingsChanged(e) => {
                let ends = e.changes.iter().find(|c| c.setting == Setting::EndSessionsOnPasswordChange);
                self.keeps_sessions = ends.map_or(self.keeps_sessions, |c| c.to == SettingValue::Flag(false));
            }
            Event::UserCreated(e) => {
                let login = e.login.known();
                let account = Account {
                    kind: e.kind,
                    enabled: true,
                    deleted: false,
                    masked: false,
                    locked: None,
                    profile: e.access_profile,
                    license: None,
                    roles: BTreeSet::new(),
                    teams: BTreeSet::new(),
                    username: login.map(|login| login.username.as_str().to_lowercase()),
                    email: login.map(|login| login.email.as_str().to_lowercase()),
                    sessions: BTreeMap::new(),
                };
                self.accounts.insert(e.user, account);
            }
            Event::ProxyStarted(e) => {
                let parent = Some((envelope.actor.id, e.parent));
                let session = Session { expires_at: e.expires_at, parent };
                self.of(e.user).sessions.insert(e.session, session);
            }
            event => self.read_account(event),
        }
    }

    fn read_account(&mut self, event: &Event) {
        let keeps_sessions = self.keeps_sessions;
        match event {
            Event::ProfileChanged(e) => self.of(e.user).rename(e.login.known()),
            Event::AccessProfileAssigned(e) => self.of(e.user).profile = e.to,
            Event::UserDisabled(e) => self.of(e.user).leave(),
            Event::UserEnabled(e) => self.of(e.user).enabled = true,
            Event::UserDeleted(e) => self.of(e.user).delete(),
            Event::AccountLocked(e) => self.of(e.user).lock(e.cause),
            Event::AccountUnlocked(e) => self.of(e.user).locked = None,
            Event::AccountLockExpired(e) => self.of(e.user).locked = None,
            Event::PasswordSet(e) if !keeps_sessions => self.of(e.user).end_sessions(e.kept_session),
            Event::PasswordReset(e) if !keeps_sessions => self.of(e.user).end_sessions(None),
            Event::SignedIn(e) => {
                let session = Session { expires_at: e.expires_at, parent: None };
                self.of(e.user).sessions.insert(e.session, session);
            }
            Event::SupportStarted(e) => {
                let session = Session { expires_at: e.expires_at, parent: None };
                self.of(e.user).sessions.insert(e.session, session);
            }
            Event::SupportEnded(e) => drop(self.of(e.user).sessions.remove(&e.session)),
            Event::SignedOut(e) => drop(self.of(e.user).sessions.remove(&e.session)),
            Event::SessionEnded(e) => drop(self.of(e.user).sessions.remove(&e.session)),
            Event::SessionsEnded(e) => self.of(e.user).end_sessions(e.kept_session),
            Event::ProxyEnded(e) => drop(self.of(e.user).sessions.remove(&e.session)),
            Event::RoleAssigned(e) => drop(self.of(e.user).roles.insert(e.role)),
            Event::RoleUnassigned(e) => drop(self.of(e.user).roles.remove(&e.role)),
            Event::LicenseGranted(e) => self.of(e.user).license = Some(e.license),
            Event::LicenseRevoked(e) => self.of(e.user).license = None,
            Event::TeamMemberAdded(e) => drop(self.of(e.user).teams.insert(e.team)),
            Event::TeamMemberRemoved(e) => drop(self.of(e.user).teams.remove(&e.team)),
            Event::PiiMasked(e) => self.of(e.user).masked = true,
            // Nothing that an invariant asks for.
            _ => {}
        }
    }

    fn of(&mut self, user: UserId) -> &mut Account {
        self.accounts.get_mut(&user).expect("an event is about somebody who was created")
    }
}

impl Account {
    fn rename(&mut self, change: Option<&LoginChange>) {
        if let Some(to) = change.and_then(|change| change.username.as_ref()) {
            self.username = Some(to.to.as_str().to_lowercase());
        }
        if let Some(to) = change.and_then(|change| change.email.as_ref()) {
            self.email = Some(to.to.as_str().to_lowercase());
        }
    }

    fn leave(&mut self) {
        self.enabled = false;
        self.sessions.clear();
    }

    fn delete(&mut self) {
        self.leave();
        self.deleted = true;
        self.profile = AccessProfile::DeletedUser;
        self.license = None;
        self.roles.clear();
        self.teams.clear();
    }

    fn lock(&mut self, cause: LockCause) {
        self.locked = Some(cause);
        if cause == LockCause::Request {
            self.sessions.clear();
        }
    }

    fn end_sessions(&mut self, kept: Option<SessionId>) {
        self.sessions.retain(|session, _| Some(*session) == kept);
    }
}
