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
use std::time::Instant;

use futures_util::stream::{self, StreamExt as _};
use rollbook::access::Caller;
use rollbook::bench::{PASSWORD, Person, Seeded, Spread, populate, probe};
use rollbook::directory::offline::{OfflineDirectory, OfflineFault};
use rollbook::directory::{Asking, Directory, SignInRequest};
use rollbook_schema::command::{
    ChangeProfile, Command, DisableUser, EnableUser, GrantLicense, LockAccount, UnlockAccount,
};
use rollbook_schema::value::{LicenseType, PersonField, PersonText};
use rollbook_schema::{Position, UserId};
use support::{ROUNDS, first_start, folder, is_asked_to_measure, number_or, options, print_machine};

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
    let mut rates = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        for (rates, read) in rates.iter_mut().zip([read, parse, open, replay]) {
            let start = Instant::now();
            read(&directory);
            rates.push(events as f64 / start.elapsed().as_secs_f64());
        }
    }
    println!("{events} events; events/s, and time as a multiple of reading and opening");
    for (name, under) in ["read", "read, parse", "read, parse, open", "replay"].iter().zip(&rates) {
        let multiple = Spread::ratio(&rates[2], under);
        println!("{name:<18} {}  {multiple}", Spread::of(under.iter().copied()));
    }
}

fn read(directory: &OfflineDirectory) {
    let mut bytes = 0;
    let visit = &mut |_, record: &[u8]| {
        bytes += record.len();
        ControlFlow::Continue(())
    };
    directory.log().replay(0, visit).unwrap();
    assert!(bytes > 0);
}

fn parse(directory: &OfflineDirectory) {
    let visit = |record| {
        std::hint::black_box(record);
        Ok::<_, OfflineFault>(ControlFlow::Continue(()))
    };
    directory.records(Position(0), visit).unwrap();
}

fn open(directory: &OfflineDirectory) {
    let sealer = directory.sealer().unwrap();
    let visit = |record| {
        std::hint::black_box(sealer.open(&record).unwrap());
        Ok::<_, OfflineFault>(ControlFlow::Continue(()))
    };
    directory.records(Position(0), visit).unwrap();
}

fn replay(directory: &OfflineDirectory) {
    assert_eq!(directory.replay().unwrap(), directory.head());
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
            let request = SignInRequest { login: person.username, password: PASSWORD.to_owned().into() };
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
