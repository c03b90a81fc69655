//! Several things done to the same log, in turn, so that all of them meet the same neighbours.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use rollbook::bench::{Neighbours, Spread, own};
use rollbook::directory::offline::OfflineDirectory;

use super::{ROUNDS, print_neighbours};

/// What is done, and how long it took.
pub type Measured<K> = (&'static str, fn(K) -> Duration);

/// Measures all, each with something made ready beforehand, and prints rates, times as a multiple of one of them,
/// and processor time, which neighbours disturb least.
pub fn in_turn<K>(events: u64, measured: &[Measured<K>], (base, name): (usize, &str), ready: impl Fn() -> K) {
    let neighbours = Neighbours::watch();
    let mut rates = vec![Vec::new(); measured.len()];
    let mut cpu = vec![Vec::new(); measured.len()];
    for _ in 0..ROUNDS {
        for (at, (_, measure)) in measured.iter().enumerate() {
            let keys = ready();
            let before = own();
            rates[at].push(events as f64 / measure(keys).as_secs_f64());
            cpu[at].push((own() - before).as_secs_f64() * 1e6 / events as f64);
        }
    }
    println!("{events} events; events/s, time as a multiple of {name}, µs of processor an event");
    for (at, (what, _)) in measured.iter().enumerate() {
        let multiple = Spread::ratio(&rates[base], &rates[at]);
        let [rate, cpu] = [&rates[at], &cpu[at]].map(|figures| Spread::of(figures.iter().copied()));
        println!("{what:<22} {:<36} {multiple:<22} {cpu}", rate.to_string());
    }
    print_neighbours(neighbours.cores(Duration::ZERO));
}

/// How long something took.
pub fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// Reads the stored bytes alone.
pub fn read(directory: &OfflineDirectory) -> Duration {
    let mut bytes = 0;
    let visit = &mut |_, record: &[u8]| {
        bytes += std::hint::black_box(record).len();
        ControlFlow::Continue(())
    };
    timed(|| directory.log().replay(0, visit).unwrap())
}
