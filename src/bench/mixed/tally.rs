//! What all clients of a mixed run count together.

use std::time::Duration;

use super::super::curve::{Curve, Histogram};
use super::step::Step;

/// Failures that are told one by one; all are counted.
const TOLD_MAX: usize = 10;

/// How something ended that should not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// No answer with data, under this HTTP status.
    Failed(u16),
    /// A refusal, with its code.
    Refused(String),
    /// An answer without what must be in it.
    Wrong,
    /// An answer that does not hold what the client had been told was done.
    Stale,
}

/// Counts of one kind of step.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    pub took: Histogram,
    pub errors: u64,
    pub stale: u64,
}

/// Counts of all.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub steps: [Counted; Step::ALL.len()],
    pub curve: Curve,
    /// The first failures, in words without anybody's data.
    pub told: Vec<String>,
}

impl Tally {
    pub fn answered(&mut self, step: Step, part: usize, took: Duration, given_at: Duration) {
        self.steps[step as usize].took.add(took);
        self.curve.add(part, took, given_at);
    }

    pub fn note(&mut self, step: Step, ended: Ended) {
        let counted = &mut self.steps[step as usize];
        match ended {
            Ended::Stale => counted.stale += 1,
            _ => counted.errors += 1,
        }
        if self.told.len() < TOLD_MAX {
            let name = step.name();
            self.told.push(match ended {
                Ended::Failed(status) => format!("{name}: no data, under HTTP status {status}"),
                Ended::Refused(code) => format!("{name}: refused, {code}"),
                Ended::Wrong => format!("{name}: an answer without what must be in it"),
                Ended::Stale => format!("{name}: the answer is not what was left"),
            });
        }
    }
}
