//! Server and clients on cores of their own, so that more clients do not take from the server what they measure.

use std::process::{Command, Stdio};

use super::kernel::allowed_cores;

/// Gives a server the first half of the cores that there are, and its clients (this program) the others. `false` where
/// there is one core only, or no `taskset` (util-linux): then they share.
#[must_use]
pub fn part_cores(server: u32) -> bool {
    let cores = allowed_cores(&std::fs::read_to_string("/proc/self/status").unwrap_or_default());
    let (first, others) = cores.split_at(cores.len() / 2);
    !first.is_empty() && keep_on(server, first) && keep_on(std::process::id(), others)
}

fn keep_on(program: u32, cores: &[usize]) -> bool {
    let list: Vec<String> = cores.iter().map(usize::to_string).collect();
    // All threads that it has; those to come do as whoever begins them.
    let taskset = Command::new("taskset")
        .args(["--all-tasks", "--cpu-list", "--pid", &list.join(","), &program.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    taskset.is_ok_and(|ended| ended.success())
}
