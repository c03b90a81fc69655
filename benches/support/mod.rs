//! What the measuring programs share beside `rollbook::bench`.
#![allow(dead_code, reason = "each program takes what it needs")]

pub mod passes;

use std::path::PathBuf;

use rollbook::bench::{Generated, Machine, NEIGHBOURS_CORES_MAX, TemporaryFolder, Volume, generate};
use rollbook::directory::{Directory, DirectoryOptions};

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rounds of everything that is measured in turn.
pub const ROUNDS: usize = 7;
/// Of the generated directories, a user for so many events.
const EVENTS_PER_USER: u64 = 10;

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
    rollbook::bench::options(folder.path().join(name))
}

/// A new directory with its administrator.
pub async fn first_start(options: DirectoryOptions) -> Directory {
    rollbook::bench::first_start(options).await.unwrap()
}

/// A directory that has lived, with so many events.
pub fn lived(options: &DirectoryOptions, events: u64) -> Generated {
    let volume = Volume::of((events / EVENTS_PER_USER).max(1), events);
    generate(&options.data, volume, &mut |_| ()).unwrap()
}

/// The same, opened.
pub async fn opened(options: DirectoryOptions, events: u64) -> (Directory, Generated) {
    let generated = lived(&options, events);
    (rollbook::bench::open(options).await.unwrap(), generated)
}
