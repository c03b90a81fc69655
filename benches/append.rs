//! Durable commands against the bare disk: `cargo bench --bench append`.
//!
//! The measure is a thread that writes the same bytes, in the same batches, to a file, with one
//! fdatasync for each. In between stands the log alone with the same batches, so that the price of
//! deciding, sealing, folding and answering is seen apart from the price of the engine.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use std::time::Duration;

use rollbook::bench::{Neighbours, Spread, Written, append_to_bare, append_to_log, durable};
use support::{ROUNDS, folder, is_asked_to_measure, print_machine, print_neighbours};

/// Clients that wait, and commands of each round.
const CLIENTS: [(usize, u64); 3] = [(1, 300), (8, 2_000), (64, 15_000)];
/// Appends of each round of the log alone.
const APPENDS: usize = 200;
/// As a UserCreated takes.
const RECORD_BYTES: usize = 330;

#[tokio::main]
async fn main() {
    if !is_asked_to_measure() {
        return;
    }
    let folder = folder();
    print_machine(&folder);
    let neighbours = Neighbours::watch();
    println!("\ncommands: CreateUser without a password, answered when durable and visible");
    let columns =
        ["records a batch", "commands/s", "time in fdatasync", "log alone to bare", "commands to bare"];
    println!("{:<8}{}", "clients", columns.map(|column| format!("{column:<24}")).concat());
    for (clients, commands) in CLIENTS {
        let found = durable(folder.path(), clients, commands, ROUNDS).await.unwrap();
        let (log, all) = (Spread::ratio(&found.log, &found.bare), Spread::ratio(&found.asked, &found.bare));
        let [batch, asked, in_sync] = [found.batch, found.asked, found.in_sync].map(Spread::of);
        println!("{clients:<8}{batch:<24}{asked:<24}{in_sync:<24}{log:<24}{all}");
    }
    println!("\nthe log alone, batches of one size");
    println!("{:<8}{:<24}to bare", "records", "appends/s");
    for records in [1, 8, 64] {
        measure_log(records);
    }
    print_neighbours(neighbours.cores(Duration::ZERO));
}

fn measure_log(records: usize) {
    let (mut log, mut bare) = (Vec::new(), Vec::new());
    let sample: Written = (0..records).map(|number| vec![number as u8; RECORD_BYTES]).collect();
    let batches = vec![sample; APPENDS];
    for _ in 0..ROUNDS {
        let folder = folder();
        let rate = |took: Duration| APPENDS as f64 / took.as_secs_f64();
        log.push(rate(append_to_log(folder.path(), &batches).unwrap()));
        bare.push(rate(append_to_bare(folder.path(), &batches).unwrap()));
    }
    println!("{records:<8}{:<24}{}", Spread::of(log.iter().copied()), Spread::ratio(&log, &bare));
}
