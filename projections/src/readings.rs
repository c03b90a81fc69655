//! Who read whose history in the current hour, so that reading is recorded and fills no log: a part of
//! decision models and of views, each with one of its own.

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::UserId;
use rollbook_schema::event::{Event, ReadingWay, RecordedEvent};
use rollbook_schema::value::Timestamp;
use serde::{Deserialize, Serialize};

const MILLIS_PER_HOUR: i64 = 3_600_000;

/// Readings of single persons that are recorded for one reader in an hour; one of everybody's history is
/// recorded in place of those beyond.
pub const READINGS_PER_HOUR_MAX: usize = 1_000;

type Reading = (Option<UserId>, ReadingWay);

/// The readings of the last hour that had any; older hours are forgotten.
#[derive(Clone, Debug, Default, Hash, Serialize, Deserialize)]
pub struct Readings {
    hour: i64,
    known: BTreeMap<UserId, BTreeSet<Reading>>,
}

impl Readings {
    /// What is still to be recorded when a reader begins to read at a moment; `None` where all is. Of those
    /// beyond the bound, whoever they are, it is everybody's.
    #[must_use]
    pub fn due(&self, reader: UserId, reading: Reading, now: Timestamp) -> Option<Reading> {
        let known = self.known.get(&reader).filter(|_| self.hour == hour(now));
        let Some(known) = known else { return Some(reading) };
        let (_, way) = reading;
        let is_beyond = known.len() >= READINGS_PER_HOUR_MAX && !known.contains(&reading);
        let due = if is_beyond { (None, way) } else { reading };
        (!known.contains(&due)).then_some(due)
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        let Event::HistoryRead(read) = &recorded.event else { return };
        let hour = hour(recorded.envelope.recorded_at);
        if self.hour != hour {
            self.hour = hour;
            self.known.clear();
        }
        self.known.entry(recorded.envelope.actor.id).or_default().insert((read.user, read.way));
    }

    /// Every reading of the hour, with its reader.
    pub fn iter(&self) -> impl Iterator<Item = (UserId, Reading)> {
        self.known.iter().flat_map(|(reader, of)| of.iter().map(|reading| (*reader, *reading)))
    }
}

fn hour(moment: Timestamp) -> i64 {
    moment.millis() / MILLIS_PER_HOUR
}
