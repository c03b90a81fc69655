//! How far the log is read: up to a position, or to the last event recorded at or before a time.

use rollbook_schema::value::Timestamp;
use rollbook_schema::{Position, Record};

use super::{Exit, Failure};
use crate::directory::AsOf;

/// The end of what is read. Records are shown to it in the order of the log.
pub(super) struct Until {
    end: AsOf,
    /// The latest time so far: where the clock was set back, an event counts as recorded with it.
    latest: Timestamp,
}

impl Until {
    /// What was typed; the whole log if nothing was.
    pub(super) fn parse(flag: &str, typed: Option<&String>) -> Result<Until, Failure> {
        let end = match typed {
            None => AsOf::Position(Position(u64::MAX)),
            Some(typed) => AsOf::parse(typed).ok_or_else(|| {
                let example = "2026-01-31T12:00:00Z";
                Failure::new(Exit::Usage, format!("--{flag} must be a position or a time such as {example}"))
            })?,
        };
        Ok(Until { end, latest: Timestamp::from_millis(0) })
    }

    /// Does the record belong to what is read?
    pub(super) fn includes(&mut self, record: &Record) -> bool {
        self.latest = self.latest.max(record.header.recorded_at);
        match self.end {
            AsOf::Position(position) => record.header.position <= position,
            AsOf::Time(time) => self.latest <= time,
        }
    }
}
