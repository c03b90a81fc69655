//! One batch: judge, seal, chain, append.

use std::sync::Arc;
use std::time::Instant;

use rollbook_decide::{Decision, Moment, Settings, begins_with, decide};
use rollbook_event_log::{Batch, EventLog};
use rollbook_keyring::{KeyAddress, KeySpace, Keyring};
use rollbook_projections::decision::DecisionModels;
use rollbook_schema::command::CommandEnvelope;
use rollbook_schema::id::Digest;
use rollbook_schema::rejection::Rejection;
use rollbook_schema::value::Timestamp;
use rollbook_schema::{
    Command, Context, CredentialNumber, Envelope, Event, Personal, Position, RecordedEvent, RejectionCode,
    UserId, codec,
};

use super::job::{Answer, CommandError, Committed, Job, Outcome, Reply, Stop};
use super::standing::still_may_ask;
use super::turn::Turn;
use crate::access::Caller;
use crate::clock::Clock;
use crate::identity::Identities;
use crate::metrics::Metrics;
use crate::sealing::{Sealer, address};
use crate::traces::{Kind, Span, Tracer, within_sync};

/// The end of the chain of records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// Of the last record.
    pub position: Position,
    /// Of the last record.
    pub digest: Digest,
}

/// What a writer is made of.
pub struct WriterParts {
    /// Where batches go.
    pub log: Arc<dyn EventLog>,
    /// Where keys come from.
    pub keyring: Arc<Keyring>,
    /// What commands are judged against, folded up to `chain`.
    pub models: DecisionModels,
    /// What the next record follows.
    pub chain: Chain,
    /// Settings of the rules.
    pub settings: Settings,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Ids.
    pub identities: Identities,
    /// What is counted.
    pub metrics: Metrics,
    /// Makes spans.
    pub tracer: Tracer,
}

pub(crate) struct Writer {
    parts: WriterParts,
    sealer: Sealer,
}

/// What a batch gathers before it is durable.
#[derive(Default)]
struct Staged {
    records: Vec<Vec<u8>>,
    leaves: Vec<Digest>,
    events: Vec<RecordedEvent>,
    answers: Vec<(Reply, Answer)>,
}

impl Writer {
    pub fn new(parts: WriterParts) -> Self {
        let sealer = Sealer::new(Arc::clone(&parts.keyring));
        Writer { parts, sealer }
    }

    /// What commands were judged against, of use while no append has failed.
    pub fn into_models(self) -> DecisionModels {
        self.parts.models
    }

    /// Judges the jobs in order and makes their events durable. On a fault nothing is acknowledged.
    pub fn commit(&mut self, jobs: Vec<Job>) -> Result<Committed, (Stop, Vec<Reply>)> {
        let before = self.parts.chain;
        let now = self.parts.clock.now();
        let mut staged = Staged::default();
        self.parts.metrics.batch_commands.observe(jobs.len() as u64);
        let span = self.span_of(&jobs);
        let mut jobs = jobs.into_iter();
        while let Some(Job { caller, envelope, command, reply, .. }) = jobs.next() {
            match self.judge((&caller, &envelope), &command, now, &mut staged) {
                Ok(answer) => {
                    self.parts.metrics.judged(&command, &answer);
                    staged.answers.push((reply, answer));
                }
                Err(stop) => {
                    let waiting = staged.answers.into_iter().map(|(reply, _)| reply);
                    return Err((stop, waiting.chain([reply]).chain(jobs.map(|job| job.reply)).collect()));
                }
            }
        }
        if !staged.records.is_empty() {
            let batch = Batch { id: self.parts.identities.batch(now), records: staged.records };
            if let Err(stop) = self.append(before, &batch, &span) {
                let waiting = staged.answers.into_iter().map(|(reply, _)| reply).collect();
                return Err((stop, waiting));
            }
        }
        let destroyed = staged.events.iter().flat_map(|recorded| recorded.event.destroys());
        let destroyed = destroyed.map(|(owner, group)| address(owner, group)).collect();
        let Staged { leaves, events, answers, .. } = staged;
        Ok(Committed { events, answers, leaves, span, destroyed })
    }

    /// The span of a batch stands in the trace of its first command, with links to the others.
    fn span_of(&self, jobs: &[Job]) -> Span {
        let mut traces = jobs.iter().filter_map(|job| job.trace).filter(|trace| trace.sampled);
        // Nobody asked within a trace that is kept: so neither is this.
        let Some(first) = traces.next() else { return Span::default() };
        let mut span = self.parts.tracer.span(Some(first), "batch", Kind::Internal);
        span.say("rollbook.commands", jobs.len() as u64);
        traces.for_each(|other| span.link(other));
        span
    }

    fn append(&self, before: Chain, batch: &Batch, within: &Span) -> Result<(), Stop> {
        let mut span = within.child("append");
        span.say("rollbook.records", batch.records.len() as u64);
        let began = Instant::now();
        let append = || self.parts.log.append(before.position.0, batch);
        within_sync(span.context(), append).map_err(|fault| {
            span.fail();
            Stop::Log(fault.to_string())
        })?;
        let sizes: Vec<usize> = batch.records.iter().map(Vec::len).collect();
        self.parts.metrics.appended(&sizes, began.elapsed());
        Ok(())
    }

    fn judge(
        &mut self,
        (caller, envelope): (&Caller, &CommandEnvelope),
        command: &Command,
        now: Timestamp,
        staged: &mut Staged,
    ) -> Result<Answer, Stop> {
        if let Some(answer) = self.known(envelope, command) {
            return Ok(answer);
        }
        if let Err(code) = still_may_ask(&self.parts.models, caller, command) {
            return Ok(Err(CommandError::Refused(code.into())));
        }
        let moment = Moment { now, settings: &self.parts.settings };
        match decide(&self.parts.models, envelope, command, &moment) {
            Decision::Accepted { events, subject } => {
                self.stage_all((envelope, command), events, now, staged)?;
                let position = self.parts.chain.position;
                Ok(Ok(Outcome { position, subject, repeated: false }))
            }
            Decision::Refused { rejections, record } => {
                self.stage_all((envelope, command), record, now, staged)?;
                Ok(Err(CommandError::Refused(rejections)))
            }
        }
    }

    /// The answer to a command id that had its effect already.
    fn known(&self, envelope: &CommandEnvelope, command: &Command) -> Option<Answer> {
        let known = self.parts.models.commands.receipt(envelope.actor.id, envelope.id)?;
        let same = begins_with(command.stem()).contains(&known.first_event)
            && command.subject().is_none_or(|subject| subject == known.subject);
        Some(if same {
            Ok(Outcome { position: known.last, subject: known.subject, repeated: true })
        } else {
            Err(CommandError::Refused(
                Rejection::of("idempotencyKey", RejectionCode::IdempotencyConflict).into(),
            ))
        })
    }

    fn stage_all(
        &mut self,
        (envelope, command): (&CommandEnvelope, &Command),
        events: Vec<Event>,
        now: Timestamp,
        staged: &mut Staged,
    ) -> Result<(), Stop> {
        let mut turn = Turn::before(&events);
        events.into_iter().try_for_each(|event| {
            let asked = turn.of(envelope, &event, self.parts.chain.position.next());
            let context = self.context_of(&asked, command, now)?;
            self.stage((&asked, context), event, now, staged)
        })
    }

    /// Seals and chains one event, and folds it at once, so that the next command of the batch sees it.
    fn stage(
        &mut self,
        (asked, (context, context_key)): (&CommandEnvelope, SealedContext),
        event: Event,
        now: Timestamp,
        staged: &mut Staged,
    ) -> Result<(), Stop> {
        self.provide_keys(&event)?;
        let subject = event.subject();
        let before = self.parts.models.version_of(subject);
        let envelope = Envelope {
            position: self.parts.chain.position.next(),
            event_id: self.parts.identities.event(now),
            recorded_at: now,
            subject,
            subject_version: event.event_type().version_after(before),
            actor: asked.actor,
            on_behalf_of: asked.on_behalf_of,
            proxy_session: asked.proxy_session,
            command_id: asked.id,
            causation: asked.causation,
            correlation_id: asked.correlation_id,
            context,
            context_key,
        };
        let unsealed = codec::encode(&envelope, &event, self.parts.chain.digest)
            .map_err(|fault| Stop::Codec(fault.to_string()))?;
        let record = self.sealer.seal(unsealed).map_err(|fault| Stop::Keyring(fault.to_string()))?;
        let bytes = record.to_bytes().map_err(|fault| Stop::Codec(fault.to_string()))?;
        let leaf = record.digest();
        self.parts.chain = Chain { position: envelope.position, digest: leaf };
        staged.leaves.push(leaf);
        let recorded = RecordedEvent { envelope, event };
        self.parts.models.fold(&recorded);
        staged.records.push(bytes);
        staged.events.push(recorded);
        Ok(())
    }

    /// A first event is never acknowledged before the seed of its key is durable.
    fn provide_keys(&self, event: &Event) -> Result<(), Stop> {
        let (space, number) = match event {
            Event::UserCreated(created) => (KeySpace::Subject, created.user.0),
            Event::UserCreationFailed(failed) => (KeySpace::Subject, failed.attempted.0),
            Event::PasswordSet(set) => (KeySpace::Credential, set.credential.0),
            Event::PasswordReset(reset) => (KeySpace::Credential, reset.credential.0),
            Event::ArtefactRegistered(registered) => (KeySpace::Credential, registered.sealed.0),
            Event::ArtefactChanged(changed) => (KeySpace::Credential, changed.sealed.0),
            _ => return Ok(()),
        };
        self.parts.keyring.provision(space, number).map_err(|fault| Stop::Keyring(fault.to_string()))
    }
}

/// Where a command came from, and the key that it is sealed under where that is not the actor's.
type SealedContext = (Personal<Context>, Option<CredentialNumber>);

fn known_context(context: &Context) -> Personal<Context> {
    if *context == Context::default() { Personal::Absent } else { Personal::Known(context.clone()) }
}

impl Writer {
    /// Where a command came from. Of somebody who was erased while it waited nothing is kept: there is no
    /// key any more to seal it with.
    ///
    /// Everything that a sign-in or a sign-out leads to is sealed under the key of these weeks, so that nothing of it
    /// outlives a retention rule.
    fn context_of(
        &self,
        asked: &CommandEnvelope,
        command: &Command,
        now: Timestamp,
    ) -> Result<SealedContext, Stop> {
        if self.parts.models.maskings.is_erased(asked.actor.id) {
            return Ok((Personal::Absent, None));
        }
        let context = known_context(&asked.context);
        let is_sign_in = matches!(command, Command::SignIn(_) | Command::SignOut(_));
        let key = match context {
            Personal::Known(_) if is_sign_in => Some(self.sign_in_key(asked.actor.id, now)?),
            _ => None,
        };
        Ok((context, key))
    }

    fn sign_in_key(&self, user: UserId, now: Timestamp) -> Result<CredentialNumber, Stop> {
        let models = &self.parts.models;
        let current = models.sign_in_keys.current(user, now);
        // A key that only a restore was told to destroy is gone, and the log of then does not say so.
        let is_there = |key: &CredentialNumber| !self.parts.keyring.is_gone(KeyAddress::credential(key.0));
        // No event of theirs begins a secret of its own, so that the next number is free.
        let key = current.filter(is_there).unwrap_or_else(|| models.users.next_credential());
        let provisioned = self.parts.keyring.provision(KeySpace::Credential, key.0);
        provisioned.map_err(|fault| Stop::Keyring(fault.to_string()))?;
        Ok(key)
    }
}
