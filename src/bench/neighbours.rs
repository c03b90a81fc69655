//! Who else was at work. A machine that others keep busy gives figures about them: on two busy cores a
//! thread that waits for its disk is woken at the next tick of the scheduler, milliseconds late.

use std::fs;
use std::time::{Duration, Instant};

use super::kernel::{machine_time, program_time, resident_memory};

/// Cores busy with other programs from which on figures are not to be trusted.
pub const NEIGHBOURS_CORES_MAX: f64 = 0.2;

/// A look at the machine, to be compared with a later one.
#[derive(Clone, Copy, Debug)]
pub struct Neighbours {
    since: Instant,
    machine: Duration,
    own: Duration,
}

impl Neighbours {
    /// Now.
    #[must_use]
    pub fn watch() -> Self {
        Neighbours { since: Instant::now(), machine: machine(), own: own() }
    }

    /// Cores that other programs have kept busy since then, apart from children that took so long. Zero
    /// where the system does not say.
    #[must_use]
    pub fn cores(&self, children: Duration) -> f64 {
        let ours = own().saturating_sub(self.own) + children;
        let all = machine().saturating_sub(self.machine);
        all.saturating_sub(ours).as_secs_f64() / self.since.elapsed().as_secs_f64()
    }
}

/// Time that all cores were at work, for us or for other machines on the same iron.
fn machine() -> Duration {
    let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
    machine_time(&stat).unwrap_or_default()
}

/// User and system time of this program so far, to 10 ms: on a busy machine it says more than a clock.
#[must_use]
pub fn own() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    program_time(&stat).unwrap_or_default()
}

/// Memory of this program that is in the machine's, in bytes; zero where the system does not say.
#[must_use]
pub fn own_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    resident_memory(&status).unwrap_or_default()
}
