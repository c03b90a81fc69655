//! What the port promises, held against every adapter, and what each adapter promises alone.

mod damage;
mod failure;
mod kill;
mod layout;
mod model;
mod opening;
mod power_cut;
mod suite;

use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;

use crate::{Batch, BatchId, Digest, EventLog, MemoryLog, SledLog, SledLogOptions};

/// A batch that can be told from others by its number.
fn batch(number: u8, records: &[&[u8]]) -> Batch {
    Batch { id: BatchId([number; 16]), records: records.iter().map(|record| record.to_vec()).collect() }
}

/// Positions and bytes of everything after `after`.
fn records(log: &dyn EventLog, after: u64) -> Vec<(u64, Vec<u8>)> {
    let all = log.read(after, usize::MAX).unwrap();
    all.into_iter().map(|record| (record.position, record.bytes)).collect()
}

/// Cycles of the tests that break the log again and again: 20, or as many as are asked for.
fn cycles() -> u64 {
    std::env::var("ROLLBOOK_TEST_CYCLES").map_or(20, |cycles| cycles.parse().unwrap())
}

/// Bytes that look like no other record's, so that misplaced ones are seen.
fn filler(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    })
    .take(length)
    .collect()
}

/// A log that a test can restart, whatever it stands on.
trait Adapter {
    fn start() -> Self;
    fn log(&self) -> &dyn EventLog;
    /// Ends without a close, as a killed program would, and opens again.
    fn restart(self) -> Self;
}

impl Adapter for MemoryLog {
    fn start() -> Self {
        Self::new()
    }

    fn log(&self) -> &dyn EventLog {
        self
    }

    fn restart(self) -> Self {
        MemoryLog::restart(&self)
    }
}

/// A log on a disk that forgets it after the test.
struct OnDisk {
    log: SledLog,
    place: Place,
}

impl Adapter for OnDisk {
    fn start() -> Self {
        let place = Place::new();
        Self { log: SledLog::open(place.options()).unwrap(), place }
    }

    fn log(&self) -> &dyn EventLog {
        &self.log
    }

    fn restart(self) -> Self {
        let Self { log, place } = self;
        drop(log);
        Self { log: SledLog::open(place.options()).unwrap(), place }
    }
}

/// A temporary folder with a place for a log and one for its witness.
struct Place(Arc<TempDir>);

impl Place {
    fn new() -> Self {
        Self(Arc::new(TempDir::new().unwrap()))
    }

    fn directory(&self) -> PathBuf {
        self.0.path().join("log")
    }

    fn witness(&self) -> PathBuf {
        self.0.path().join("log.witness")
    }

    fn options(&self) -> SledLogOptions {
        SledLogOptions { cache_bytes: 4 << 20, ..SledLogOptions::new(self.directory(), self.witness()) }
    }
}

const NO_DIGEST: Digest = Digest::ZERO;
