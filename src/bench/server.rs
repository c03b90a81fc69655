//! A server of the measurement's own: a child process, ended with its value.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use super::fault::BenchFault;
use super::kernel::{program_time, resident_memory, thread_time};
use crate::passwords::HashingCost;

/// Password of everybody in the measured directory, which nobody else can reach.
pub const PASSWORD: &str = "measured, not kept";
/// As cheap as argon2 permits: hashing is left out of what is measured.
pub(super) const CHEAP_HASHING: HashingCost = HashingCost { memory_kib: 8, passes: 1, lanes: 1 };

/// A running server. Ends, without ceremony, when dropped.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
    address: SocketAddr,
    /// Held open, so that the server never writes to nobody.
    _output: BufReader<ChildStdout>,
}

impl ServerProcess {
    /// Starts `rollbook serve` on a free port and waits until it serves. Blocks.
    ///
    /// # Errors
    /// [`BenchFault::Start`] or [`BenchFault::Ended`]; the server has said why on standard error.
    pub fn start(program: &Path, data: &Path) -> Result<Self, BenchFault> {
        let cost = CHEAP_HASHING;
        let mut child = Command::new(program)
            // No variable of whoever measures shall change what is measured.
            .env_clear()
            .arg("serve")
            .arg("--data")
            .arg(data)
            .args(["--listen", "127.0.0.1:0", "--log-level", "warn"])
            .args(["--hashing-memory-kib", &cost.memory_kib.to_string()])
            .args(["--hashing-passes", &cost.passes.to_string()])
            .args(["--hashing-lanes", &cost.lanes.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(BenchFault::Start)?;
        let mut output = BufReader::new(child.stdout.take().ok_or(BenchFault::Ended)?);
        match address(&mut output) {
            Some(address) => Ok(ServerProcess { child, address, _output: output }),
            None => {
                end(&mut child);
                Err(BenchFault::Ended)
            }
        }
    }

    /// Where it serves.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its number among the programs of this machine.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Time that its threads have had on a core, to 10 ms; zero where the system does not say.
    #[must_use]
    pub fn cpu(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        program_time(&stat).unwrap_or_default()
    }

    /// Time that each of its threads has had on a core, to the nanosecond: for what is shorter than [`Self::cpu`] can
    /// tell. Empty where the system does not say.
    #[must_use]
    pub fn threads(&self) -> ThreadTimes {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id()));
        let times = tasks.into_iter().flatten().flatten().filter_map(|task| {
            let stat = fs::read_to_string(task.path().join("schedstat")).ok()?;
            Some((task.file_name(), thread_time(&stat)?))
        });
        ThreadTimes(times.collect())
    }

    /// Its memory that is in the machine's, in bytes; zero where the system does not say.
    #[must_use]
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        resident_memory(&status).unwrap_or_default()
    }
}

/// Threads of a server, and the time that each has had.
#[derive(Clone, Debug, Default)]
pub struct ThreadTimes(BTreeMap<OsString, Duration>);

impl ThreadTimes {
    /// The time of all threads since an earlier look. Of a thread that has ended since, nothing is known.
    #[must_use]
    pub fn since(&self, earlier: &ThreadTimes) -> Duration {
        let before = |thread| earlier.0.get(thread).copied().unwrap_or_default();
        self.0.iter().map(|(thread, time)| time.saturating_sub(before(thread))).sum()
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

fn end(child: &mut Child) {
    // Whoever has ended already needs no ending.
    let _ = child.kill();
    let _ = child.wait();
}

/// The address in `Rollbook serves http://127.0.0.1:40123/graphql …`.
fn address(output: &mut BufReader<ChildStdout>) -> Option<SocketAddr> {
    let mut lines = output.lines().map_while(Result::ok);
    lines.find_map(|line| line.strip_prefix("Rollbook serves http://")?.split('/').next()?.parse().ok())
}
