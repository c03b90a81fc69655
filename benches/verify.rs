//! The whole check of a log against plain hashing of the same bytes: `cargo bench --bench verify`.
//!
//! All go over the same log, in turn: the stored bytes alone; SHA-256 over them; and what `rollbook audit verify`
//! does, with checkpoints. A number on the command line is the number of events.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use rollbook::bench::{Neighbours, Spread, populate};
use rollbook::directory::offline::OfflineDirectory;
use sha2::{Digest as _, Sha256};
use support::{
    ROUNDS, first_start, folder, is_asked_to_measure, number_or, options, print_machine, print_neighbours,
};

const EVENTS: u64 = 250_000;
/// Three agents to one client leave 2.5 events each.
const EVENTS_FOR_TWO_USERS: u64 = 5;

#[tokio::main]
async fn main() {
    if !is_asked_to_measure() {
        return;
    }
    let folder = folder();
    print_machine(&folder);
    let options = options(&folder, "data");
    let directory = first_start(options.clone()).await;
    populate(&directory, 2 * number_or(EVENTS) / EVENTS_FOR_TWO_USERS).await.unwrap();
    directory.close().await.unwrap();
    drop(directory);

    let directory = OfflineDirectory::open(options).unwrap();
    let events = directory.head().0;
    let neighbours = Neighbours::watch();
    let mut rates = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        for (rates, (_, measured)) in rates.iter_mut().zip(MEASURED) {
            rates.push(events as f64 / measured(&directory).as_secs_f64());
        }
    }
    println!("{events} events; events/s, and time as a multiple of hashing");
    for ((name, _), under) in MEASURED.iter().zip(&rates) {
        let multiple = Spread::ratio(&rates[HASHED], under);
        println!("{name:<20} {:<36} {multiple}", Spread::of(under.iter().copied()));
    }
    print_neighbours(neighbours.cores(Duration::ZERO));
}

/// What is done to the log, and how long that took.
type Measured = (&'static str, fn(&OfflineDirectory) -> Duration);

const MEASURED: [Measured; 4] =
    [("read", read), ("read and hash", hash), ("verify", verify), ("verify what is signed", verify_signed)];
/// Which of them the others are multiples of.
const HASHED: usize = 1;

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn read(directory: &OfflineDirectory) -> Duration {
    let mut bytes = 0;
    let visit = &mut |_, record: &[u8]| {
        bytes += std::hint::black_box(record).len();
        ControlFlow::Continue(())
    };
    timed(|| directory.log().replay(0, visit).unwrap())
}

fn hash(directory: &OfflineDirectory) -> Duration {
    let visit = &mut |_, record: &[u8]| {
        std::hint::black_box(Sha256::digest(record));
        ControlFlow::Continue(())
    };
    timed(|| directory.log().replay(0, visit).unwrap())
}

fn verify(directory: &OfflineDirectory) -> Duration {
    timed(|| assert_eq!(directory.verify(&mut |_| ()).unwrap().records, directory.head().0))
}

fn verify_signed(directory: &OfflineDirectory) -> Duration {
    timed(|| {
        let signed = directory.signed(Vec::new()).unwrap();
        let checked = directory.verify_signed(signed, &mut |_| ()).unwrap();
        assert_eq!(checked.covered, directory.head().0);
    })
}
