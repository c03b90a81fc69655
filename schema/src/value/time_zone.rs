//! Time zones, by their names in the IANA database.

use std::fmt;
use std::str::FromStr as _;

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Flaw, Timestamp};

/// Longest name of a zone, in bytes; the database has none above 32.
const ZONE_BYTES_MAX: usize = 64;

/// A zone of the IANA database, by its exact name, such as `Europe/Berlin`. The name is stored, not
/// its rules: they change, and with them the local time of a moment. A name that a later database
/// does not know any more is still read, and counts as UTC.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TimeZone(String);

impl TimeZone {
    /// Parses the name of a zone (PRF-04); one that the database does not know is a flaw.
    pub fn parse(input: &str) -> Result<Self, Flaw> {
        let name = input.trim();
        if name.is_empty() {
            return Err(Flaw::Blank);
        }
        if name.len() > ZONE_BYTES_MAX || chrono_tz::Tz::from_str(name).is_err() {
            return Err(Flaw::Form);
        }
        Ok(TimeZone(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The names of all zones, sorted.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        let mut names: Vec<&str> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
        names.sort_unstable();
        names
    }

    /// What clocks show there at a moment.
    pub(crate) fn local(zone: Option<&TimeZone>, at: Timestamp) -> NaiveDateTime {
        let moment =
            DateTime::<Utc>::from_timestamp_millis(at.millis()).unwrap_or(DateTime::<Utc>::UNIX_EPOCH);
        match zone.and_then(|zone| chrono_tz::Tz::from_str(&zone.0).ok()) {
            Some(zone) => moment.with_timezone(&zone).naive_local(),
            None => moment.naive_utc(),
        }
    }
}

impl fmt::Debug for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TimeZone({})", self.0)
    }
}
