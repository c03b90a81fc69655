//! Several passes over one log, as a table.

use std::time::Duration;

use rollbook::bench::{Neighbours, Pass, Spread, in_turn};
use rollbook::directory::DirectoryOptions;
use rollbook::directory::offline::OfflineDirectory;

use super::{ROUNDS, print_neighbours};

/// Prints rates, times as a multiple of one of the passes, and processor time, which neighbours disturb least.
pub fn print(options: DirectoryOptions, passes: &[Pass], base: Pass) {
    let directory = OfflineDirectory::open(options).unwrap();
    let neighbours = Neighbours::watch();
    let all = in_turn(&directory, passes, ROUNDS).unwrap();
    let events = directory.head();
    println!("{events} events; events/s, time as a multiple of `{}`, µs of processor an event", base.name());
    let under = all.iter().find(|passed| passed.pass == base).unwrap();
    for passed in &all {
        let multiple = Spread::ratio(&under.rates, &passed.rates);
        let [rate, cpu] =
            [&passed.rates, &passed.cpu_micros].map(|rounds| Spread::of(rounds.iter().copied()));
        println!("{:<22} {:<36} {multiple:<22} {cpu}", passed.pass.name(), rate.to_string());
    }
    print_neighbours(neighbours.cores(Duration::ZERO));
}
