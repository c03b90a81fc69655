//! Models that commands are judged against: always current, inside the writer.
//!
//! They hold what rules ask for and nothing more, so that a million users fit in memory and each
//! question costs the same however many there are. The writer folds an event before it is durable;
//! if the disk then fails, it throws the models away and folds the log again.
//!
//! An erased login is a login that nobody has: once a user is masked, the clear name leaves every
//! model, just as it is missing from a replay after the key was destroyed. So live and rebuilt agree.

mod access_requests;
mod applications;
mod avatars;
mod business_units;
mod chat_limits;
mod commands;
mod dashboards;
mod denials;
mod digest;
mod fold;
mod identifiers;
mod mailed_passwords;
mod maskings;
mod membership;
mod names;
mod notices;
mod portal;
mod preferences;
mod proxy_grants;
mod reporting;
mod roles;
mod seats;
mod security_questions;
mod sessions;
mod teams;
#[cfg(test)]
mod tests;
mod user;
mod user_rules;
mod users;
mod waiting_mails;

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rollbook_schema::value::{ChosenSettings, PublicKey};
use rollbook_schema::{Position, RecordedEvent, Subject, Version};

use crate::attributes::AttributeTable;
use crate::lockouts::Lockouts;
use crate::password_demands::PasswordDemands;
use crate::readings::Readings;
use crate::references::References;
use crate::retention::Retention;
use crate::sign_in_keys::SignInKeys;
use crate::snapshot::{PartSink, PartSource, SnapshotFault, parts, put, take};
use crate::sources::Sources;
pub use access_requests::{AccessRequests, WaitingAccessRequest};
pub use applications::{Application, Applications};
pub use avatars::Avatars;
pub use chat_limits::ChatLimits;

pub use business_units::BusinessUnits;
pub use commands::{COMMANDS_REMEMBERED_MAX, Commands, KnownCommand};
pub use dashboards::Dashboards;
pub use denials::Denials;
pub use identifiers::Identifiers;
pub use mailed_passwords::{MailedPasswords, WaitingPassword};
pub use maskings::{Maskings, OpenErasure, WaitingMasking};
pub use names::Names;
pub use notices::Notices;
pub use portal::PortalPages;
pub use preferences::ChosenPreferences;
pub use proxy_grants::ProxyGrants;
pub use reporting::{REPORTING_DEPTH_MAX, ReportingLines};
pub use roles::{Role, Roles};
pub use seats::Seats;
pub use security_questions::SecurityQuestions;
pub use sessions::Sessions;
pub use teams::{Team, Teams};
pub use user::{HeldLicense, Standing, User};
pub use user_rules::{UserRule, UserRules};
pub use users::Users;
pub use waiting_mails::WaitingMails;

/// Everything that rules ask for, at one position of the log.
#[derive(Debug, Default)]
pub struct DecisionModels {
    /// Who there is, and in which state.
    pub users: Users,
    /// Which usernames and emails are held, and by whom.
    pub names: Names,
    /// Who wants things how.
    pub preferences: ChosenPreferences,
    /// Who reports to whom.
    pub reporting: ReportingLines,
    /// Who has which picture.
    pub avatars: Avatars,
    /// How many chats agents have at once.
    pub chat_limits: ChatLimits,
    /// Which dashboards there are, and which roles give them.
    pub dashboards: Dashboards,
    /// Which applications there are, and who runs them.
    pub applications: Applications,
    /// Which pages of the client portal roles give.
    pub portal_pages: PortalPages,
    /// Which roles there are.
    pub roles: Roles,
    /// Which teams there are, and who is in them.
    pub teams: Teams,
    /// Which business units there are, and who belongs to them.
    pub business_units: BusinessUnits,
    /// As whom people may act.
    pub proxy_grants: ProxyGrants,
    /// How many seats are owned and used.
    pub seats: Seats,
    /// Which sessions live.
    pub sessions: Sessions,
    /// Which commands were already carried out.
    pub commands: Commands,
    /// Who was refused how often in this minute.
    pub denials: Denials,
    /// What the tenant chose.
    pub settings: ChosenSettings,
    /// The key that signs, as the last rotation says; `None` before the first.
    pub signing_key: Option<PublicKey>,
    /// Who must set a new password.
    pub demands: PasswordDemands,
    /// Accounts that failed sign-ins locked.
    pub lockouts: Lockouts,
    /// Who read whose history in the current hour.
    pub readings: Readings,
    /// Who waits for a password by mail.
    pub mailed_passwords: MailedPasswords,
    /// Which mails without a password wait.
    pub waiting_mails: WaitingMails,
    /// Custom attributes and their values.
    pub attributes: AttributeTable,
    /// Who is asked a security question.
    pub security_questions: SecurityQuestions,
    /// Where users are kept.
    pub sources: Sources,
    /// Who has which federation id and employee number.
    pub identifiers: Identifiers,
    /// Which notices people have.
    pub notices: Notices,
    /// Masking requests that wait, and legal holds.
    pub maskings: Maskings,
    /// Access requests that wait, and restrictions.
    pub access_requests: AccessRequests,
    /// What names whom.
    pub references: References,
    /// Retention rules, and since when people are deleted.
    pub retention: Retention,
    /// Rules that run when a user is deleted.
    pub user_rules: UserRules,
    /// Under which keys it is sealed where people signed in from.
    pub sign_in_keys: SignInKeys,
    /// Versions of what is not a user; a user carries its own.
    versions: BTreeMap<Subject, Version>,
    head: Position,
}

parts! {
    DecisionModels:
    users, names, preferences, reporting, avatars, chat_limits, dashboards, applications, portal_pages,
    roles, teams, business_units, proxy_grants, seats, sessions, commands, denials, settings, signing_key,
    demands, lockouts, readings, mailed_passwords, waiting_mails, attributes, security_questions, sources,
    identifiers, notices, maskings, access_requests, references, retention, user_rules, sign_in_keys,
    versions, head,
}

impl DecisionModels {
    /// The models before the first event.
    #[must_use]
    pub fn new() -> Self {
        DecisionModels::default()
    }

    /// Takes in the next event. Never fails: an erased value, or an event about somebody unknown,
    /// changes what it can.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        let RecordedEvent { envelope, event } = recorded;
        self.sessions.expire(envelope.recorded_at);
        self.apply(envelope, event);
        self.preferences.fold(event);
        self.reporting.fold(event);
        self.avatars.fold(event);
        self.chat_limits.fold(event);
        self.dashboards.fold(event);
        self.applications.fold(event);
        self.portal_pages.fold(event);
        self.fold_assumed_roles(event);
        self.demands.fold(recorded);
        self.lockouts.fold(recorded);
        self.readings.fold(recorded);
        self.mailed_passwords.fold(recorded);
        self.waiting_mails.fold(recorded);
        self.attributes.fold(event);
        self.security_questions.fold(recorded);
        self.sources.fold(event);
        self.identifiers.fold(event);
        self.notices.fold(envelope.position, event);
        self.maskings.fold(recorded);
        self.access_requests.fold(recorded);
        self.references.fold(recorded);
        self.retention.fold(recorded);
        self.user_rules.fold(event);
        self.sign_in_keys.fold(recorded);
        if let Some(number) = envelope.context_key {
            self.users.take_credential(number);
        }
        self.commands.remember(envelope, event);
        if event.event_type().raises_version() {
            self.keep_version(envelope.subject, envelope.subject_version);
        }
        self.head = envelope.position;
    }

    /// The position of the last event taken in.
    #[must_use]
    pub fn head(&self) -> Position {
        self.head
    }

    /// How many changes the subject has seen; 0 if it was never seen.
    #[must_use]
    pub fn version_of(&self, subject: Subject) -> Version {
        match subject {
            Subject::User(id) => self.users.get(id).map(|user| user.version).unwrap_or_default(),
            other => self.versions.get(&other).copied().unwrap_or_default(),
        }
    }

    /// SHA-256 of the state, to hold a rebuilt model against a live one. It depends on what is known
    /// and not on the way there; it is not stable between builds, so never store it.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut state = digest::StateHasher::default();
        self.users.hash(&mut state);
        self.names.hash(&mut state);
        self.preferences.hash(&mut state);
        self.reporting.hash(&mut state);
        self.avatars.hash(&mut state);
        self.chat_limits.hash(&mut state);
        self.dashboards.hash(&mut state);
        self.applications.hash(&mut state);
        self.portal_pages.hash(&mut state);
        self.roles.hash(&mut state);
        self.teams.hash(&mut state);
        self.business_units.hash(&mut state);
        self.proxy_grants.hash(&mut state);
        self.signing_key.hash(&mut state);
        self.seats.hash(&mut state);
        self.sessions.hash(&mut state);
        self.commands.hash(&mut state);
        self.denials.hash(&mut state);
        self.settings.hash(&mut state);
        self.demands.hash(&mut state);
        self.lockouts.hash(&mut state);
        self.readings.hash(&mut state);
        self.mailed_passwords.hash(&mut state);
        self.waiting_mails.hash(&mut state);
        self.attributes.hash(&mut state);
        self.security_questions.hash(&mut state);
        self.sources.hash(&mut state);
        self.identifiers.hash(&mut state);
        self.notices.hash(&mut state);
        self.maskings.hash(&mut state);
        self.access_requests.hash(&mut state);
        self.references.hash(&mut state);
        self.retention.hash(&mut state);
        self.user_rules.hash(&mut state);
        self.sign_in_keys.hash(&mut state);
        self.versions.hash(&mut state);
        state.write_u64(self.head.0);
        state.into_digest()
    }

    fn keep_version(&mut self, subject: Subject, version: Version) {
        match subject {
            Subject::User(id) => {
                if let Some(user) = self.users.get_mut(id) {
                    user.version = version;
                }
            }
            other => {
                self.versions.insert(other, version);
            }
        }
    }
}
