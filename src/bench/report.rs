//! What a load found, as a table and as JSON.

use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::load::Sample;
use super::machine::Machine;
use super::mix::{Mix, Question};
use super::neighbours::NEIGHBOURS_CORES_MAX;
use super::spread::Spread;

/// How long answers took, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Latency {
    /// Half of them were quicker.
    pub p50_ms: f64,
    /// Of a hundred, ninety-nine were quicker.
    pub p99_ms: f64,
    /// The slowest.
    pub max_ms: f64,
}

impl Latency {
    /// Of any number of answers.
    #[must_use]
    pub fn of(took: impl IntoIterator<Item = Duration>) -> Self {
        let mut took: Vec<Duration> = took.into_iter().collect();
        took.sort_unstable();
        let at = |per_cent: usize| {
            let place = (took.len() * per_cent).div_ceil(100).max(1) - 1;
            took.get(place).map_or(0.0, |took| took.as_secs_f64() * 1000.0)
        };
        Latency { p50_ms: at(50), p99_ms: at(99), max_ms: at(100) }
    }
}

/// What the disk alone gave, in turn with the load.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BareRate {
    /// Bytes that one creation leaves in the log.
    pub bytes_per_command: usize,
    /// Creations in one write: as many as there are clients, the most that can wait at once.
    pub commands_per_sync: usize,
    /// Writes with an fdatasync each, per second.
    pub syncs_per_second: Spread,
}

/// One kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Which.
    pub question: Question,
    /// Answered.
    pub requests: usize,
    /// Answered by a refusal or a fault.
    pub errors: usize,
    /// How long.
    #[serde(flatten)]
    pub latency: Latency,
}

impl Line {
    /// One line for every kind that was asked.
    #[must_use]
    pub fn all(samples: &[Sample]) -> Vec<Line> {
        let kinds = [Question::Create, Question::Read, Question::List];
        let lines = kinds.map(|question| {
            let asked = || samples.iter().filter(move |sample| sample.question == question);
            Line {
                question,
                requests: asked().count(),
                errors: asked().filter(|sample| sample.failed).count(),
                latency: Latency::of(asked().map(|sample| sample.took)),
            }
        });
        lines.into_iter().filter(|line| line.requests > 0).collect()
    }
}

/// All that a load found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Where. The load runs on the same machine, and takes its share of the cores.
    pub machine: Machine,
    /// What was asked.
    pub mix: Mix,
    /// Connections, each with one request at a time.
    pub clients: usize,
    /// Users who were there before.
    pub users: u64,
    /// Time under load.
    pub seconds: f64,
    /// Answered requests per second, by rounds.
    pub requests_per_second: Spread,
    /// By kind.
    pub lines: Vec<Line>,
    /// Time of the server on a core for one request, in milliseconds.
    pub server_cpu_ms_per_request: f64,
    /// Time of the server on a core, all of it.
    #[serde(skip)]
    pub server_cpu: Duration,
    /// Cores that the server kept busy.
    pub server_cores: f64,
    /// Cores that other programs kept busy meanwhile.
    pub neighbours_cores: f64,
    /// The disk alone.
    pub bare: BareRate,
    /// Creations per second to those of the bare disk; `None` where not only creations were asked.
    pub ratio_to_bare: Option<Spread>,
    /// What is not in these figures.
    pub left_out: &'static str,
}

/// For [`Report::left_out`].
pub(super) const HASHING_LEFT_OUT: &str = "hashing of passwords: argon2id at its least cost";

impl Report {
    /// Requests that were refused or failed.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.lines.iter().map(|line| line.errors).sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "machine       {}", self.machine)?;
        writeln!(f, "load          {}, {} clients, {} users", self.mix.name(), self.clients, self.users)?;
        writeln!(f, "left out      {}", self.left_out)?;
        writeln!(f, "throughput    {} requests/s", self.requests_per_second)?;
        writeln!(
            f,
            "server        {:.3} CPU ms per request, {:.2} cores busy",
            self.server_cpu_ms_per_request, self.server_cores
        )?;
        let bare = &self.bare;
        writeln!(
            f,
            "bare disk     {} writes of {} bytes with fdatasync/s",
            bare.syncs_per_second,
            bare.bytes_per_command * bare.commands_per_sync
        )?;
        if let Some(ratio) = self.ratio_to_bare {
            writeln!(
                f,
                "ratio         {ratio} of the creations that the bare disk takes, {} a write",
                bare.commands_per_sync
            )?;
        }
        if self.machine.disk_is_memory() {
            writeln!(f, "note          this disk is memory: name a real one by --disk")?;
        }
        if self.neighbours_cores > NEIGHBOURS_CORES_MAX {
            let cores = self.neighbours_cores;
            writeln!(
                f,
                "note          other programs kept {cores:.2} cores busy: do not trust these figures"
            )?;
        }
        writeln!(f)?;
        writeln!(
            f,
            "{:<8}{:>10}{:>8}{:>10}{:>10}{:>10}",
            "", "requests", "errors", "p50 ms", "p99 ms", "max ms"
        )?;
        for line in &self.lines {
            let Line { question, requests, errors, latency } = line;
            let Latency { p50_ms, p99_ms, max_ms } = latency;
            let name = question.name();
            writeln!(f, "{name:<8}{requests:>10}{errors:>8}{p50_ms:>10.2}{p99_ms:>10.2}{max_ms:>10.2}")?;
        }
        Ok(())
    }
}
