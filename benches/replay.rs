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
use std::time::Duration;

use rollbook::access::Caller;
use rollbook::bench::{PASSWORD, Person, Seeded, populate, probe};
use rollbook::directory::offline::{OfflineDirectory, OfflineFault};
use rollbook::directory::{Asking, Directory, SignInRequest};
use rollbook::sealing::Sealer;
use rollbook_schema::command::{
    ChangeProfile, Command, DisableUser, EnableUser, GrantLicense, LockAccount, UnlockAccount,
};
use rollbook_schema::value::{LicenseType, PersonField, PersonText};
use rollbook_schema::{Position, UserId};
use support::in_turn::{Measured, in_turn, read, timed};
use support::{fill_up, first_start, folder, is_asked_to_measure, number_or, options, print_machine};

const EVENTS: u64 = 250_000;
/// A user for so many events. Three agents to one client leave 2.5 events each; changes make up the rest.
const EVENTS_PER_USER: u64 = 6;
/// People who can sign in.
const SIGNING_IN: u64 = 1_000;

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
    // New keys each time: nobody profits from what another derived.
    let keys = || Keys { directory: &directory, sealer: directory.sealer().unwrap() };
    in_turn(directory.head().0, &measured(), (OPENED, "reading, parsing and opening"), keys);
}

fn measured<'a>() -> [Measured<Keys<'a>>; 5] {
    [
        ("read", |keys| read(keys.directory)),
        ("… and parse", parse),
        ("… and open", open),
        ("replay", replay),
        ("keys and replay", start),
    ]
}

/// Which of them the others are multiples of.
const OPENED: usize = 2;

/// A log and fresh keys to it.
struct Keys<'a> {
    directory: &'a OfflineDirectory,
    sealer: Sealer,
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
    let users = &users;
    fill_up(directory, events, |seeded| change(directory, users, people, seeded)).await;
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
