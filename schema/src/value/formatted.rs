//! How a moment is written for somebody: one function, so that all screens agree.

use chrono::{Datelike as _, Timelike as _};

use super::{DateOrder, DateSeparator, Preferences, TimeFormat, TimeZone, Timestamp};

/// A moment as its reader wants it (PRF-01…PRF-04): `31/12/2026 23:59`, `12.31.2026 11:59 PM`. To the
/// minute; digits are Latin and the order of the date is the reader's, whatever the locale (PRF-06).
#[must_use]
pub fn formatted(at: Timestamp, preferences: &Preferences) -> String {
    let local = TimeZone::local(preferences.time_zone.as_ref(), at);
    let (year, month, day) = (format!("{:04}", local.year()), local.month(), local.day());
    let (month, day) = (format!("{month:02}"), format!("{day:02}"));
    let date = match preferences.date_order {
        DateOrder::Dmy => [day, month, year],
        DateOrder::Mdy => [month, day, year],
        DateOrder::Ymd => [year, month, day],
    };
    let separator = match preferences.date_separator {
        DateSeparator::Slash => "/",
        DateSeparator::Dot => ".",
    };
    let minute = local.minute();
    let time = match preferences.time_format {
        TimeFormat::H24 => format!("{:02}:{minute:02}", local.hour()),
        TimeFormat::H12 => {
            let (is_afternoon, hour) = local.hour12();
            format!("{hour}:{minute:02} {}", if is_afternoon { "PM" } else { "AM" })
        }
    };
    format!("{} {time}", date.join(separator))
}
