//! Passes over one log, from reading its bytes to folding it and to proving it whole: each stands beside those
//! that do less, and all meet the same neighbours, since they take turns.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use rollbook_schema::Position;
use sha2::{Digest as _, Sha256};

use super::fault::BenchFault;
use super::neighbours::own;
use crate::directory::offline::{OfflineDirectory, OfflineFault};

/// What is done with every record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// Reads the stored bytes.
    Read,
    /// Hashes them too.
    Hash,
    /// Parses the records.
    Parse,
    /// Opens what is sealed, too.
    Open,
    /// Folds all into models and views.
    Replay,
    /// The same, with the keys held against the log first: what a start does once the log is open.
    Start,
    /// `rollbook audit verify`, of the log alone.
    Verify,
    /// The same, against what was signed.
    VerifySigned,
}

impl Pass {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Pass::Read => "read",
            Pass::Hash => "read and hash",
            Pass::Parse => "… and parse",
            Pass::Open => "… and open",
            Pass::Replay => "replay",
            Pass::Start => "keys and replay",
            Pass::Verify => "verify",
            Pass::VerifySigned => "verify what is signed",
        }
    }

    /// Goes over the log once, with keys that nobody has used before. Says how long it took.
    ///
    /// # Errors
    /// What reading, opening and proving meet.
    pub fn run(self, directory: &OfflineDirectory) -> Result<Duration, BenchFault> {
        match self {
            Pass::Read => records(directory, |record| {
                std::hint::black_box(record.len());
            }),
            Pass::Hash => records(directory, |record| {
                std::hint::black_box(Sha256::digest(record));
            }),
            Pass::Parse => timed(|| {
                directory.records(Position(0), |record| {
                    std::hint::black_box(record);
                    Ok::<_, BenchFault>(ControlFlow::Continue(()))
                })
            }),
            Pass::Open => {
                let sealer = directory.sealer()?;
                timed(|| {
                    directory.records(Position(0), |record| {
                        let opened = sealer.open_for_folds(&record);
                        std::hint::black_box(opened.map_err(|fault| OfflineFault::Read(fault.into()))?);
                        Ok::<_, BenchFault>(ControlFlow::Continue(()))
                    })
                })
            }
            Pass::Replay => {
                let sealer = directory.sealer()?;
                timed(|| reaches(directory, directory.replay(&sealer)?))
            }
            Pass::Start => timed(|| reaches(directory, directory.replay(&directory.sealer()?)?)),
            Pass::Verify => timed(|| reaches(directory, Position(directory.verify(&mut |_| ())?.records))),
            Pass::VerifySigned => timed(|| {
                let signed = directory.signed(Vec::new())?;
                reaches(directory, Position(directory.verify_signed(signed, &mut |_| ())?.covered))
            }),
        }
    }
}

/// What one pass took, round by round.
#[derive(Clone, Debug)]
pub struct Passed {
    /// Which.
    pub pass: Pass,
    /// Records per second.
    pub rates: Vec<f64>,
    /// Time on a core for one record, in microseconds: neighbours disturb it least.
    pub cpu_micros: Vec<f64>,
}

/// Every pass in turn, so many rounds.
///
/// # Errors
/// As [`Pass::run`].
pub fn in_turn(
    directory: &OfflineDirectory,
    passes: &[Pass],
    rounds: usize,
) -> Result<Vec<Passed>, BenchFault> {
    let events = directory.head().0 as f64;
    let none = |pass: &Pass| Passed { pass: *pass, rates: Vec::new(), cpu_micros: Vec::new() };
    let mut all: Vec<Passed> = passes.iter().map(none).collect();
    for _ in 0..rounds {
        for passed in &mut all {
            let before = own();
            let took = passed.pass.run(directory)?;
            passed.rates.push(events / took.as_secs_f64());
            passed.cpu_micros.push(own().saturating_sub(before).as_secs_f64() * 1e6 / events);
        }
    }
    Ok(all)
}

fn records(directory: &OfflineDirectory, visit: impl Fn(&[u8])) -> Result<Duration, BenchFault> {
    timed(|| {
        let read = directory.log().replay(0, &mut |_, record| {
            visit(record);
            ControlFlow::Continue(())
        });
        Ok(read.map_err(OfflineFault::from)?)
    })
}

/// Whether a pass went over all of it.
fn reaches(directory: &OfflineDirectory, end: Position) -> Result<(), BenchFault> {
    if end == directory.head() { Ok(()) } else { Err(BenchFault::Answer("a pass over the log")) }
}

fn timed(work: impl FnOnce() -> Result<(), BenchFault>) -> Result<Duration, BenchFault> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}
