//! Erasing somebody with few events and with many: `cargo bench --bench erase`.
//!
//! From the approval to the receipt: how long, and how many records and bytes the log takes for it. The search of
//! other people's texts goes over the newest records in any case, and is measured beside it. A number on the
//! command line is the number of events of the busier person.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use std::time::Duration;

use rollbook::bench::{Neighbours, Spread, erase};
use support::{ROUNDS, folder, is_asked_to_measure, number_or, print_machine, print_neighbours};

const EVENTS_FEW: u64 = 10;
const EVENTS_MANY: u64 = 10_000;

#[tokio::main]
async fn main() {
    if !is_asked_to_measure() {
        return;
    }
    let folder = folder();
    print_machine(&folder);
    let neighbours = Neighbours::watch();
    let counts = [EVENTS_FEW, number_or(EVENTS_MANY)];
    let erased = erase(&folder.path().join("erase"), counts, ROUNDS).await.unwrap();
    for (index, events) in counts.into_iter().enumerate() {
        let (records, bytes) = erased.written[index];
        println!("\n{events} events: {records} records, {bytes} bytes");
        println!("  approval to receipt, ms   {}", Spread::of(erased.took[index].iter().copied()));
    }
    println!("  many over few             {}", Spread::ratio(&erased.took[1], &erased.took[0]));
    println!("the search alone, ms        {}", Spread::of(erased.searched));
    print_neighbours(neighbours.cores(Duration::ZERO));
}
