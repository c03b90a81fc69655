//! Pages of history at two lengths of the log: `cargo bench --bench history`.
//!
//! Of everybody, of one person, of one type, of one person's type, of a day in the middle; the first page, one from
//! the middle, and the last. First where the entries are, then the same with the records read, opened and named, which
//! is what a client gets. A number on the command line is the number of events of the longer log.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use std::time::Duration;

use rollbook::bench::{Neighbours, Spread, found_micros, history_queries, opened_micros};
use rollbook::directory::Directory;
use rollbook_schema::UserId;
use support::{
    ROUNDS, folder, is_asked_to_measure, number_or, opened, options, print_machine, print_neighbours,
};

const EVENTS: u64 = 1_000_000;
const SHORTER: u64 = 10;
/// Pages of a round where nothing is opened, and where everything is.
const FOUND: u32 = 500;
const OPENED: u32 = 20;

#[tokio::main]
async fn main() {
    if !is_asked_to_measure() {
        return;
    }
    let folder = folder();
    print_machine(&folder);
    let longer = number_or(EVENTS);
    let mut directories = Vec::new();
    for events in [longer / SHORTER, longer] {
        let (directory, generated) = opened(options(&folder, &events.to_string()), events).await;
        let middle = generated.people().nth(generated.people().len() / 2).unwrap();
        directories.push((directory, middle));
    }
    tokio::task::block_in_place(|| measure(&directories));
    for (directory, _) in directories {
        directory.close().await.unwrap();
    }
}

/// Both lengths in turn, so that they meet the same neighbours.
fn measure(directories: &[(Directory, UserId)]) {
    let neighbours = Neighbours::watch();
    let queries: Vec<_> =
        directories.iter().map(|(directory, user)| history_queries(directory, *user)).collect();
    let figures = || vec![vec![Vec::new(); queries[0].len()]; directories.len()];
    let (mut found, mut opened) = (figures(), figures());
    for _ in 0..ROUNDS {
        for (length, (directory, _)) in directories.iter().enumerate() {
            for (at, (_, query)) in queries[length].iter().enumerate() {
                found[length][at].push(found_micros(directory, query, FOUND));
                opened[length][at].push(opened_micros(directory, query, OPENED).unwrap());
            }
        }
    }
    for (length, (directory, _)) in directories.iter().enumerate() {
        println!("\n{} events; µs a page found, and opened", directory.reached());
        for (at, (name, _)) in queries[length].iter().enumerate() {
            let [found, opened] =
                [&found, &opened].map(|figures| Spread::of(figures[length][at].iter().copied()));
            println!("{name:<34} {:<26} {opened}", found.to_string());
        }
    }
    println!("\nthe longer to the shorter");
    for (at, (name, _)) in queries[0].iter().enumerate() {
        let [found, opened] =
            [&found, &opened].map(|figures| Spread::ratio(&figures[1][at], &figures[0][at]));
        println!("{name:<34} {:<26} {opened}", found.to_string());
    }
    print_neighbours(neighbours.cores(Duration::ZERO));
}
