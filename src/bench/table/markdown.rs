//! The table as Markdown, on its own or in a file between two markers.

use std::fmt;

use super::super::neighbours::NEIGHBOURS_CORES_MAX;
use super::line::{Line, figure};
use super::{SMALLER, Table};

/// Where the table begins in a file that holds it.
pub const READMES_START: &str = "<!-- rollbook bench table: made by the command, not by hand -->";
/// Where it ends.
pub const READMES_END: &str = "<!-- end of rollbook bench table -->";

/// A file has no place for the table.
#[derive(Debug, thiserror::Error)]
#[error("there is no place for the table: it stands between the lines `{READMES_START}` and `{READMES_END}`")]
pub struct MissingMarkers;

/// A text with the table in the place of what stands between the markers.
///
/// # Errors
/// [`MissingMarkers`].
pub fn splice(text: &str, table: &str) -> Result<String, MissingMarkers> {
    let (before, rest) = text.split_once(READMES_START).ok_or(MissingMarkers)?;
    let (_, after) = rest.split_once(READMES_END).ok_or(MissingMarkers)?;
    Ok(format!("{before}{READMES_START}\n\n{table}\n{READMES_END}{after}"))
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} users and {} events; beside them a directory of {} and {}. Medians of {} rounds, in brackets the \
             least and the most. Left out: {}.",
            figure(self.users as f64),
            figure(self.events as f64),
            figure((self.users / SMALLER) as f64),
            figure((self.events / SMALLER) as f64),
            self.rounds,
            self.left_out
        )?;
        writeln!(f, "\nMeasured on: {}.", self.machine)?;
        if self.machine.disk_is_memory() {
            writeln!(f, "This disk is memory: a real one is named by `--disk`.")?;
        }
        if self.lines.iter().any(|line| line.neighbours_cores > NEIGHBOURS_CORES_MAX) {
            writeln!(
                f,
                "Other programs were at work: do not trust lines with more than {NEIGHBOURS_CORES_MAX}."
            )?;
        }
        writeln!(
            f,
            "\n| what | goal | measured, beside its limit | in figures of this machine | cores of others |"
        )?;
        writeln!(f, "|---|---|---|---|---|")?;
        for Line { what, goal, measured, absolute, neighbours_cores } in &self.lines {
            writeln!(f, "| {what} | {goal} | {measured} | {absolute} | {neighbours_cores:.2} |")?;
        }
        Ok(())
    }
}
