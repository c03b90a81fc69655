//! How fast the machine is while something is measured on it. One that is shared is not equally fast all the time, and
//! a figure that drifted may be about that: so the same small piece of work is done again and again beside, which
//! touches nothing but a core and what is closest to it.

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Builder, JoinHandle, park_timeout};
use std::time::{Duration, Instant};

/// Between two measurements: some ten thousandths of a core are spent on them.
const EVERY: Duration = Duration::from_millis(250);
/// The piece of work: hashing so many bytes, which a core has within reach.
const BYTES: usize = 16 << 10;
/// Pieces of one measurement, of which the quickest counts: the others were interrupted.
const PIECES: usize = 16;

/// A measurement that goes on until it is ended.
pub struct Yardstick {
    ended: Arc<AtomicBool>,
    thread: JoinHandle<Vec<(Duration, Duration)>>,
}

impl Yardstick {
    /// From now on.
    ///
    /// # Errors
    /// What the system says of the thread.
    pub fn lay() -> std::io::Result<Yardstick> {
        let ended = Arc::new(AtomicBool::new(false));
        let until = Arc::clone(&ended);
        let thread = Builder::new().name("bench-yardstick".to_owned()).spawn(move || {
            let (begun, mut found) = (Instant::now(), Vec::new());
            while !until.load(Ordering::Relaxed) {
                found.push((begun.elapsed(), quickest()));
                park_timeout(EVERY);
            }
            found
        })?;
        Ok(Yardstick { ended, thread })
    }

    /// How fast the machine was in the last third over the first: 1 where nothing changed, below where it was slower.
    #[must_use]
    pub fn end(self) -> f64 {
        self.ended.store(true, Ordering::Relaxed);
        self.thread.thread().unpark();
        // It cannot panic: it hashes.
        let found = self.thread.join().unwrap_or_default();
        pace(&found)
    }
}

/// The pace of moments in their order, and how long the same work took then; 1 of fewer than three.
#[must_use]
pub fn pace(found: &[(Duration, Duration)]) -> f64 {
    if found.len() < 3 {
        return 1.0;
    }
    let all = found.last().map_or(Duration::ZERO, |(at, _)| *at);
    let median = |is_of: &dyn Fn(Duration) -> bool| {
        let mut took: Vec<Duration> =
            found.iter().filter(|(at, _)| is_of(*at)).map(|(_, took)| *took).collect();
        took.sort_unstable();
        took.get(took.len() / 2).map_or(1.0, Duration::as_secs_f64)
    };
    median(&|at| at < all / 3) / median(&|at| at >= all * 2 / 3)
}

fn quickest() -> Duration {
    let bytes = [0x5a_u8; BYTES];
    let pieces = (0..PIECES).map(|_| {
        let begun = Instant::now();
        black_box(blake3::hash(black_box(&bytes)));
        begun.elapsed()
    });
    pieces.min().unwrap_or_default()
}
