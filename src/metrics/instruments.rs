//! Counters, histograms and tallies: raised by any thread, read by whoever asks, in memory only.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Bounds of durations, in nanoseconds: 100 µs to 10 s.
pub const SECONDS: Bounds = Bounds {
    upper: &[
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        500_000_000,
        1_000_000_000,
        2_500_000_000,
        5_000_000_000,
        10_000_000_000,
    ],
    per_unit: 1e9,
};
/// Bounds of numbers of commands or records in one batch.
pub const COUNTS: Bounds = Bounds { upper: &[1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096], per_unit: 1.0 };
/// Bounds of bytes of one batch: 1 KiB to 16 MiB.
pub const BYTES: Bounds = Bounds {
    upper: &[1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24],
    per_unit: 1.0,
};

/// Where the buckets of a histogram end.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// What a bucket holds at most, ascending.
    pub upper: &'static [u64],
    /// How many of what is counted make one of what is shown: nanoseconds in a second.
    pub per_unit: f64,
}

/// Only ever rises.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// None yet.
    #[must_use]
    pub const fn zero() -> Counter {
        Counter(AtomicU64::new(0))
    }

    /// One more.
    pub fn raise(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// So many now.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// How often something was how large.
#[derive(Debug)]
pub struct Histogram {
    bounds: Bounds,
    /// One for each bound, and one for what is beyond the last.
    buckets: Box<[AtomicU64]>,
    sum: AtomicU64,
}

impl Histogram {
    /// An empty one.
    #[must_use]
    pub fn new(bounds: Bounds) -> Histogram {
        let buckets = (0..=bounds.upper.len()).map(|_| AtomicU64::default()).collect();
        Histogram { bounds, buckets, sum: AtomicU64::default() }
    }

    /// One more of this size.
    pub fn observe(&self, size: u64) {
        let bucket = self.bounds.upper.partition_point(|upper| *upper < size);
        // There is one bucket more than there are bounds.
        if let Some(bucket) = self.buckets.get(bucket) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        self.sum.fetch_add(size, Ordering::Relaxed);
    }

    /// One more that took so long.
    pub fn took(&self, time: Duration) {
        self.observe(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX));
    }

    /// Its buckets, each with all below it, and the sum. One raised meanwhile may be in the buckets and not yet in
    /// the sum.
    #[must_use]
    pub fn read(&self) -> Buckets {
        let mut below = 0;
        let upper = self.bounds.upper.iter().map(|upper| Some(*upper as f64 / self.bounds.per_unit));
        let cumulative = upper
            .chain([None])
            .zip(&self.buckets)
            .map(|(upper, count)| {
                below += count.load(Ordering::Relaxed);
                (upper, below)
            })
            .collect();
        let sum = self.sum.load(Ordering::Relaxed) as f64 / self.bounds.per_unit;
        Buckets { cumulative, sum }
    }
}

/// A histogram as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Buckets {
    /// How many were at most so large; `None`: however large.
    pub cumulative: Vec<(Option<f64>, u64)>,
    /// All together.
    pub sum: f64,
}

/// Counters under keys that only the program itself makes up, so that there are few.
#[derive(Debug)]
pub struct Tally<K>(Mutex<BTreeMap<K, u64>>);

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Tally(Mutex::new(BTreeMap::new()))
    }
}

impl<K: Ord + Clone> Tally<K> {
    /// One more of these.
    pub fn raise(&self, key: K) {
        *lock(&self.0).entry(key).or_default() += 1;
    }

    /// All that was ever raised.
    #[must_use]
    pub fn read(&self) -> Vec<(K, u64)> {
        lock(&self.0).iter().map(|(key, count)| (key.clone(), *count)).collect()
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A number that a panic left is a number.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
