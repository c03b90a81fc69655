//! What a mixed run found.

use std::fmt;

use serde::Serialize;

use super::super::curve::{CurvePoint, Drift};
use super::super::machine::Machine;
use super::super::neighbours::NEIGHBOURS_CORES_MAX;
use super::super::report::Latency;
use super::super::table::figure;
use super::step::Step;
use super::tally::Counted;

/// One kind of step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct StepLine {
    /// Which.
    pub step: Step,
    /// Requests, answered.
    pub requests: u64,
    /// Refused or failed.
    pub errors: u64,
    /// Answered without what was done before.
    pub stale: u64,
    /// How long they took.
    #[serde(flatten)]
    pub latency: Latency,
}

impl StepLine {
    /// One line for every kind that was asked.
    pub(super) fn all(steps: &[Counted; Step::ALL.len()]) -> Vec<StepLine> {
        let lines = Step::ALL.into_iter().zip(steps).map(|(step, counted)| StepLine {
            step,
            requests: counted.took.count(),
            errors: counted.errors,
            stale: counted.stale,
            latency: counted.took.latency(),
        });
        lines.filter(|line| line.requests > 0).collect()
    }
}

/// The log folded again, held against the live views.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proof {
    /// Every view is what the log says.
    pub equal: bool,
    /// Where both stood.
    pub position: u64,
    /// How long it took.
    pub seconds: f64,
    /// Views that differ.
    pub different: Vec<String>,
}

/// All that a mixed run found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MixedReport {
    /// Where. The clients run on the same machine, and take their share of the cores.
    pub machine: Machine,
    /// Connections, each with one request at a time.
    pub clients: usize,
    /// Users who were there before, besides the administrator.
    pub users: u64,
    /// Records of the log before.
    pub events_before: u64,
    /// Records of the log that was proved whole after the server was killed.
    pub events_after: u64,
    /// How long clients asked.
    pub seconds: f64,
    /// Cores that the server kept busy.
    pub server_cores: f64,
    /// Its memory before and after.
    pub server_memory_bytes: [u64; 2],
    /// Cores that other programs kept busy meanwhile.
    pub neighbours_cores: f64,
    /// By kind.
    pub steps: Vec<StepLine>,
    /// The first failures, in words.
    pub told: Vec<String>,
    /// The last third of the run over the first.
    pub drift: Drift,
    /// How fast the machine was in the last third over the first: 1 where that did not change.
    pub machine_pace: f64,
    /// Throughput and p99 over the run.
    pub curve: Vec<CurvePoint>,
    /// At the end.
    pub proof: Proof,
}

impl MixedReport {
    /// Requests, answered.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.steps.iter().map(|line| line.requests).sum()
    }

    /// Requests that were refused or failed.
    #[must_use]
    pub fn errors(&self) -> u64 {
        self.steps.iter().map(|line| line.errors).sum()
    }

    /// Answers that did not hold what was done before.
    #[must_use]
    pub fn stale(&self) -> u64 {
        self.steps.iter().map(|line| line.stale).sum()
    }

    /// How far throughput or p99 became worse, in percent, but for what the machine itself became slower or faster; what
    /// became better is none.
    #[must_use]
    pub fn drift_percent(&self) -> f64 {
        let Drift { throughput, p99 } = self.drift;
        let worse = (1.0 - throughput / self.machine_pace).max(p99 * self.machine_pace - 1.0);
        worse.max(0.0) * 100.0
    }
}

impl fmt::Display for MixedReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = |bytes: u64| figure(bytes as f64 / f64::from(1 << 20));
        let [before, after] = self.server_memory_bytes;
        let rate = self.requests() as f64 / self.seconds;
        writeln!(f, "machine       {}", self.machine)?;
        writeln!(f, "load          {} clients, {} users before", self.clients, figure(self.users as f64))?;
        writeln!(f, "log           {} records before, {} after", self.events_before, self.events_after)?;
        writeln!(f, "throughput    {} requests/s over {:.0} s", figure(rate), self.seconds)?;
        writeln!(
            f,
            "server        {:.2} cores busy; memory {} MiB before, {} after",
            self.server_cores,
            mib(before),
            mib(after)
        )?;
        let Drift { throughput, p99 } = self.drift;
        writeln!(
            f,
            "drift         last third over first: throughput {throughput:.2}, p99 {p99:.2}; the machine alone {:.2}",
            self.machine_pace
        )?;
        let Proof { equal, position, seconds, different } = &self.proof;
        match equal {
            true => writeln!(f, "rebuild       equal to live at position {position}, in {seconds:.1} s")?,
            false => writeln!(f, "rebuild       DIFFERENT at position {position}: {}", different.join(", "))?,
        }
        writeln!(f, "killed        and its log proved whole: {} records", self.events_after)?;
        if self.neighbours_cores > NEIGHBOURS_CORES_MAX {
            let cores = self.neighbours_cores;
            writeln!(f, "note          other programs kept {cores:.2} cores busy: do not trust these times")?;
        }
        self.told.iter().try_for_each(|failure| writeln!(f, "failure       {failure}"))?;
        writeln!(
            f,
            "\n{:<10}{:>10}{:>8}{:>8}{:>10}{:>10}{:>10}",
            "", "requests", "errors", "stale", "p50 ms", "p99 ms", "max ms"
        )?;
        for StepLine { step, requests, errors, stale, latency } in &self.steps {
            let Latency { p50_ms, p99_ms, max_ms } = latency;
            let name = step.name();
            writeln!(
                f,
                "{name:<10}{requests:>10}{errors:>8}{stale:>8}{p50_ms:>10.2}{p99_ms:>10.2}{max_ms:>10.2}"
            )?;
        }
        Ok(())
    }
}
