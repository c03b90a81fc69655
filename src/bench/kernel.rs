//! What the kernel says of programs and of itself, in texts of its own making.

use std::path::Path;
use std::time::Duration;

/// Unit of the kernel's times, in milliseconds: Linux fixes it for programs, whatever it counts in itself.
const MILLIS_PER_TICK: u64 = 10;
/// Fields between the name of a program and its user time, and then its system time.
const FIELDS_BEFORE_TIMES: usize = 11;
/// Fields of a machine: user, nice, system, idle, iowait, irq, softirq, steal.
const MACHINE_FIELDS: usize = 8;
const IDLE_FIELDS: [usize; 2] = [3, 4];

/// Memory in bytes, of `/proc/meminfo`: `MemTotal:       24684092 kB`.
#[must_use]
pub fn total_memory(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kib| kib << 10)
}

/// Memory of a program that is in the machine's, in bytes, of `/proc/<pid>/status`: `VmRSS:    10240 kB`.
#[must_use]
pub fn resident_memory(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kib| kib << 10)
}

/// Cores that a program may run on, of `/proc/<pid>/status`: `Cpus_allowed_list:    0-2,6`.
#[must_use]
pub fn allowed_cores(status: &str) -> Vec<usize> {
    let line = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:")).unwrap_or_default();
    let ranges = line.trim().split(',').filter_map(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        Some(first.parse::<usize>().ok()?..=last.parse().ok()?)
    });
    ranges.flatten().collect()
}

/// The type of the deepest mount above a path, of `/proc/self/mounts`; of two on one point, the later.
#[must_use]
pub fn filesystem(mounts: &str, path: &Path) -> Option<String> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((Path::new(words.next()?), words.next()?))
    });
    let above = mounts.filter(|(point, _)| path.starts_with(point));
    above.max_by_key(|(point, _)| point.components().count()).map(|(_, kind)| kind.to_owned())
}

/// User and system time of a program, of `/proc/<pid>/stat`, to 10 ms. The program's name stands before
/// them, in parentheses, and may hold anything.
#[must_use]
pub fn program_time(stat: &str) -> Option<Duration> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut times = fields.split(' ').skip(FIELDS_BEFORE_TIMES).map_while(|field| field.parse::<u64>().ok());
    Some(time(times.next()? + times.next()?))
}

/// Time that a thread was on a core, of `/proc/<pid>/task/<tid>/schedstat`, to the nanosecond.
#[must_use]
pub fn thread_time(schedstat: &str) -> Option<Duration> {
    schedstat.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// Time that all cores together were at work, of `/proc/stat`, to 10 ms.
#[must_use]
pub fn machine_time(stat: &str) -> Option<Duration> {
    let fields = stat.lines().next()?.strip_prefix("cpu ")?.split_whitespace().take(MACHINE_FIELDS);
    let busy = fields.enumerate().filter(|(field, _)| !IDLE_FIELDS.contains(field));
    busy.map(|(_, ticks)| ticks.parse::<u64>().ok()).sum::<Option<u64>>().map(time)
}

fn time(ticks: u64) -> Duration {
    Duration::from_millis(ticks * MILLIS_PER_TICK)
}
