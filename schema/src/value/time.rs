//! Moments, in whole milliseconds, UTC.

use std::fmt;

use chrono::{DateTime, Months, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Flaw;

/// 9999-12-31T23:59:59.999Z: the last moment that RFC 3339 can write.
const LAST: i64 = 253_402_300_799_999;

/// Milliseconds since 1970-01-01T00:00:00Z; from then to the end of the year 9999.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment this many milliseconds after 1970, held within the bounds of the type.
    #[must_use]
    pub fn from_millis(millis: i64) -> Self {
        Timestamp(millis.clamp(0, LAST))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0
    }

    /// The moment `millis` later.
    #[must_use]
    pub fn plus_millis(self, millis: i64) -> Self {
        Timestamp::from_millis(self.0.saturating_add(millis))
    }

    /// The same day and time `months` later by the calendar; the last day of a month that is shorter.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let moment = DateTime::<Utc>::from_timestamp_millis(self.0);
        let later = moment.and_then(|moment| moment.checked_add_months(Months::new(months)));
        later.map_or(Timestamp(LAST), |later| Timestamp::from_millis(later.timestamp_millis()))
    }

    /// Parses RFC 3339.
    pub fn parse(input: &str) -> Result<Self, Flaw> {
        let moment = DateTime::parse_from_rfc3339(input).map_err(|_| Flaw::Form)?;
        let millis = moment.timestamp_millis();
        if (0..=LAST).contains(&millis) { Ok(Timestamp(millis)) } else { Err(Flaw::Range) }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or(DateTime::<Utc>::UNIX_EPOCH);
        f.write_str(&moment.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
            Timestamp::parse(&text).map_err(de::Error::custom)
        } else {
            i64::deserialize(deserializer).map(Timestamp::from_millis)
        }
    }
}
