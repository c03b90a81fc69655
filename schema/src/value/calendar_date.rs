//! A day of the calendar, of no time zone.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Flaw;

/// A day of the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDate(NaiveDate);

impl CalendarDate {
    /// Parses `2026-12-31`, and no other form.
    pub fn parse(input: &str) -> Result<Self, Flaw> {
        let date = NaiveDate::parse_from_str(input, "%Y-%m-%d").map_err(|_| Flaw::Form)?;
        let date = CalendarDate(date);
        if !(1..=9999).contains(&date.0.year()) {
            return Err(Flaw::Range);
        }
        if date.to_string() == input { Ok(date) } else { Err(Flaw::Form) }
    }
}

impl fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

/// As text for people; year, month and day in bytes.
impl Serialize for CalendarDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        (self.0.year(), self.0.month(), self.0.day()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for CalendarDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
            return CalendarDate::parse(&text).map_err(de::Error::custom);
        }
        let (year, month, day) = <(i32, u32, u32)>::deserialize(deserializer)?;
        let date = NaiveDate::from_ymd_opt(year, month, day);
        date.map(CalendarDate).ok_or_else(|| de::Error::custom("no day of the calendar"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_are_there_in_one_form_only() {
        assert_eq!(CalendarDate::parse("2024-02-29").unwrap().to_string(), "2024-02-29");
        for wrong in ["2023-02-29", "2024-2-29", "29.02.2024", "2024-02-29T00:00:00Z", " 2024-02-29", ""] {
            assert_eq!(CalendarDate::parse(wrong), Err(Flaw::Form), "{wrong}");
        }
        assert_eq!(CalendarDate::parse("0000-01-01"), Err(Flaw::Range));
    }

    #[test]
    fn bytes_and_text_give_the_day_back() {
        let day = CalendarDate::parse("1969-07-20").unwrap();
        let bytes = postcard::to_allocvec(&day).unwrap();
        assert_eq!(postcard::from_bytes::<CalendarDate>(&bytes).unwrap(), day);
        assert_eq!(serde_json::to_string(&day).unwrap(), "\"1969-07-20\"");
    }
}
