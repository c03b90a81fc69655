//! What the measuring programs share beside `rollbook::bench`.
#![allow(dead_code, reason = "each program takes what it needs")]

pub mod in_turn;
pub mod life;

use std::path::PathBuf;

use futures_util::stream::{self, StreamExt as _};
use rollbook::bench::{Machine, NEIGHBOURS_CORES_MAX, PASSWORD, Seeded, TemporaryFolder};
use rollbook::directory::{Directory, DirectoryOptions, FirstAdministrator};
use rollbook::passwords::HashingCost;

const ASKED_AT_ONCE: usize = 128;
/// Changes between two looks at how long the log is.
const CHANGES: u64 = 5_000;

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rounds of everything that is measured in turn.
pub const ROUNDS: usize = 7;

/// Whether to measure: `cargo bench` says so, and `cargo test --all-targets` does not.
pub fn is_asked_to_measure() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// The first number on the command line: `cargo bench --bench replay -- 1000000`.
pub fn number_or(default: u64) -> u64 {
    std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(default)
}

/// A folder on the disk that is measured: `ROLLBOOK_BENCH_DISK`, or the system's temporary one.
pub fn folder() -> TemporaryFolder {
    let disk = std::env::var_os("ROLLBOOK_BENCH_DISK").map_or_else(std::env::temp_dir, PathBuf::from);
    TemporaryFolder::make_in(&disk).unwrap()
}

pub fn print_machine(folder: &TemporaryFolder) {
    println!("{}", Machine::with_disk_of(folder.path()));
}

/// Says whether the figures above are about us.
pub fn print_neighbours(cores: f64) {
    let verdict = if cores > NEIGHBOURS_CORES_MAX { ": do not trust these figures" } else { "" };
    println!("\nother programs kept {cores:.2} cores busy meanwhile{verdict}");
}

/// As in production, but for hashing, which is left out of every figure.
pub fn options(folder: &TemporaryFolder, name: &str) -> DirectoryOptions {
    let mut options = DirectoryOptions::new(folder.path().join(name));
    options.hashing = HashingCost { memory_kib: 8, passes: 1, lanes: 1 };
    options
}

/// A new directory with its administrator.
pub async fn first_start(options: DirectoryOptions) -> Directory {
    let directory = Directory::open(options).unwrap();
    let password = Some(PASSWORD.to_owned().into());
    directory.first_start(FirstAdministrator { email: None, password }).await.unwrap();
    directory
}

/// Asks for changes, drawn from seeds that are the same each time, until the log holds so many events.
pub async fn fill_up<F: Future<Output = ()>>(
    directory: &Directory,
    events: u64,
    change: impl Fn(Seeded) -> F,
) {
    let mut numbers = 0_u64;
    while directory.reached().0 < events {
        let seeds = stream::iter(numbers..numbers + CHANGES);
        seeds.for_each_concurrent(ASKED_AT_ONCE, |number| change(Seeded(number))).await;
        numbers += CHANGES;
    }
}
