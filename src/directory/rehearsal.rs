//! Judging without effect: the same rules and the same models, and nothing is appended.

use std::sync::Arc;

use rollbook_decide::{Decision, Moment, Settings, decide};
use rollbook_event_log::EventLog;
use rollbook_keyring::Keyring;
use rollbook_projections::decision::DecisionModels;
use rollbook_schema::command::CreateUser;
use rollbook_schema::value::{BusinessUnitName, RoleName, TeamName, Timestamp};
use rollbook_schema::{
    Actor, BusinessUnitId, Command, CommandEnvelope, CorrelationId, Envelope, Event, EventId, Personal,
    Position, RecordedEvent, Rejections, RoleId, Subject, TeamId, UserId,
};

use super::DirectoryOptions;
use super::asking::command_id;
use super::open::OpenFault;
use super::replay::replay;
use super::settings::configured;
use crate::sealing::Sealer;

/// What a directory would know after commands that were never carried out. Grows with each of them.
pub struct Rehearsal {
    models: DecisionModels,
    keyring: Arc<Keyring>,
    settings: Settings,
    now: Timestamp,
}

/// A user who would be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rehearsed {
    /// The id, as things stand.
    pub user: UserId,
    /// The command was carried out once before.
    pub repeated: bool,
}

impl Rehearsal {
    pub(super) fn new(
        log: &dyn EventLog,
        keyring: Arc<Keyring>,
        options: &DirectoryOptions,
    ) -> Result<Self, OpenFault> {
        let models = replay(log, &Sealer::new(Arc::clone(&keyring)))?.models;
        let settings = configured(options);
        Ok(Rehearsal { models, keyring, settings, now: options.clock.now() })
    }

    /// The role of a name.
    #[must_use]
    pub fn role(&self, name: &RoleName) -> Option<RoleId> {
        self.models.roles.named(&name.key())
    }

    /// The team of a name.
    #[must_use]
    pub fn team(&self, name: &TeamName) -> Option<TeamId> {
        self.models.teams.named(&name.key())
    }

    /// The business unit of a name.
    #[must_use]
    pub fn business_unit(&self, name: &BusinessUnitName) -> Option<BusinessUnitId> {
        self.models.business_units.named(&name.key())
    }

    /// Who holds a username or an email, given in the form in which names are compared.
    #[must_use]
    pub fn user(&self, login: &str) -> Option<UserId> {
        self.models.names.holder(login)
    }

    /// What the operator would be answered.
    ///
    /// # Errors
    /// All refusals.
    pub fn create_user(
        &mut self,
        idempotency_key: &str,
        command: CreateUser,
    ) -> Result<Rehearsed, Rejections> {
        let id = command_id(&self.keyring, idempotency_key)?;
        if let Some(known) = self.models.commands.receipt(Actor::OPERATOR.id, id)
            && let Subject::User(user) = known.subject
        {
            return Ok(Rehearsed { user, repeated: true });
        }
        let asked = CommandEnvelope {
            id,
            actor: Actor::OPERATOR,
            on_behalf_of: None,
            proxy_session: None,
            causation: None,
            correlation_id: CorrelationId::default(),
            expected_version: None,
            context: rollbook_schema::Context::default(),
        };
        let moment = Moment { now: self.now, settings: &self.settings };
        match decide(&self.models, &asked, &Command::CreateUser(command), &moment) {
            Decision::Refused { rejections, .. } => Err(rejections),
            Decision::Accepted { events, subject } => {
                events.into_iter().for_each(|event| self.fold(&asked, event));
                let user = if let Subject::User(user) = subject { user } else { UserId::default() };
                Ok(Rehearsed { user, repeated: false })
            }
        }
    }

    fn fold(&mut self, asked: &CommandEnvelope, event: Event) {
        let subject = event.subject();
        let before = self.models.version_of(subject);
        let envelope = Envelope {
            position: Position(self.models.head().0 + 1),
            event_id: EventId::default(),
            recorded_at: self.now,
            subject,
            subject_version: event.event_type().version_after(before),
            actor: asked.actor,
            on_behalf_of: None,
            proxy_session: None,
            command_id: asked.id,
            causation: None,
            correlation_id: asked.correlation_id,
            context: Personal::Absent,
            context_key: None,
        };
        self.models.fold(&RecordedEvent { envelope, event });
    }
}
