//! A small directory in which every case plays: commands are judged and folded, and outcomes are
//! shown as text without anything personal.

mod ask;
mod ask_access_request;
mod ask_applications;
mod ask_artefacts;
mod ask_attributes;
mod ask_groups;
mod ask_masking;
mod ask_retention;
mod ask_saved_views;
mod ask_support;
mod ask_user_rules;
mod invariants;
mod outcome;
mod repetition;
mod reserved;
mod user_rules;
mod version;

use rollbook_projections::decision::{DecisionModels, User};
use rollbook_schema::event::RecordedEvent;
use rollbook_schema::value::{Reason, Timestamp};
use rollbook_schema::{
    Actor, Command, CommandEnvelope, CommandId, Context, CorrelationId, CredentialNumber, Envelope, Event,
    EventId, Personal, Position, SessionId, UserId, Version,
};

pub(crate) use ask::*;
pub(crate) use ask_access_request::*;
pub(crate) use ask_applications::*;
pub(crate) use ask_artefacts::*;
pub(crate) use ask_attributes::*;
pub(crate) use ask_groups::*;
pub(crate) use ask_masking::*;
pub(crate) use ask_retention::*;
pub(crate) use ask_saved_views::*;
pub(crate) use ask_support::*;
pub(crate) use ask_user_rules::*;
pub(crate) use expect_test::{Expect, expect};
pub(crate) use reserved::changes_of;
pub(crate) use rollbook_schema::value::LicenseType::{ReadOnly, ReadWrite};

use crate::{Decision, Moment, Settings, decide};

/// 2026-01-01T00:00:00Z, at the start of a minute.
const START: i64 = 1_767_225_600_000;

/// A directory, and who asks it what.
pub(crate) struct Directory {
    pub(crate) models: DecisionModels,
    pub(crate) log: Vec<RecordedEvent>,
    pub(crate) now: Timestamp,
    settings: Settings,
    actor: Actor,
    on_behalf_of: Option<UserId>,
    proxy_session: Option<SessionId>,
    expected_version: Option<Version>,
    context: Context,
    /// The key that contexts are sealed under, as the writer would choose it for a sign-in.
    pub(crate) context_key: Option<CredentialNumber>,
    commands: u64,
}

impl Directory {
    /// Nobody is there; the operator asks.
    pub(crate) fn empty() -> Self {
        Directory {
            models: DecisionModels::new(),
            log: Vec::new(),
            now: Timestamp::from_millis(START),
            settings: Settings { lock_after_failures: 3, ..Settings::default() },
            actor: Actor::OPERATOR,
            on_behalf_of: None,
            proxy_session: None,
            expected_version: None,
            context: Context::default(),
            context_key: None,
            commands: 0,
        }
    }

    /// Two seats of each type, agent role 1, client role 2; agent 8 and client 9.
    pub(crate) fn small() -> Self {
        let mut directory = Directory::empty();
        directory
            .given(size(ReadWrite, 2))
            .given(size(ReadOnly, 2))
            .given(agent_role("Support"))
            .given(client_role("Reader"))
            .given(agent("ann"))
            .given(client("cid"));
        directory
    }

    /// From here on, this person asks.
    pub(crate) fn by(&mut self, user: u64) -> &mut Self {
        self.actor = Actor::person(UserId(user));
        self
    }

    /// From here on, the automation asks.
    pub(crate) fn as_automation(&mut self) -> &mut Self {
        self.actor = Actor::SYSTEM;
        self
    }

    /// From here on, the provider asks.
    pub(crate) fn by_provider(&mut self) -> &mut Self {
        self.actor = Actor::PROVIDER;
        self
    }

    /// From here on, for this reason.
    pub(crate) fn because(&mut self, reason: &str) -> &mut Self {
        self.context.reason = Some(Reason::parse(reason).expect("a reason"));
        self
    }

    /// From here on, everything is asked for this person.
    pub(crate) fn on_behalf_of(&mut self, user: u64) -> &mut Self {
        self.on_behalf_of = Some(UserId(user));
        self
    }

    /// From here on, everything is asked in this proxy session.
    pub(crate) fn within(&mut self, session: u8) -> &mut Self {
        self.proxy_session = Some(session_id(session));
        self
    }

    /// From here on, this version is expected.
    pub(crate) fn expecting(&mut self, version: u64) -> &mut Self {
        self.expected_version = Some(Version(version));
        self
    }

    /// Time passes.
    pub(crate) fn after_millis(&mut self, millis: i64) -> &mut Self {
        self.now = self.now.plus_millis(millis);
        self
    }

    /// A command that must have an effect.
    #[track_caller]
    pub(crate) fn given(&mut self, command: impl Into<Command>) -> &mut Self {
        let command = command.into();
        let decision = self.ask(&command);
        let had_effect = matches!(&decision, Decision::Accepted { events, .. } if !events.is_empty());
        assert!(had_effect, "given {}: {}", command.stem(), outcome::text(&decision));
        self
    }

    /// A command whatever comes of it.
    pub(crate) fn tried(&mut self, command: impl Into<Command>) -> &mut Self {
        self.ask(&command.into());
        self
    }

    /// A command and what must come of it.
    #[track_caller]
    pub(crate) fn when(&mut self, command: impl Into<Command>, then: Expect) -> &mut Self {
        then.assert_eq(&outcome::text(&self.ask(&command.into())));
        self
    }

    /// Judges a command and folds what it leads to.
    pub(crate) fn ask(&mut self, command: &Command) -> Decision {
        self.commands += 1;
        let envelope = self.command_envelope();
        let moment = Moment { now: self.now, settings: &self.settings };
        let decision = decide(&self.models, &envelope, command, &moment);
        let (Decision::Accepted { events, .. } | Decision::Refused { record: events, .. }) = &decision;
        for event in events {
            let recorded = self.recorded(&envelope, event);
            self.models.fold(&recorded);
            self.log.push(recorded);
        }
        decision
    }

    /// A user that is or was there.
    #[track_caller]
    pub(crate) fn user(&self, id: u64) -> &User {
        self.models.users.get(UserId(id)).expect("the case has this user")
    }

    /// Does the first reach the second down the tree of teams?
    pub(crate) fn reaches(&self, asker: u64, user: u64) -> bool {
        self.models.teams.reaches(UserId(asker), UserId(user))
    }

    /// Seats used of read-write and read-only.
    pub(crate) fn used(&self) -> (u32, u32) {
        (self.models.seats.count(ReadWrite).used, self.models.seats.count(ReadOnly).used)
    }

    fn command_envelope(&self) -> CommandEnvelope {
        CommandEnvelope {
            id: CommandId(u128::from(self.commands).to_be_bytes()),
            actor: self.actor,
            on_behalf_of: self.on_behalf_of,
            proxy_session: self.proxy_session,
            causation: None,
            correlation_id: CorrelationId::default(),
            expected_version: self.expected_version,
            context: self.context.clone(),
        }
    }

    fn recorded(&self, command: &CommandEnvelope, event: &Event) -> RecordedEvent {
        let position = Position(self.log.len() as u64 + 1);
        let subject = event.subject();
        let envelope = Envelope {
            position,
            event_id: EventId(u128::from(position.0).to_be_bytes()),
            recorded_at: self.now,
            subject,
            subject_version: event.event_type().version_after(self.models.version_of(subject)),
            actor: command.actor,
            on_behalf_of: command.on_behalf_of,
            proxy_session: command.proxy_session,
            command_id: command.id,
            causation: command.causation,
            correlation_id: command.correlation_id,
            context: Personal::Absent,
            context_key: self.context_key,
        };
        RecordedEvent { envelope, event: event.clone() }
    }
}
