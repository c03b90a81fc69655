//! Who else was at work. A machine that others keep busy gives figures about them: on two busy cores a
//! thread that waits for its disk is woken at the next tick of the scheduler, milliseconds late.

use std::fs;
use std::time::{Duration, Instant};

use super::server::{MILLIS_PER_TICK, ticks};

/// Cores busy with other programs from which on figures are not to be trusted.
pub const NEIGHBOURS_CORES_MAX: f64 = 0.2;
/// Fields of the first line of `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal.
const IDLE_FIELDS: [usize; 2] = [3, 4];
const FIELDS: usize = 8;

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
    Duration::from_millis(busy(&stat).unwrap_or(0) * MILLIS_PER_TICK)
}

fn own() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    Duration::from_millis(ticks(&stat).unwrap_or(0) * MILLIS_PER_TICK)
}

fn busy(stat: &str) -> Option<u64> {
    let fields = stat.lines().next()?.strip_prefix("cpu ")?.split_whitespace().take(FIELDS).enumerate();
    let busy = fields.filter(|(field, _)| !IDLE_FIELDS.contains(field));
    busy.map(|(_, ticks)| ticks.parse::<u64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_and_waiting_time_is_not_work() {
        let stat = "cpu  10 20 30 4000 5000 1 2 3 70 80\ncpu0 1 1 1 1 1 1 1 1 1 1\n";
        assert_eq!(busy(stat), Some(66));
    }
}
