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
use std::time::Duration;

use rollbook::bench::populate;
use rollbook::directory::offline::OfflineDirectory;
use sha2::{Digest as _, Sha256};
use support::in_turn::{Measured, in_turn, read, timed};
use support::{first_start, folder, is_asked_to_measure, number_or, options, print_machine};

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
    in_turn(directory.head().0, &measured(), (HASHED, "hashing"), || &directory);
}

fn measured<'a>() -> [Measured<&'a OfflineDirectory>; 4] {
    [("read", read), ("read and hash", hash), ("verify", verify), ("verify what is signed", verify_signed)]
}

/// Which of them the others are multiples of.
const HASHED: usize = 1;

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
