//! The way of a command: who asks, may they, the queue, the answer.

use std::time::Instant;

use rollbook_keyring::Keyring;
use rollbook_schema::command::RecordDeniedAttempt;
use rollbook_schema::{
    Actor, Command, CommandEnvelope, CommandId, Context, Position, Rejection, RejectionCode, Rejections,
    Subject, UserId, Version,
};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::oneshot;

use super::Directory;
use crate::access::{Caller, may_ask, may_reach, reaches_wholly, uses};
use crate::metrics::TurnedAway;
use crate::traces::{self, Span, SpanContext};
use crate::writer::{Answer, CommandError, Job, Message, Outcome, Reply, Stop};

/// Longest idempotency key, in bytes.
const IDEMPOTENCY_KEY_MAX: usize = 200;

/// Who asks, and what goes with the question.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Who.
    pub caller: Caller,
    /// Where from, and why.
    pub context: Context,
    /// The client's own name for the command: asked twice, done once.
    pub idempotency_key: Option<String>,
    /// The version that the client saw.
    pub expected_version: Option<Version>,
}

impl Asking {
    /// Nothing but a caller.
    #[must_use]
    pub fn by(caller: Caller) -> Self {
        Asking { caller, context: Context::default(), idempotency_key: None, expected_version: None }
    }
}

impl Directory {
    /// Asks a command. Answers when its change is durable and every view holds it.
    ///
    /// # Errors
    /// [`CommandError::Refused`] with all reasons, or [`CommandError::Stopped`] when nothing can be
    /// accepted any more.
    pub async fn ask(&self, asking: Asking, command: impl Into<Command>) -> Answer {
        let command = command.into();
        self.permit(&asking, &command).await?;
        self.may_call(&command)?;
        let caller = asking.caller;
        let envelope = self.envelope_for(asking, &command)?;
        self.carry_out(caller, envelope, command).await
    }

    /// A deletion may have to wait for calls; everything else is judged at once.
    pub(super) async fn carry_out(
        &self,
        caller: Caller,
        envelope: CommandEnvelope,
        command: Command,
    ) -> Answer {
        match command {
            Command::DeleteUser(deletion) => self.delete_for(caller, envelope, deletion).await,
            command => self.submit_for(caller, envelope, command).await,
        }
    }

    /// Lets pass what the caller may ask; anything else is refused, and recorded.
    pub(super) async fn permit(&self, asking: &Asking, command: &Command) -> Result<(), CommandError> {
        if let Err(code) = self.may_ask(&asking.caller, command) {
            self.inner.metrics.turned_away(command, TurnedAway::Denied(code));
            self.record_denied(asking, command, code).await;
            return Err(CommandError::Refused(code.into()));
        }
        Ok(())
    }

    /// Judges without access: only for what the program itself has established.
    pub(super) async fn submit(&self, envelope: CommandEnvelope, command: Command) -> Answer {
        self.submit_for(Caller::System, envelope, command).await
    }

    /// The same in the right of a caller, which the writer looks at once more.
    pub(super) async fn submit_for(
        &self,
        caller: Caller,
        envelope: CommandEnvelope,
        command: Command,
    ) -> Answer {
        let began = Instant::now();
        let mut span = self.tracer().here(command.stem());
        let answer = self.enqueue_for(caller, envelope, command, span.context())?;
        // A reply that was dropped belongs to a thread that panicked.
        let answer = answer.await.unwrap_or_else(|_| Err(CommandError::Stopped(self.why_stopped())));
        self.inner.metrics.command_seconds.took(began.elapsed());
        tell(&mut span, &answer);
        answer
    }

    /// Puts a command into the queue; the answer comes, whether anybody waits for it or not.
    pub(super) fn enqueue(
        &self,
        envelope: CommandEnvelope,
        command: Command,
    ) -> Result<oneshot::Receiver<Answer>, CommandError> {
        self.enqueue_for(Caller::System, envelope, command, traces::current())
    }

    fn enqueue_for(
        &self,
        caller: Caller,
        envelope: CommandEnvelope,
        command: Command,
        trace: Option<SpanContext>,
    ) -> Result<oneshot::Receiver<Answer>, CommandError> {
        let (reply, answer) = Reply::channel();
        let job = Message::Job(Box::new(Job { caller, envelope, command, reply, trace }));
        let sent = match self.takes_commands() {
            true => self.inner.queue.try_send(job),
            false => Err(TrySendError::Full(job)),
        };
        let (job, why, error) = match sent {
            Ok(()) => return Ok(answer),
            Err(TrySendError::Full(job)) => {
                (job, TurnedAway::Busy, CommandError::Refused(RejectionCode::Busy.into()))
            }
            Err(TrySendError::Closed(job)) => {
                (job, TurnedAway::Stopped, CommandError::Stopped(self.why_stopped()))
            }
        };
        if let Message::Job(job) = job {
            self.inner.metrics.turned_away(&job.command, why);
        }
        Err(error)
    }

    pub(super) fn envelope(&self, asking: &Asking) -> Result<CommandEnvelope, Rejections> {
        let now = self.now();
        let actor = asking.caller.actor().ok_or(RejectionCode::Unauthenticated)?;
        let id = match &asking.idempotency_key {
            Some(key) => command_id(&self.inner.keyring, key)?,
            None => self.inner.identities.command(now),
        };
        let proxied = match &asking.caller {
            Caller::Person(person) if person.proxy.is_some() => Some(person),
            _ => None,
        };
        let mut context = asking.context.clone();
        if actor == Actor::PROVIDER {
            // Sealed under a reserved user, it would outlive the person: nothing of where they were.
            (context.client_address, context.user_agent) = (None, None);
        }
        Ok(CommandEnvelope {
            id,
            actor,
            on_behalf_of: proxied.map(|person| person.id),
            proxy_session: proxied.map(|person| person.session),
            causation: None,
            correlation_id: self.inner.identities.correlation(now),
            expected_version: asking.expected_version,
            context,
        })
    }

    /// May the caller ask this, of whom it is about? For doors that show what can be asked.
    #[must_use]
    pub fn permits(&self, caller: &Caller, command: &Command) -> bool {
        self.may_ask(caller, command).is_ok()
    }

    /// May the caller ask this, of whom it is about?
    pub(super) fn may_ask(&self, caller: &Caller, command: &Command) -> Result<(), RejectionCode> {
        let views = self.views();
        let target = match command.subject() {
            Some(Subject::User(user)) => views.users.get(user),
            _ => None,
        };
        may_ask(caller, command, target.map(|row| row.access_profile))?;
        if let (Command::StartProxy(_), Some(row)) = (command, target)
            && !(reaches_wholly(caller, &views.teams, row) && uses(caller, &views, row.id))
        {
            return Err(RejectionCode::Forbidden);
        }
        may_reach(caller, command, &views)?;
        self.leaves_to_provider(caller, command)
    }

    /// ACC-16: a refused attempt of somebody signed in is itself recorded. The rule bounds the rate.
    async fn record_denied(&self, asking: &Asking, command: &Command, code: RejectionCode) {
        let mut asking = asking.clone();
        asking.idempotency_key = None;
        asking.expected_version = None;
        let Ok(envelope) = self.envelope(&asking) else { return };
        let on = command.subject().unwrap_or(Subject::UserType);
        let attempt = RecordDeniedAttempt { command: command.stem(), code, on };
        if let Err(CommandError::Stopped(stop)) = self.submit(envelope, attempt.into()).await {
            tracing::warn!(%stop, "a denied attempt could not be recorded");
        }
    }

    pub(super) fn why_stopped(&self) -> Stop {
        self.inner.status.stopped().unwrap_or(Stop::Closed)
    }
}

fn tell(span: &mut Span, answer: &Answer) {
    match answer {
        Ok(outcome) => span.say("rollbook.position", outcome.position.0),
        Err(CommandError::Refused(rejections)) => span.say("rollbook.refused", rejections.code().as_str()),
        Err(CommandError::Stopped(stop)) => {
            span.say("rollbook.stopped", stop.word());
            span.fail();
        }
    }
}

impl Directory {
    /// The id of a key that is used for one user, or by one asker, among many.
    pub(super) fn scoped_command_id(&self, key: &str, user: UserId) -> Result<CommandId, Rejection> {
        // Refuses what is no key; a ULID names its command only together with the user.
        command_id(&self.inner.keyring, key)?;
        let scoped = [key.as_bytes(), b"\0", &user.0.to_be_bytes()].concat();
        Ok(digest_id(&self.inner.keyring, &scoped))
    }
}

impl Directory {
    /// The id of a key that is used for one mail among many.
    pub(super) fn mail_command_id(&self, key: &str, mail: Position) -> Result<CommandId, Rejection> {
        command_id(&self.inner.keyring, key)?;
        let scoped = [key.as_bytes(), b"\0mail\0", &mail.0.to_be_bytes()].concat();
        Ok(digest_id(&self.inner.keyring, &scoped))
    }
}

/// A ULID is taken as it is. Any other key may say something about a person, so only a keyed digest of
/// it is kept.
pub(super) fn command_id(keyring: &Keyring, key: &str) -> Result<CommandId, Rejection> {
    if key.is_empty() || key.len() > IDEMPOTENCY_KEY_MAX {
        return Err(Rejection::of("idempotencyKey", RejectionCode::Invalid));
    }
    if let Ok(id) = key.parse() {
        return Ok(id);
    }
    Ok(digest_id(keyring, key.as_bytes()))
}

fn digest_id(keyring: &Keyring, key: &[u8]) -> CommandId {
    let digest = keyring.keyed_digest("idempotency key", key);
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    CommandId(id)
}

impl From<Rejection> for CommandError {
    fn from(rejection: Rejection) -> Self {
        CommandError::Refused(rejection.into())
    }
}

impl From<RejectionCode> for CommandError {
    fn from(code: RejectionCode) -> Self {
        CommandError::Refused(code.into())
    }
}

impl Outcome {
    /// The user that the command changed or made.
    #[must_use]
    pub fn user(&self) -> Option<rollbook_schema::UserId> {
        match self.subject {
            Subject::User(user) => Some(user),
            _ => None,
        }
    }
}
