//! What the views cost at scale: memory per user, folding, pages, search, history.
//!
//! `cargo run --release -p rollbook-projections --example memory -- 1000000`
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

use std::time::{Duration, Instant};

use rollbook_projections::view::{Direction, HistoryQuery, UserFilter, UserOrder, UserQuery, Views, Window};
use rollbook_schema::event::*;
use rollbook_schema::id::Digest;
use rollbook_schema::record::{Actor, Envelope};
use rollbook_schema::value::*;
use rollbook_schema::{
    CommandId, CorrelationId, CredentialNumber, EventId, Personal, Position, RoleId, SessionId, UserId,
    Version,
};

/// Events made before each stretch of folding is timed.
const BATCH: u64 = 50_000;
/// Page size.
const PAGE: usize = 50;
/// How often each question is asked.
const ASKED: u32 = 200;

fn main() {
    let users: u64 = std::env::args().nth(1).map_or(100_000, |n| n.parse().unwrap());
    let mut log = Log::new(users);
    let mut batch = Vec::with_capacity(BATCH as usize);
    log.fill(&mut batch);
    let before = resident();
    let mut views = Views::default();
    let (mut folded, mut spent) = (0_u64, [Duration::ZERO; 6]);
    while !batch.is_empty() {
        let start = on_cpu();
        views.users.fold_all(&batch);
        spent[0] += on_cpu() - start;
        spend(&mut spent[1], &batch, |recorded| views.licenses.fold(recorded));
        spend(&mut spent[2], &batch, |recorded| views.roles.fold(recorded));
        spend(&mut spent[3], &batch, |recorded| views.history.fold(recorded));
        spend(&mut spent[4], &batch, |recorded| views.sessions.fold(recorded));
        spend(&mut spent[5], &batch, |recorded| views.credentials.fold(recorded));
        folded += batch.len() as u64;
        batch.clear();
        log.fill(&mut batch);
    }
    let memory = resident().saturating_sub(before);
    println!("{users} users, {folded} events");
    let all: Duration = spent.iter().sum();
    println!("fold      {:>10.0} events/s", folded as f64 / all.as_secs_f64());
    let each = spent.map(|spent| spent.as_nanos() / u128::from(folded));
    println!("          users, licenses, roles, history, sessions, credentials: {each:?} ns an event");
    println!("memory    {:>10} bytes per user", memory / users);
    pages(&views);
    searches(&views);
    history(&views, users);
    let start = Instant::now();
    let _ = views.digests();
    println!("digests   {:>10.1?}", start.elapsed());
}

fn spend(spent: &mut Duration, batch: &[RecordedEvent], fold: impl FnMut(&RecordedEvent)) {
    let start = on_cpu();
    batch.iter().for_each(fold);
    *spent += on_cpu() - start;
}

/// How long this thread has run: other programs on a busy machine do not count.
fn on_cpu() -> Duration {
    let schedstat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(schedstat.split(' ').next().unwrap().parse().unwrap())
}

fn pages(views: &Views) {
    let filters = [
        ("all", UserFilter::default()),
        (
            "agents RW",
            UserFilter {
                kind: Some(UserKind::Agent),
                active: Some(true),
                license: Some(rollbook_projections::view::LicenseFilter::Holds(LicenseType::ReadWrite)),
                ..UserFilter::default()
            },
        ),
        (
            "rare role",
            UserFilter {
                roles: Some(rollbook_projections::view::RoleFilter::AnyOf(vec![RoleId(7)])),
                ..UserFilter::default()
            },
        ),
    ];
    for (name, filter) in filters {
        for order in [UserOrder::DisplayName, UserOrder::LastSignIn] {
            let ask = |window: Window| {
                let query =
                    UserQuery { filter: filter.clone(), order, direction: Direction::Ascending, window };
                timed(|| views.users.page(&query).unwrap().total)
            };
            let first = ask(Window::After(None, PAGE));
            let last = ask(Window::Before(None, PAGE));
            let query = UserQuery {
                filter: UserFilter::default(),
                order,
                direction: Direction::Ascending,
                window: Window::After(None, views.users.count(&UserFilter::default()) as usize / 2),
            };
            let middle = views.users.page(&query).unwrap().rows.last().map(|row| row.cursor.clone());
            let middle = ask(Window::After(middle, PAGE));
            println!("page      {name} by {order:?}: first {first}, middle {middle}, last {last}");
        }
    }
}

fn searches(views: &Views) {
    for text in [
        "a",
        "an",
        "ann",
        "anna",
        "annamara",
        "org",
        "example",
        "ex1.example",
        "@ex1",
        "anna@ex",
        "ra li",
        "zzzz",
    ] {
        let query = UserQuery {
            filter: UserFilter { text: Some(text.to_owned()), ..UserFilter::default() },
            order: UserOrder::DisplayName,
            direction: Direction::Ascending,
            window: Window::After(None, PAGE),
        };
        let found = views.users.page(&query).unwrap().total;
        println!(
            "search    {text:<12} {found:>8} found: {}",
            timed(|| views.users.page(&query).unwrap().total)
        );
    }
}

fn history(views: &Views, users: u64) {
    let on = Some(UserId(8 + users / 2));
    let query = HistoryQuery { on, ..HistoryQuery::default() };
    println!("history   of one user: {}", timed(|| views.history.page(&query).positions.len() as u64));
    let types = Some([EventType::RoleAssigned, EventType::SignedIn].into());
    let query = HistoryQuery { types, by: Some(UserId::SYSTEM), ..HistoryQuery::default() };
    println!(
        "history   by the system, two types: {}",
        timed(|| views.history.page(&query).positions.len() as u64)
    );
}

/// Median and 99th percentile.
fn timed(mut ask: impl FnMut() -> u64) -> String {
    let mut times: Vec<Duration> = (0..ASKED)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(ask());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    format!("{:.1?} (p99 {:.1?})", times[times.len() / 2], times[times.len() * 99 / 100])
}

/// Resident bytes of this process.
fn resident() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}

/// A made-up log: everybody is created first, then signs in and out and is changed, in mixed order.
struct Log {
    users: u64,
    position: u64,
    random: u64,
}

impl Log {
    fn new(users: u64) -> Log {
        Log { users, position: 0, random: 0x9E37_79B9_7F4A_7C15 }
    }

    fn fill(&mut self, batch: &mut Vec<RecordedEvent>) {
        while batch.len() < BATCH as usize && self.position < self.users * 10 {
            self.position += 1;
            let (actor, event) = self.event();
            batch.push(RecordedEvent { envelope: self.envelope(actor, &event), event });
        }
    }

    /// Four events to make a user, six that come later.
    fn event(&mut self) -> (Actor, Event) {
        let n = self.position - 1;
        if n < self.users * 4 {
            let user = UserId(8 + n / 4);
            return (
                Actor::SYSTEM,
                match n % 4 {
                    0 => self.created(user).into(),
                    1 => password(user, n).into(),
                    2 => RoleAssigned { user, role: RoleId(self.skewed(40)) }.into(),
                    _ => granted(user).into(),
                },
            );
        }
        let user = UserId(8 + self.next() % self.users);
        let session = SessionId((u128::from(n / 2)).to_be_bytes());
        let event = match n % 6 {
            0 | 2 | 4 => signed_in(user, session, self.next(), self.position).into(),
            1 | 3 => SignedOut { user, session }.into(),
            _ => self.title_changed(user).into(),
        };
        (Actor::person(user), event)
    }

    fn created(&mut self, user: UserId) -> UserCreated {
        let (first, last) = (self.name(3), self.name(3));
        let username = format!("{first}.{last}{}", user.0 % 97).to_lowercase();
        let email = format!("{username}@ex{}.example.org", self.skewed(2000));
        let full = format!("{first} {last}");
        let person = [
            (PersonField::DisplayName, full.as_str()),
            (PersonField::FullName, &full),
            (PersonField::FirstName, &first),
            (PersonField::LastName, &last),
            (PersonField::Title, "Account executive"),
            (PersonField::MobilePhone, "+44 20 7946 0000"),
        ];
        let person = person.map(|(field, text)| (field, PersonText::parse(text).unwrap()));
        UserCreated {
            user,
            kind: if user.0.is_multiple_of(4) { UserKind::Agent } else { UserKind::Client },
            email_verified: user.0.is_multiple_of(3),
            access_profile: AccessProfile::Standard,
            origin: Origin::Import,
            login: Personal::Known(Login {
                username: Username::parse(&username).unwrap(),
                email: EmailAddress::parse(&email).unwrap(),
            }),
            person: Personal::Known(PersonFields(person.into_iter().collect())),
        }
    }

    fn title_changed(&mut self, user: UserId) -> ProfileChanged {
        let field = PersonField::Title;
        let change = Change { from: None, to: Some(PersonText::parse("Head of accounts").unwrap()) };
        let person = Personal::Known(vec![PersonChange { field, change }]);
        ProfileChanged { user, fields: vec![ProfileField::Person(field)], login: Personal::Absent, person }
    }

    fn name(&mut self, syllables: usize) -> String {
        const SYLLABLES: [&str; 24] = [
            "an", "na", "ma", "ra", "li", "jo", "sé", "pe", "ter", "smi", "ber", "ta", "lo", "ren", "zo",
            "mi", "kel", "ö", "ka", "vi", "du", "han", "son", "ste",
        ];
        let mut name = String::new();
        for _ in 0..syllables {
            name.push_str(SYLLABLES[self.skewed(24) as usize - 1]);
        }
        let mut chars = name.chars();
        let first = chars.next().unwrap();
        first.to_uppercase().chain(chars).collect()
    }

    /// 1 to `bound`, the small ones more often.
    fn skewed(&mut self, bound: u64) -> u64 {
        let (a, b) = (self.next() % bound, self.next() % bound);
        1 + a.min(b)
    }

    /// Xorshift.
    fn next(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random
    }

    fn envelope(&self, actor: Actor, event: &Event) -> Envelope {
        Envelope {
            position: Position(self.position),
            event_id: EventId::default(),
            recorded_at: Timestamp::from_millis(1_700_000_000_000 + self.position as i64 * 40),
            subject: event.subject(),
            subject_version: Version(self.position),
            actor,
            on_behalf_of: None,
            proxy_session: None,
            command_id: CommandId::default(),
            causation: None,
            correlation_id: CorrelationId::default(),
            context: Personal::Absent,
            context_key: None,
        }
    }
}

fn password(user: UserId, n: u64) -> PasswordSet {
    let credential = CredentialNumber(n);
    PasswordSet { user, credential, replaces: None, kept_session: None, verifier: Personal::Absent }
}

fn granted(user: UserId) -> LicenseGranted {
    let license = if user.0.is_multiple_of(2) { LicenseType::ReadWrite } else { LicenseType::ReadOnly };
    LicenseGranted { user, license, replaces: None, cause: LicenseCause::Role }
}

fn signed_in(user: UserId, session: SessionId, random: u64, position: u64) -> SignedIn {
    let mut token_digest = Digest::default();
    token_digest.0[..8].copy_from_slice(&random.to_be_bytes());
    token_digest.0[8..16].copy_from_slice(&position.to_be_bytes());
    let expires_at = Timestamp::from_millis(1_700_000_000_000 + position as i64 * 40 + 3_600_000);
    SignedIn { user, session, token_digest, expires_at }
}
