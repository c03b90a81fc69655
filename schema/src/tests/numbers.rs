//! How numbers are written, locale by locale. What is expected was read from CLDR 48, not from our table.

use crate::value::{Decimal, LanguageTag, formatted_number, formatted_percentage};

fn locale(tag: &str) -> Option<LanguageTag> {
    (!tag.is_empty()).then(|| LanguageTag::parse(tag).unwrap())
}

fn number(value: &str, fraction_digits: Option<u8>, tag: &str) -> String {
    formatted_number(Decimal::parse(value).unwrap(), fraction_digits, locale(tag).as_ref())
}

fn percentage(share: &str, fraction_digits: Option<u8>, tag: &str) -> String {
    formatted_percentage(Decimal::parse(share).unwrap(), fraction_digits, locale(tag).as_ref())
}

#[test]
fn prf_06_numbers_are_grouped_and_pointed_by_the_locale() {
    for (tag, small, large, half) in [
        ("en", "-1,234.5", "1,234,567.5", "50%"),
        ("en-GB", "-1,234.5", "1,234,567.5", "50%"),
        ("en-IN", "-1,234.5", "12,34,567.5", "50%"),
        ("hi-IN", "-1,234.5", "12,34,567.5", "50%"),
        ("de", "-1.234,5", "1.234.567,5", "50\u{a0}%"),
        ("de-AT", "-1\u{a0}234,5", "1\u{a0}234\u{a0}567,5", "50\u{a0}%"),
        ("de-CH", "-1'234.5", "1'234'567.5", "50%"),
        ("it-CH", "-1234.5", "1'234'567.5", "50%"),
        ("fr-FR", "-1\u{202f}234,5", "1\u{202f}234\u{202f}567,5", "50\u{a0}%"),
        ("fr-CH", "-1\u{202f}234,5", "1\u{202f}234\u{202f}567,5", "50%"),
        ("fr-CA", "-1\u{a0}234,5", "1\u{a0}234\u{a0}567,5", "50\u{a0}%"),
        ("es-ES", "-1234,5", "1.234.567,5", "50\u{a0}%"),
        ("es-MX", "-1,234.5", "1,234,567.5", "50%"),
        ("pt-BR", "-1.234,5", "1.234.567,5", "50%"),
        ("pt-PT", "-1234,5", "1\u{a0}234\u{a0}567,5", "50%"),
        ("pl", "-1234,5", "1\u{a0}234\u{a0}567,5", "50%"),
        ("sv-SE", "\u{2212}1\u{a0}234,5", "1\u{a0}234\u{a0}567,5", "50\u{a0}%"),
        ("sl", "\u{2212}1234,5", "1.234.567,5", "50\u{a0}%"),
        ("tr", "-1.234,5", "1.234.567,5", "%50"),
        ("zh-Hant-TW", "-1,234.5", "1,234,567.5", "50%"),
    ] {
        assert_eq!(number("-1234.5", None, tag), small, "{tag}");
        assert_eq!(number("1234567.5", None, tag), large, "{tag}");
        assert_eq!(percentage("0.5", None, tag), half, "{tag}");
    }
}

#[test]
fn prf_06_without_a_known_locale_a_number_cannot_be_misread() {
    for tag in ["", "ar-EG", "fa", "tlh", "x-ours"] {
        assert_eq!(number("-1234567.5", None, tag), "-1234567.5", "{tag}");
        assert_eq!(percentage("-0.125", None, tag), "-12.5%", "{tag}");
    }
}

#[test]
fn prf_06_spanish_groups_from_five_digits_on() {
    assert_eq!(number("9999", None, "es"), "9999");
    assert_eq!(number("10000", None, "es"), "10.000");
}

#[test]
fn prf_06_a_region_that_is_not_listed_follows_its_language_and_extensions_change_nothing() {
    assert_eq!(number("1234.5", None, "de-NA"), "1.234,5");
    assert_eq!(number("1234.5", None, "de-u-nu-arab"), "1.234,5");
}

#[test]
fn prf_06_digits_behind_the_point_are_rounded_and_filled_without_floats() {
    for (value, digits, written) in [
        ("0.125", Some(2), "0.13"),
        ("-0.125", Some(2), "-0.13"),
        ("2.675", Some(2), "2.68"),
        ("0.1", Some(18), "0.100000000000000000"),
        ("-0.4", Some(0), "0"),
        ("999.5", Some(0), "1,000"),
        ("0", None, "0"),
        ("-0.05", None, "-0.05"),
        ("999999999999999999", Some(18), "999,999,999,999,999,999.000000000000000000"),
        ("0.123456789012345678", None, "0.123456789012345678"),
    ] {
        assert_eq!(number(value, digits, "en"), written, "{value}");
    }
}

#[test]
fn prf_06_a_share_of_one_is_a_hundred_per_cent() {
    for (share, digits, written) in [
        ("1", None, "100%"),
        ("0.1", None, "10%"),
        ("0.005", None, "0.5%"),
        ("0.005", Some(0), "1%"),
        ("12.5", Some(1), "1,250.0%"),
        ("999999999999999999", None, "99,999,999,999,999,999,900%"),
    ] {
        assert_eq!(percentage(share, digits, "en"), written, "{share}");
    }
    assert_eq!(percentage("-0.5", None, "tr"), "-%50");
}
