//! The way of a command on one thread: clients, queue, writer and projector each take a step when the seed
//! says so. So a run is the same every time, whatever the machine does, and finds what only an unlucky
//! moment shows: rights that were judged before the queue and taken while the command waited in it.
//!
//! Left out are the disk and the keys, which have tests of their own.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rollbook::access::{Caller, may_ask, may_reach};
use rollbook::bench::Seeded;
use rollbook::writer::standing::still_may_ask;
use rollbook_decide::{Decision, Moment, Settings, decide};
use rollbook_projections::decision::DecisionModels;
use rollbook_projections::view::Views;
use rollbook_schema::codec::{CodecError, Unsealed, encode};
use rollbook_schema::command::*;
use rollbook_schema::event::Event;
use rollbook_schema::id::Digest;
use rollbook_schema::value::{PasswordVerifier, Timestamp};
use rollbook_schema::{
    Actor, Command, CommandId, Context, CorrelationId, Envelope, EventId, Group, KeyOwner, Personal, Record,
    RecordedEvent, SessionId, Subject, UserId,
};

use super::client::{Client, officer, proof, signed_in};
use super::known;
use super::ledger::Ledger;
use super::rules::Audit;
use super::seen::Read;
use super::wish::{Wish, name, reason, sign_in, who, wish};

const MILLIS_PER_MINUTE: i64 = 60_000;
const SESSION_MILLIS: i64 = 12 * 60 * MILLIS_PER_MINUTE;
const BATCH_MAX: usize = 8;

/// A command in the queue.
struct Waiting {
    client: usize,
    caller: Caller,
    envelope: CommandEnvelope,
    command: Command,
}

/// What is decided, and whom the answers are for: with the command, if it was accepted.
#[derive(Default)]
struct Batch {
    events: Vec<RecordedEvent>,
    answers: Vec<(usize, Option<Command>)>,
}

/// A whole directory without a disk, its clients included.
pub struct Pipeline {
    seeded: Seeded,
    now: Timestamp,
    models: DecisionModels,
    views: Views,
    audit: Audit,
    /// Where the views are.
    shown: Ledger,
    log: Vec<RecordedEvent>,
    queue: VecDeque<Waiting>,
    committed: VecDeque<Batch>,
    clients: Vec<Client>,
    ids: u64,
    /// What happened how often, by the event's stem or by the code of the refusal.
    pub tally: BTreeMap<String, u64>,
}

impl Pipeline {
    /// A directory with an administrator, some roles and a few seats.
    pub fn new(seed: u64, clients: usize) -> Self {
        let mut this = Pipeline {
            seeded: Seeded(seed),
            now: Timestamp::from_millis(1_767_225_600_000),
            models: DecisionModels::new(),
            views: Views::default(),
            audit: Audit::default(),
            shown: Ledger::default(),
            log: Vec::new(),
            queue: VecDeque::new(),
            committed: VecDeque::new(),
            clients: vec![Client::default(); clients],
            ids: 0,
            tally: BTreeMap::new(),
        };
        for command in super::first_commands() {
            this.enqueue(0, Caller::Operator, command);
        }
        this.commit();
        this.fold();
        this
    }

    /// Lets whoever is drawn take a step.
    pub fn step(&mut self) {
        match self.seeded.below(16) {
            0..=8 => self.client(),
            9..=11 => self.commit(),
            12..=14 => self.fold(),
            _ => {
                // Seldom so long that sessions run out, and never while a sign-in waits.
                let drawn = self.seeded.below(8).max(self.seeded.below(8));
                let minutes = match drawn {
                    0 if self.queue.is_empty() => 600,
                    0..=2 => 1,
                    _ => 0,
                };
                self.now = self.now.plus_millis(1 + minutes * MILLIS_PER_MINUTE);
            }
        }
    }

    fn client(&mut self) {
        let client = self.seeded.below(self.clients.len());
        let (user, name) = (who(&mut self.seeded, &self.views), name(&mut self.seeded));
        Read::of(&self.views, user, name).hold_against(&self.shown);
        let head = self.log.last().expect("there is an administrator").envelope.recorded_at;
        known::hold(&self.models, &self.audit.ledger, user, name, head);
        if self.clients[client].waits {
            return;
        }
        let caller = self.caller(client);
        let is_lost = self.clients[client].session().is_none() && self.seeded.below(4) == 0;
        let wish = if is_lost {
            sign_in(&mut self.seeded, &self.views)
        } else {
            wish(&mut self.seeded, &self.views)
        };
        match wish {
            Wish::Ask(command) => self.ask(client, caller, command),
            Wish::Bulk(commands) => {
                commands.into_iter().for_each(|(_, command)| self.ask(client, caller, command));
            }
            Wish::Create(command, _) => {
                let verifier = Some(PasswordVerifier::from_phc(String::new()));
                self.ask(client, caller, CreateUser { verifier, ..command });
            }
            Wish::SignIn(login, password) => self.sign_in(client, login, password),
            Wish::SignOut => {
                if let Caller::Person(person) = caller {
                    self.ask(client, caller, SignOut { user: person.id, session: person.session });
                }
            }
            Wish::SetPassword(user, _) => {
                let (proved, verifier) = (None, PasswordVerifier::from_phc(String::new()));
                self.ask(
                    client,
                    caller,
                    SetPassword { user, verifier, session: None, proved, answer: AnswerProof::Missing },
                );
            }
            Wish::ResetPassword(user) => {
                let verifier = PasswordVerifier::from_phc(String::new());
                let expires_at = self.now.plus_millis(SESSION_MILLIS);
                self.ask(client, caller, ResetPassword { user, verifier, expires_at, mailed: None });
            }
            Wish::Mask(user) => self.mask(client, caller, user),
            Wish::StartProxy(user) => self.start_proxy(client, caller, user),
            Wish::StartSupport(user) => self.start_support(client, user),
            Wish::EndProxy => match caller {
                Caller::Person(person) if person.is_support() => {
                    self.ask(client, caller, EndSupport { user: person.id, session: person.session });
                }
                Caller::Person(person) if person.proxy.is_some() => {
                    self.ask(client, caller, EndProxy { user: person.id, session: person.session });
                }
                _ => {}
            },
            Wish::Approve(user, request) => {
                let other = officer(&self.clients, &self.views, self.now);
                let caller = other.filter(|_| self.seeded.below(2) == 0).unwrap_or(caller);
                self.ask(client, caller, ApproveMasking { user, request, keys: Vec::new(), free_text: None });
            }
        }
    }

    /// As whom a client asks: the operator, or whoever its token still signs in.
    fn caller(&mut self, client: usize) -> Caller {
        let Some((user, session)) = self.clients[client].session() else {
            return if self.seeded.below(8) > 0 { Caller::Operator } else { Caller::Anonymous };
        };
        let person = signed_in(&self.views, user, session, self.now);
        let usable = self.shown.is_usable(user, session, self.now);
        assert!(usable || person.is_none(), "a token opens nothing once its session has ended");
        if person.is_none() {
            self.clients[client].forget(session);
        }
        person.map_or(Caller::Anonymous, Caller::Person)
    }

    fn ask(&mut self, client: usize, caller: Caller, command: impl Into<Command>) {
        let command = command.into();
        let target = match command.subject() {
            Some(Subject::User(user)) => self.views.users.get(user).map(|row| row.access_profile),
            _ => None,
        };
        let permitted =
            may_ask(&caller, &command, target).and_then(|()| may_reach(&caller, &command, &self.views));
        match permitted {
            Ok(()) => self.enqueue(client, caller, command),
            Err(code) => self.count(code.as_str()),
        }
    }

    fn sign_in(&mut self, client: usize, login: &str, password: usize) {
        let Some(user) = self.views.users.by_login(login) else { return };
        let (session, token) = (SessionId(self.id()), self.id());
        let proof = proof(&self.views, user, password);
        let expires_at = self.now.plus_millis(SESSION_MILLIS);
        let (token_digest, program) = (digest(token), rollbook_schema::value::ClientType::Web);
        let command = SignIn { user, proof, session, token_digest, expires_at, client: program };
        self.enqueue(client, Caller::System, command.into());
        let waiting = self.queue.back_mut().expect("it was just put there");
        waiting.envelope.actor = Actor::person(user);
    }

    fn mask(&mut self, client: usize, caller: Caller, user: UserId) {
        let Some(row) = self.views.users.get(user) else { return };
        let (Some(username), Some(email)) = (row.username(), row.email()) else { return };
        if let Some(command) = super::client::masking(user, username, email) {
            self.ask(client, caller, command);
        }
    }

    fn start_proxy(&mut self, client: usize, caller: Caller, user: UserId) {
        let Caller::Person(person) = caller else { return };
        let command = StartProxy {
            user,
            session: SessionId(self.id()),
            parent: person.session,
            token_digest: digest(self.id()),
            expires_at: self.now.plus_millis(60 * MILLIS_PER_MINUTE),
            acknowledged: true,
            answer: AnswerProof::Missing,
        };
        self.ask(client, caller, command);
    }

    /// Whoever clients are, each has the provider's token too.
    fn start_support(&mut self, client: usize, user: UserId) {
        let command = StartSupport {
            user,
            session: SessionId(self.id()),
            token_digest: digest(self.id()),
            expires_at: self.now.plus_millis(60 * MILLIS_PER_MINUTE),
            acknowledged: true,
        };
        self.ask(client, Caller::Provider, command);
    }

    fn enqueue(&mut self, client: usize, caller: Caller, command: Command) {
        let asker = caller.actor().unwrap_or(Actor::SYSTEM);
        let proxied = match caller {
            Caller::Person(person) if person.proxy.is_some() => Some(person),
            _ => None,
        };
        let in_the_name_of = match &command {
            Command::SizeLicensePool(_) | Command::ChangeSettings(_) => Some(Actor::TENANT),
            Command::CreateUser(c) if c.rule.is_some() => Some(Actor::SYSTEM),
            _ => None,
        };
        let envelope = CommandEnvelope {
            id: CommandId(self.id()),
            actor: in_the_name_of.unwrap_or(asker),
            on_behalf_of: match (in_the_name_of, caller) {
                (Some(_), Caller::Person(_)) => Some(asker.id),
                _ => proxied.map(|person| person.id),
            },
            proxy_session: proxied.map(|person| person.session),
            causation: None,
            correlation_id: CorrelationId::default(),
            expected_version: None,
            context: Context { reason: reason(&mut self.seeded), ..Context::default() },
        };
        self.clients[client].waits = true;
        self.queue.push_back(Waiting { client, caller, envelope, command });
    }

    /// The writer takes some of what waits, as one batch.
    fn commit(&mut self) {
        let mut batch = Batch::default();
        for _ in 0..1 + self.seeded.below(BATCH_MAX) {
            let Some(waiting) = self.queue.pop_front() else { break };
            let Waiting { client, caller, envelope, command } = waiting;
            let decision = match still_may_ask(&self.models, &caller, &command) {
                Ok(()) => {
                    let moment = Moment { now: self.now, settings: &Settings::default() };
                    decide(&self.models, &envelope, &command, &moment)
                }
                Err(code) => Decision::Refused { rejections: code.into(), record: Vec::new() },
            };
            let (events, answer) = self.judged(decision, command);
            for event in events {
                batch.events.push(self.record(&envelope, event));
            }
            batch.answers.push((client, answer));
        }
        self.committed.push_back(batch);
    }

    /// The events of a decision, and the command if it was accepted.
    fn judged(&mut self, decision: Decision, command: Command) -> (Vec<Event>, Option<Command>) {
        match decision {
            Decision::Accepted { events, .. } => (events, Some(command)),
            Decision::Refused { rejections, record } => {
                self.count(rejections.code().as_str());
                let mut stems = record.iter().map(|event| event.event_type().stem());
                assert!(stems.all(super::is_a_trace), "a refused command leaves a trace at most");
                (record, None)
            }
        }
    }

    fn record(&mut self, asked: &CommandEnvelope, event: Event) -> RecordedEvent {
        let subject = event.subject();
        let envelope = Envelope {
            position: self.models.head().next(),
            event_id: EventId(self.id()),
            recorded_at: self.now,
            subject,
            subject_version: event.event_type().version_after(self.models.version_of(subject)),
            actor: asked.actor,
            on_behalf_of: asked.on_behalf_of,
            proxy_session: asked.proxy_session,
            command_id: asked.id,
            causation: asked.causation,
            correlation_id: asked.correlation_id,
            context: Personal::Absent,
            context_key: None,
        };
        let recorded = RecordedEvent { envelope, event };
        self.count(recorded.event.event_type().stem());
        self.audit.take(&recorded);
        self.models.fold(&recorded);
        self.log.push(recorded.clone());
        recorded
    }

    /// The projector takes one batch, and only then its clients are answered.
    fn fold(&mut self) {
        let Some(Batch { events, answers }) = self.committed.pop_front() else { return };
        for recorded in &events {
            self.views.fold(recorded);
            self.shown.read(recorded);
        }
        for (client, accepted) in answers {
            self.clients[client].answered(accepted.as_ref());
        }
    }

    /// Everything that waits is done; then models and views rebuilt from zero are the live ones.
    pub fn settle(&mut self) {
        while !self.queue.is_empty() {
            self.commit();
        }
        while !self.committed.is_empty() {
            self.fold();
        }
        let destroyed: BTreeSet<_> = self.log.iter().flat_map(|recorded| recorded.event.destroys()).collect();
        let (mut models, mut views) = (DecisionModels::new(), Views::default());
        for recorded in &self.log {
            let read = without(recorded, &destroyed);
            models.fold(&read);
            views.fold(&read);
        }
        assert_eq!(models.digest(), self.models.digest(), "models rebuilt from zero");
        assert_eq!(views.digests(), self.views.digests(), "views rebuilt from zero");
        let administrators = self.audit.ledger.accounts.values().filter(|a| a.is_enabled_administrator());
        assert_eq!(self.models.users.enabled_administrators(), administrators.count() as u64);
    }

    fn id(&mut self) -> [u8; 16] {
        self.ids += 1;
        u128::from(self.ids).to_be_bytes()
    }

    fn count(&mut self, what: &str) {
        *self.tally.entry(what.to_owned()).or_default() += 1;
    }
}

fn digest(id: [u8; 16]) -> Digest {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(&id);
    Digest(bytes)
}

/// The event as it reads once keys are destroyed.
fn without(recorded: &RecordedEvent, destroyed: &BTreeSet<(KeyOwner, Group)>) -> RecordedEvent {
    let unsealed = encode(&recorded.envelope, &recorded.event, Digest::default()).expect("it has bytes");
    if !unsealed.header.parts.iter().any(|part| destroyed.contains(part)) {
        return recorded.clone();
    }
    let Unsealed { header, header_bytes, parts } = unsealed;
    let open = |index: usize, owner, group| -> Result<_, CodecError> {
        let is_gone = destroyed.contains(&(owner, group));
        Ok(if is_gone { Personal::Erased } else { Personal::Known(parts[index].bytes.clone()) })
    };
    Record { header, header_bytes, parts: Vec::new() }.restore(open).expect("it was just divided")
}
