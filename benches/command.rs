//! What judging one command costs, at 1,000 users and at 1,000,000: `cargo bench --bench command`.
//!
//! First deciding and folding alone, as the writer does it, for each family of commands; both sizes in
//! turn, so that the ratio says what a thousand times more users cost. Then the whole way through a
//! directory of 1,000 and of 100,000: queue, seal, sync, views and answer.
//!
//! Many users in one bulk are judged one by one all the same, so deciding costs as many times as much as for
//! one. What a bulk saves is the way: its commands wait together, and share batches and syncs. So it is measured
//! through the directory, beside the same commands one after the other.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use std::time::{Duration, Instant};

use futures_util::stream::{self, StreamExt as _};
use rollbook::access::Caller;
use rollbook::bench::{Neighbours, Person, Seeded, Spread, populate};
use rollbook::directory::{Asking, Directory};
use rollbook_decide::{Decision, Moment, Settings, decide};
use rollbook_projections::decision::DecisionModels;
use rollbook_schema::command::*;
use rollbook_schema::id::Digest;
use rollbook_schema::value::*;
use rollbook_schema::{
    Actor, Command, CommandId, Context, CorrelationId, CredentialNumber, Envelope, EventId, Personal,
    RecordedEvent, RoleId, SessionId, TeamId, UserId,
};
use support::{
    ROUNDS, first_start, folder, is_asked_to_measure, number_or, options, print_machine, print_neighbours,
};

const SMALL: u64 = 1_000;
const LARGE: u64 = 1_000_000;
const DIRECTORY_USERS: [u64; 2] = [1_000, 100_000];
/// Pairs of a command and its opposite, in one round of one family.
const PAIRS: usize = 500;
/// Users of one bulk command.
const BULK: usize = 100;
/// Commands of one round through the directory, and how many wait at the same time.
const ASKED: usize = 4_000;
const ASKED_AT_ONCE: usize = 64;
const USERS_PER_TEAM: u64 = 100;
const SESSION_MILLIS: i64 = 1 << 40;

#[tokio::main]
async fn main() {
    if !is_asked_to_measure() {
        return;
    }
    let folder = folder();
    print_machine(&folder);
    let neighbours = Neighbours::watch();
    let mut worlds = [World::of(SMALL), World::of(number_or(LARGE))];
    println!("deciding and folding alone, µs a command");
    println!("{:<32}{:<24}{:<24}ratio", "", worlds[0].users, worlds[1].users);
    for (name, pairs) in FAMILIES {
        measure(name, pairs, &mut worlds);
    }
    drop(worlds);
    println!("\nthe whole way, commands/s with {ASKED_AT_ONCE} clients: disable and enable");
    let mut rates = Vec::new();
    for users in DIRECTORY_USERS {
        let directory = first_start(options(&folder, &users.to_string())).await;
        let ids = populate(&directory, users).await.unwrap();
        rates.push((directory, ids, Vec::new()));
    }
    for _ in 0..ROUNDS {
        for (directory, ids, rates) in &mut rates {
            rates.push(ASKED as f64 / ask(directory, ids).await.as_secs_f64());
        }
    }
    for (users, (_, _, rates)) in DIRECTORY_USERS.iter().zip(&rates) {
        println!("{users:>9} users  {}", Spread::of(rates.iter().copied()));
    }
    println!("time at the second size over time at the first: {}", Spread::ratio(&rates[0].2, &rates[1].2));
    println!("\nthe whole way, ms for {BULK} users: in one bulk; one after the other; ratio");
    for (users, (directory, ids, _)) in DIRECTORY_USERS.iter().zip(&rates) {
        let (mut together, mut apart) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            together.push(in_bulk(directory, ids).await.as_secs_f64() * 1e3);
            apart.push(one_by_one(directory, ids).await.as_secs_f64() * 1e3);
        }
        let of = |millis: &[f64]| Spread::of(millis.iter().copied());
        println!("{users:>9} users  {}; {}; {}", of(&together), of(&apart), Spread::ratio(&together, &apart));
    }
    print_neighbours(neighbours.cores(Duration::ZERO));
}

/// Commands with their opposites, so that a world is as before when all are done.
type Pairs = fn(&mut World) -> [Vec<Command>; 2];

const FAMILIES: [(&str, Pairs); 12] = [
    ("create, delete", |world| {
        let next = world.models.users.next_id().0;
        let person = |n| Person::numbered((1 << 40) + n).create(UserKind::Agent, vec![RoleId(1)]).unwrap();
        let new = next..next + PAIRS as u64;
        [
            new.clone().map(|n| person(n).into()).collect(),
            each(new.map(UserId), |user| DeleteUser { user, called: Vec::new() }),
        ]
    }),
    ("change email, change back", |world| {
        let change =
            |user, email| ChangeProfile { user, username: None, email: Some(email), person: Vec::new() };
        let address = |text: String| EmailAddress::parse(&text).unwrap();
        let users = world.some();
        let old = |user: UserId| world.models.users.get(user).unwrap().login.as_ref().unwrap().email.clone();
        let back = users.iter().map(|user| change(*user, old(*user)).into()).collect();
        [each(users, |user| change(user, address(format!("new{}@example.org", user.0)))), back]
    }),
    ("assign role, unassign", |world| {
        let role = RoleId(2);
        pair(world, |user| AssignRole { user, role, license: None }, |user| UnassignRole { user, role })
    }),
    ("grant read-only, read-write", |world| {
        let grant = |license| move |user| GrantLicense { user, license };
        pair(world, grant(LicenseType::ReadOnly), grant(LicenseType::ReadWrite))
    }),
    ("disable, enable", |world| {
        pair(world, |user| DisableUser { user, keep_team: None }, |user| EnableUser { user })
    }),
    ("lock, unlock", |world| pair(world, |user| LockAccount { user }, |user| UnlockAccount { user })),
    ("sign in, sign out", |world| {
        let users = world.some();
        let sign_ins: Vec<SignIn> = users.into_iter().map(|user| world.sign_in(user)).collect();
        let outs = sign_ins.iter().map(|c| SignOut { user: c.user, session: c.session }.into()).collect();
        [sign_ins.into_iter().map(Command::from).collect(), outs]
    }),
    ("sign in wrongly, unlock", |world| {
        let users = world.some();
        let wrong =
            |world: &mut World, user| SignIn { proof: PasswordProof::Wrong, ..world.sign_in(user) }.into();
        let attempts = users.iter().map(|user| wrong(world, *user)).collect();
        [attempts, each(users, |user| UnlockAccount { user })]
    }),
    ("proxy start, end", |world| {
        let users = world.some();
        let starts: Vec<StartProxy> = users.into_iter().map(|user| world.start_proxy(user)).collect();
        let ends = starts.iter().map(|c| EndProxy { user: c.user, session: c.session }.into()).collect();
        [starts.into_iter().map(Command::from).collect(), ends]
    }),
    ("add to team, remove", |world| {
        let team = TeamId(1);
        pair(world, |user| AddTeamMember { user, team }, |user| RemoveTeamMember { user, team })
    }),
    ("move team, move back", |world| {
        // A leaf with its members, to the top and back below the first team.
        let team = TeamId(world.users / USERS_PER_TEAM);
        let there = MoveTeam { team, parent: Some(TeamId(1)) };
        let moves =
            (0..PAIRS).map(|n| if n % 2 == 1 { there.clone() } else { MoveTeam { team, parent: None } });
        [moves.map(Command::from).collect(), Vec::new()]
    }),
    ("change settings", |_| {
        let set = |n| (Setting::LockAfterFailures, SettingValue::Number(1_000 - (n as u32 + 1) % 2));
        [(0..PAIRS).map(|n| ChangeSettings { changes: vec![set(n)] }.into()).collect(), Vec::new()]
    }),
];

fn each<C: Into<Command>>(
    users: impl IntoIterator<Item = UserId>,
    command: impl Fn(UserId) -> C,
) -> Vec<Command> {
    users.into_iter().map(|user| command(user).into()).collect()
}

fn pair<A: Into<Command>, B: Into<Command>>(
    world: &mut World,
    command: impl Fn(UserId) -> A,
    opposite: impl Fn(UserId) -> B,
) -> [Vec<Command>; 2] {
    let users = world.some();
    [each(users.iter().copied(), command), each(users, opposite)]
}

fn measure(name: &str, pairs: Pairs, worlds: &mut [World; 2]) {
    let mut micros = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (world, micros) in worlds.iter_mut().zip(&mut micros) {
            let commands = pairs(world);
            let asked = commands.iter().map(Vec::len).sum::<usize>() as f64;
            let start = Instant::now();
            commands.iter().flatten().for_each(|command| world.ask(command));
            micros.push(start.elapsed().as_secs_f64() * 1e6 / asked);
        }
    }
    let [small, large] = &micros;
    let of = |micros: &[f64]| Spread::of(micros.iter().copied());
    println!("{name:<32}{:<24}{:<24}{}", of(small), of(large), Spread::ratio(large, small));
}

/// Decision models, and time that stands still.
struct World {
    users: u64,
    models: DecisionModels,
    seeded: Seeded,
    ids: u64,
    settings: Settings,
    /// The administrator and the session in which they act as others.
    administrator: Actor,
    session: SessionId,
}

impl World {
    /// Agents with a password, a role and a seat, a hundred to a team, teams in a tree of ten branches.
    fn of(users: u64) -> Self {
        let settings = Settings { lock_after_failures: 1_000, ..Settings::default() };
        let administrator = Actor::OPERATOR;
        let session = SessionId::default();
        let (models, seeded) = (DecisionModels::new(), Seeded(1));
        let mut world = World { users, models, seeded, ids: 0, settings, administrator, session };
        for license in LicenseType::ALL {
            world.ask(&SizeLicensePool { license, owned: u32::MAX }.into());
        }
        for name in ["First", "Second"] {
            let name = RoleName::parse(name).unwrap();
            world.ask(&DefineRole { name, kind: UserKind::Agent, surfaces: Vec::new() }.into());
        }
        for team in 1..=users / USERS_PER_TEAM {
            let name = TeamName::parse(&format!("Team {team}")).unwrap();
            let parent = (team > 1).then(|| TeamId(1 + (team - 2) / 10));
            world.ask(&CreateTeam { name, parent }.into());
        }
        for number in 0..users {
            let plain = Person::numbered(number).create(UserKind::Agent, vec![RoleId(1)]).unwrap();
            let team = Some(TeamId(2 + number % (users / USERS_PER_TEAM - 1)));
            let verifier = Some(PasswordVerifier::from_phc("$argon2id$".to_owned()));
            world.ask(&CreateUser { verifier, team, ..plain }.into());
        }
        let root = Person::numbered(1 << 41).create(UserKind::Agent, Vec::new()).unwrap();
        let user = world.models.users.next_id();
        let access_profile = AccessProfile::Administrator;
        let verifier = Some(PasswordVerifier::from_phc("$argon2id$".to_owned()));
        world.ask(&CreateUser { access_profile, verifier, ..root }.into());
        let entry = world.sign_in(user);
        world.session = entry.session;
        world.ask(&entry.into());
        world.administrator = Actor::person(user);
        world
    }

    /// Users, each once.
    fn some(&mut self) -> Vec<UserId> {
        let step = (self.users as usize / PAIRS).max(1) as u64;
        let first = self.seeded.below(step as usize) as u64;
        (0..PAIRS as u64).map(|n| UserId(UserId::FIRST_PERSON.0 + first + n * step)).collect()
    }

    fn sign_in(&mut self, user: UserId) -> SignIn {
        let credential = self.models.users.get(user).unwrap().credential.unwrap_or(CredentialNumber(0));
        let (session, expires_at) = (SessionId(self.id()), Timestamp::from_millis(SESSION_MILLIS));
        let proof = PasswordProof::Matches(credential);
        let client = rollbook_schema::value::ClientType::Web;
        SignIn { user, proof, session, token_digest: Digest::default(), expires_at, client }
    }

    fn start_proxy(&mut self, user: UserId) -> StartProxy {
        let SignIn { session, token_digest, expires_at, .. } = self.sign_in(user);
        StartProxy {
            user,
            session,
            parent: self.session,
            token_digest,
            expires_at,
            acknowledged: true,
            answer: AnswerProof::Missing,
        }
    }

    /// Judges a command and takes in what it leads to.
    fn ask(&mut self, command: &Command) {
        let asked = CommandEnvelope {
            id: CommandId(self.id()),
            actor: self.administrator,
            on_behalf_of: None,
            proxy_session: None,
            causation: None,
            correlation_id: CorrelationId::default(),
            expected_version: None,
            context: Context::default(),
        };
        let moment = Moment { now: Timestamp::from_millis(1), settings: &self.settings };
        let events = match decide(&self.models, &asked, command, &moment) {
            Decision::Accepted { events, .. } => events,
            Decision::Refused { record, .. } => record,
        };
        assert!(!events.is_empty() || matches!(command, Command::UnlockAccount(_)), "{}", command.stem());
        for event in events {
            let subject = event.subject();
            let envelope = Envelope {
                position: self.models.head().next(),
                event_id: EventId::default(),
                recorded_at: moment.now,
                subject,
                subject_version: event.event_type().version_after(self.models.version_of(subject)),
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

    fn id(&mut self) -> [u8; 16] {
        self.ids += 1;
        u128::from(self.ids).to_be_bytes()
    }
}

/// Disables users and enables them again, many clients at once.
async fn ask(directory: &Directory, ids: &[UserId]) -> Duration {
    let step = ids.len() / PAIRS;
    let start = Instant::now();
    for half in 0..ASKED / PAIRS {
        let asked = (0..PAIRS).map(|n| ids[n * step]).map(|user| match half % 2 {
            0 => Command::from(DisableUser { user, keep_team: None }),
            _ => EnableUser { user }.into(),
        });
        let asked = stream::iter(asked).for_each_concurrent(ASKED_AT_ONCE, |command| async move {
            directory.ask(Asking::by(Caller::Operator), command).await.unwrap();
        });
        asked.await;
    }
    start.elapsed()
}

/// A command for each of some users, and for the same its opposite.
fn there_and_back(ids: &[UserId]) -> [Vec<(UserId, Command)>; 2] {
    let users = ids.iter().take(BULK).copied();
    let disabled = users.clone().map(|user| (user, DisableUser { user, keep_team: None }.into()));
    [disabled.collect(), users.map(|user| (user, EnableUser { user }.into())).collect()]
}

/// The time of one bulk: the mean of one and its opposite.
async fn in_bulk(directory: &Directory, ids: &[UserId]) -> Duration {
    let start = Instant::now();
    for commands in there_and_back(ids) {
        let answers = directory.ask_each(Asking::by(Caller::Operator), commands).await.unwrap();
        assert!(answers.iter().all(Result::is_ok));
    }
    start.elapsed() / 2
}

/// The same without a bulk, each asked when the one before is answered.
async fn one_by_one(directory: &Directory, ids: &[UserId]) -> Duration {
    let start = Instant::now();
    for (_, command) in there_and_back(ids).into_iter().flatten() {
        directory.ask(Asking::by(Caller::Operator), command).await.unwrap();
    }
    start.elapsed() / 2
}
