//! Replay into models and views against reading and opening: `cargo bench --bench replay`.
//!
//! All read the same log, in turn: the stored bytes alone; parsed; parsed and opened with the keys; and
//! the whole of what opening a directory does. A number on the command line is the number of events.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use futures_util::stream::{self, StreamExt as _};
use rollbook::access::Caller;
use rollbook::bench::{Neighbours, PASSWORD, Person, Seeded, Spread, populate, probe};
use rollbook::directory::offline::{OfflineDirectory, OfflineFault};
use rollbook::directory::{Asking, Directory, SignInRequest};
use rollbook::sealing::Sealer;
use rollbook_schema::command::{
    ChangeProfile, Command, DisableUser, EnableUser, GrantLicense, LockAccount, UnlockAccount,
};
use rollbook_schema::value::{LicenseType, PersonField, PersonText};
use rollbook_schema::{Position, UserId};
use support::{
    ROUNDS, first_start, folder, is_asked_to_measure, number_or, options, print_machine, print_neighbours,
};

const EVENTS: u64 = 250_000;
/// A user for so many events. Three agents to one client leave 2.5 events each; changes make up the rest.
const EVENTS_PER_USER: u64 = 6;
/// People who can sign in.
const SIGNING_IN: u64 = 1_000;
const ASKED_AT_ONCE: usize = 128;
/// Changes between two looks at how long the log is.
const CHANGES: u64 = 5_000;

#[tokio::main]
async fn main() {
    if !is_asked_to_measure() {
        return;
    }
    let folder = folder();
    print_machine(&folder);
    let options = options(&folder, "data");
    let directory = first_start(options.clone()).await;
    fill(&directory, number_or(EVENTS)).await;
    directory.close().await.unwrap();
    drop(directory);

    let directory = OfflineDirectory::open(options).unwrap();
    let events = directory.head().0;
    let neighbours = Neighbours::watch();
    let mut rates = [const { Vec::new() }; 5];
    for _ in 0..ROUNDS {
        for (rates, (_, measured)) in rates.iter_mut().zip(MEASURED) {
            // New keys each time: nobody profits from what another derived.
            let keys = Keys { directory: &directory, sealer: directory.sealer().unwrap() };
            rates.push(events as f64 / measured(keys).as_secs_f64());
        }
    }
    println!("{events} events; events/s, and time as a multiple of reading, parsing and opening");
    for ((name, _), under) in MEASURED.iter().zip(&rates) {
        let multiple = Spread::ratio(&rates[OPENED], under);
        println!("{name:<16} {:<36} {multiple}", Spread::of(under.iter().copied()));
    }
    print_neighbours(neighbours.cores(Duration::ZERO));
}

/// What is done to every record, and how long that took.
type Measured = (&'static str, fn(Keys<'_>) -> Duration);

const MEASURED: [Measured; 5] = [
    ("read", read),
    ("… and parse", parse),
    ("… and open", open),
    ("replay", replay),
    ("keys and replay", start),
];
/// Which of them the others are multiples of.
const OPENED: usize = 2;

/// A log and fresh keys to it.
struct Keys<'a> {
    directory: &'a OfflineDirectory,
    sealer: Sealer,
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn read(keys: Keys<'_>) -> Duration {
    let mut bytes = 0;
    let visit = &mut |_, record: &[u8]| {
        bytes += std::hint::black_box(record).len();
        ControlFlow::Continue(())
    };
    timed(|| keys.directory.log().replay(0, visit).unwrap())
}

fn parse(keys: Keys<'_>) -> Duration {
    let visit = |record| {
        std::hint::black_box(record);
        Ok::<_, OfflineFault>(ControlFlow::Continue(()))
    };
    timed(|| keys.directory.records(Position(0), visit).unwrap())
}

fn open(keys: Keys<'_>) -> Duration {
    let visit = |record| {
        std::hint::black_box(keys.sealer.open(&record).unwrap());
        Ok::<_, OfflineFault>(ControlFlow::Continue(()))
    };
    timed(|| keys.directory.records(Position(0), visit).unwrap())
}

fn replay(keys: Keys<'_>) -> Duration {
    timed(|| assert_eq!(keys.directory.replay(&keys.sealer).unwrap(), keys.directory.head()))
}

/// All that a start does once the log is open. The keyring is let go first: it has one holder at a time.
fn start(Keys { directory, sealer }: Keys<'_>) -> Duration {
    drop(sealer);
    timed(|| {
        let sealer = directory.sealer().unwrap();
        assert_eq!(directory.replay(&sealer).unwrap(), directory.head());
    })
}

/// People first, then what becomes of them: the same for the same number of events.
async fn fill(directory: &Directory, events: u64) {
    let people = (events / EVENTS_PER_USER).max(SIGNING_IN);
    let users = populate(directory, people).await.unwrap();
    probe(directory, people, SIGNING_IN).await.unwrap();
    let mut numbers = 0_u64;
    while directory.reached().0 < events {
        let changes = stream::iter(numbers..numbers + CHANGES).for_each_concurrent(ASKED_AT_ONCE, |number| {
            let users = &users;
            async move { change(directory, users, people, Seeded(number)).await }
        });
        changes.await;
        numbers += CHANGES;
    }
}

/// Two of five sign in; the rest is administration. What is refused, such as by a lock, is as good.
async fn change(directory: &Directory, users: &[UserId], people: u64, mut seeded: Seeded) {
    let user = users[seeded.below(users.len())];
    let command: Command = match seeded.draw() % 20 {
        0..=7 => {
            let person = Person::numbered(people + seeded.draw() % SIGNING_IN);
            let request = SignInRequest {
                login: person.username,
                password: PASSWORD.to_owned().into(),
                client: rollbook_schema::value::ClientType::Web,
            };
            let _ = directory.sign_in(&Asking::by(Caller::Anonymous), request).await;
            return;
        }
        8..=13 => {
            let title = PersonText::parse(&format!("Title {}", seeded.draw() % 1000)).unwrap();
            let person = vec![(PersonField::Title, Some(title))];
            ChangeProfile { user, username: None, email: None, person }.into()
        }
        14 => LockAccount { user }.into(),
        15 => UnlockAccount { user }.into(),
        16 => DisableUser { user, keep_team: None }.into(),
        17 => EnableUser { user }.into(),
        _ => GrantLicense { user, license: LicenseType::ReadWrite }.into(),
    };
    let _ = directory.ask(Asking::by(Caller::Operator), command).await;
}
