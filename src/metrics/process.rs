//! What the system says of this process, from `/proc`. Elsewhere nothing is said.

use std::fs;

/// Ticks in a second of what `/proc` counts processor time in: 100 for every program on Linux (`man 5 proc`, USER_HZ).
const TICKS_PER_SECOND: f64 = 100.0;
/// Fields between the end of a process' name and its processor time (`man 5 proc`, `stat`).
const FIELDS_BEFORE_TIME: usize = 11;
const KIB: u64 = 1024;

/// What could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Process {
    /// Processor time, in seconds.
    pub cpu_seconds: Option<f64>,
    /// Memory in use.
    pub resident_bytes: Option<u64>,
    /// File descriptors.
    pub open_fds: Option<u64>,
    /// How many it may have.
    pub max_fds: Option<u64>,
}

/// This process, now.
#[must_use]
pub fn read() -> Process {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let resident = after(&status, "VmRSS:").and_then(|kib| kib.parse::<u64>().ok());
    Process {
        cpu_seconds: cpu_seconds(&stat),
        resident_bytes: resident.map(|kib| kib * KIB),
        open_fds: fs::read_dir("/proc/self/fd").ok().map(|open| open.count() as u64),
        max_fds: after(&limits, "Max open files").and_then(|most| most.parse().ok()),
    }
}

/// The name of a process may hold anything: what counts comes after its last bracket.
fn cpu_seconds(stat: &str) -> Option<f64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(FIELDS_BEFORE_TIME).map(str::parse::<u64>);
    let (user, system) = (fields.next()?.ok()?, fields.next()?.ok()?);
    Some((user + system) as f64 / TICKS_PER_SECOND)
}

/// The first word after `name` on its line.
fn after<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()
}
