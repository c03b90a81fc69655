//! Preferences as values, and what they do to a date.

use crate::value::{
    DateOrder, DateSeparator, Flaw, LanguageTag, Preferences, TimeFormat, TimeZone, Timestamp, formatted,
};

const LAST_MINUTE: &str = "2026-12-31T23:59:59.999Z";

fn at(text: &str, preferences: &Preferences) -> String {
    formatted(Timestamp::parse(text).unwrap(), preferences)
}

fn zone(name: &str) -> Preferences {
    Preferences { time_zone: Some(TimeZone::parse(name).unwrap()), ..Preferences::DEFAULT }
}

fn tag(text: &str) -> Result<String, Flaw> {
    LanguageTag::parse(text).map(|tag| tag.as_str().to_owned())
}

#[test]
fn prf_01_the_default_is_day_month_year_with_slashes_and_24_hours() {
    assert_eq!(at(LAST_MINUTE, &Preferences::default()), "31/12/2026 23:59");
}

#[test]
fn prf_01_prf_02_each_order_is_written_with_each_separator() {
    let mut written = Vec::new();
    for date_order in [DateOrder::Mdy, DateOrder::Dmy, DateOrder::Ymd] {
        for date_separator in [DateSeparator::Slash, DateSeparator::Dot] {
            let preferences = Preferences { date_order, date_separator, ..Preferences::DEFAULT };
            written.push(at("2026-03-09T00:00:00Z", &preferences));
        }
    }
    let dates: Vec<&str> = written.iter().map(|text| text.split(' ').next().unwrap()).collect();
    let expected = ["03/09/2026", "03.09.2026", "09/03/2026", "09.03.2026", "2026/03/09", "2026.03.09"];
    assert_eq!(dates, expected);
}

#[test]
fn prf_03_twelve_hours_have_a_noon_and_a_midnight() {
    let preferences = Preferences { time_format: TimeFormat::H12, ..Preferences::DEFAULT };
    for (time, shown) in [
        ("00:00", "12:00 AM"),
        ("00:59", "12:59 AM"),
        ("01:05", "1:05 AM"),
        ("11:59", "11:59 AM"),
        ("12:00", "12:00 PM"),
        ("13:00", "1:00 PM"),
        ("23:59", "11:59 PM"),
    ] {
        assert_eq!(at(&format!("2026-01-01T{time}:00Z"), &preferences), format!("01/01/2026 {shown}"));
    }
}

#[test]
fn prf_04_a_zone_moves_the_date_over_midnight() {
    assert_eq!(at(LAST_MINUTE, &zone("Asia/Kolkata")), "01/01/2027 05:29");
    assert_eq!(at("2026-01-01T00:30:00Z", &zone("America/New_York")), "31/12/2025 19:30");
}

#[test]
fn prf_04_summer_time_is_kept() {
    let berlin = zone("Europe/Berlin");
    assert_eq!(at("2026-03-29T00:59:00Z", &berlin), "29/03/2026 01:59");
    assert_eq!(at("2026-03-29T01:00:00Z", &berlin), "29/03/2026 03:00");
    assert_eq!(at("2026-10-25T00:30:00Z", &berlin), "25/10/2026 02:30");
    assert_eq!(at("2026-10-25T01:30:00Z", &berlin), "25/10/2026 02:30");
}

#[test]
fn prf_04_only_names_of_zones_are_zones() {
    for name in TimeZone::names() {
        assert_eq!(TimeZone::parse(name).unwrap().as_str(), name);
    }
    assert_eq!(TimeZone::parse(" "), Err(Flaw::Blank));
    let long = "E".repeat(100);
    for text in ["Mars/Olympus", "europe/berlin", "+02:00", "Europe/Berlin\0", long.as_str()] {
        assert_eq!(TimeZone::parse(text), Err(Flaw::Form), "{text}");
    }
}

#[test]
fn prf_04_a_stored_zone_that_no_list_knows_any_more_counts_as_utc() {
    let gone: TimeZone = serde_json::from_str("\"Old/Name\"").unwrap();
    let preferences = Preferences { time_zone: Some(gone), ..Preferences::DEFAULT };
    assert_eq!(at(LAST_MINUTE, &preferences), "31/12/2026 23:59");
}

#[test]
fn any_moment_in_any_zone_is_written() {
    arbtest::arbtest(|u| {
        let name = *u.choose(&TimeZone::names())?;
        let written = formatted(Timestamp::from_millis(u.arbitrary()?), &zone(name));
        assert!(written.len() >= "31/12/2026 23:59".len(), "{written}");
        Ok(())
    });
}

#[test]
fn prf_06_a_locale_is_a_well_formed_tag_in_its_canonical_case() {
    for (typed, kept) in [
        ("de", "de"),
        ("DE-ch", "de-CH"),
        (" en-GB ", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("sl-rozaj-biske", "sl-rozaj-biske"),
        ("de-1996", "de-1996"),
        ("zh-yue-HK", "zh-yue-HK"),
        ("en-US-u-CA-gregory", "en-US-u-ca-gregory"),
        ("de-x-AB", "de-x-ab"),
        ("x-whatever", "x-whatever"),
    ] {
        assert_eq!(tag(typed).as_deref(), Ok(kept));
    }
}

#[test]
fn prf_06_what_is_misshapen_is_not_a_locale() {
    assert_eq!(tag("  "), Err(Flaw::Blank));
    assert_eq!(tag("de_DE"), Err(Flaw::Character));
    assert_eq!(tag(&"a-".repeat(40)), Err(Flaw::TooLong { max: 64 }));
    for text in [
        "d",
        "-",
        "de-",
        "-de",
        "de--CH",
        "de-CH-AT",
        "de-1996-1996",
        "en-a",
        "en-a-b",
        "en-u-ca-u-nu",
        "x",
        "de-x",
        "i-klingon",
        "123",
        "toolonglanguage",
        "de-abcdefghi",
    ] {
        assert_eq!(tag(text), Err(Flaw::Form), "{text}");
    }
}

#[test]
fn a_tag_says_its_language_and_region() {
    let parts = |text| {
        let tag = LanguageTag::parse(text).unwrap();
        (tag.language().to_owned(), tag.region().map(str::to_owned))
    };
    assert_eq!(parts("de-CH"), ("de".to_owned(), Some("CH".to_owned())));
    assert_eq!(parts("zh-Hant-TW"), ("zh".to_owned(), Some("TW".to_owned())));
    assert_eq!(parts("es-419"), ("es".to_owned(), Some("419".to_owned())));
    assert_eq!(parts("en-u-ca-gregory"), ("en".to_owned(), None));
}
