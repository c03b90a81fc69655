//! As of a moment against today: `cargo bench --bench as_of`.
//!
//! At two lengths of the log: one user alone, in the middle; the whole (which a list and an access review need
//! once, and pages of it no more) at the end, as it is folded first of all and leaves checkpoints, and then at
//! moments all over the log; and a page of a whole that is kept; each beside the same of today. A number on the command line is the number of events of the longer log.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use std::time::Duration;

use rollbook::bench::{Neighbours, Past, Spread, past};
use rollbook::directory::Directory;
use rollbook_schema::UserId;
use support::{
    ROUNDS, folder, is_asked_to_measure, number_or, opened, options, print_machine, print_neighbours,
};

const EVENTS: u64 = 1_000_000;
const SHORTER: u64 = 10;
const USERS_ASKED: u64 = 200;
const PAGES: u32 = 500;

#[tokio::main]
async fn main() {
    if !is_asked_to_measure() {
        return;
    }
    let folder = folder();
    print_machine(&folder);
    let longer = number_or(EVENTS);
    for events in [longer / SHORTER, longer] {
        let (directory, generated) = opened(options(&folder, &events.to_string()), events).await;
        let users: Vec<UserId> = generated.people().collect();
        let neighbours = Neighbours::watch();
        let past =
            tokio::task::block_in_place(|| past(&directory, &users, USERS_ASKED, PAGES, ROUNDS)).unwrap();
        print(&directory, users.len(), past);
        print_neighbours(neighbours.cores(Duration::ZERO));
        directory.close().await.unwrap();
    }
}

fn print(directory: &Directory, users: usize, past: Past) {
    println!("\n{} events, {users} users, {} checkpoints", directory.reached(), directory.checkpoints());
    println!("one user, µs              {}", Spread::of(past.alone_micros.iter().copied()));
    println!("  of today, µs            {}", Spread::of(past.live_micros.iter().copied()));
    println!("the whole at first, ms    {:.0}", past.first_ms);
    println!("the whole, ms             {}", Spread::of(past.whole_ms.iter().copied()));
    println!("a page of the whole, µs   {}", Spread::of(past.page_micros.iter().copied()));
    println!("  of today, µs            {}", Spread::of(past.live_page_micros.iter().copied()));
    println!("  of today, as a multiple {}", Spread::ratio(&past.page_micros, &past.live_page_micros));
}
