//! How numbers and shares are written for somebody: by their locale, and exactly.
//!
//! The customs stand in a table of our own, after CLDR 48. A region that has customs of its own stands beside
//! its language; any other region of a language that is listed follows the language. Whoever chose no locale,
//! or one of a language that is not listed, reads a number that cannot be misread: a point, and no groups.
//!
//! Absent on purpose: languages that are usually written with digits of their own (Arabic, Persian, Bengali,
//! Marathi) and Hebrew, whose signs need marks of direction. They are not listed. Extensions of a locale
//! (`-u-nu-…`) and its script change nothing.

use super::{Decimal, LanguageTag};

/// Most digits behind the point that can be asked for.
pub const FRACTION_DIGITS_MAX: u8 = 18;

const NO_BREAK_SPACE: &str = "\u{a0}";
const NARROW_NO_BREAK_SPACE: &str = "\u{202f}";
/// U+2212, where a hyphen is not the custom.
const MINUS: &str = "\u{2212}";

/// A number as its reader wants it (PRF-06): `1.234.567,5`, `12,34,567.5`. With as many digits behind the point
/// as it has, or as asked for, at most [`FRACTION_DIGITS_MAX`]; halves are rounded away from zero.
#[must_use]
pub fn formatted_number(value: Decimal, fraction_digits: Option<u8>, locale: Option<&LanguageTag>) -> String {
    let (digits, places) = value.parts();
    let customs = Customs::of(locale);
    customs.number(i128::from(digits), places, fraction_digits.unwrap_or(places))
}

/// A share of 1 as a percentage: `0.125` is `12,5 %`. Digits as for [`formatted_number`].
#[must_use]
pub fn formatted_percentage(
    share: Decimal,
    fraction_digits: Option<u8>,
    locale: Option<&LanguageTag>,
) -> String {
    let (digits, places) = share.parts();
    let customs = Customs::of(locale);
    let shown = fraction_digits.unwrap_or(places.saturating_sub(2));
    let number = customs.number(i128::from(digits) * 100, places, shown);
    match customs.percent {
        Percent::Behind => format!("{number}%"),
        Percent::Apart => format!("{number}{NO_BREAK_SPACE}%"),
        // The sign of a negative share stands before both.
        Percent::Before => match number.strip_prefix(customs.minus) {
            Some(unsigned) => format!("{}%{unsigned}", customs.minus),
            None => format!("%{number}"),
        },
    }
}

/// Where the sign for a hundredth stands.
#[derive(Clone, Copy)]
enum Percent {
    Behind,
    Apart,
    Before,
}

/// How many digits stand together.
#[derive(Clone, Copy)]
enum Groups {
    None,
    /// By three.
    Thousands,
    /// By three from five digits on: `1234`, `12 345`.
    ThousandsFromFive,
    /// The last three, and two each before them.
    Indian,
}

#[derive(Clone, Copy)]
struct Customs {
    point: &'static str,
    groups: Groups,
    between: &'static str,
    minus: &'static str,
    percent: Percent,
}

const fn customs(point: &'static str, groups: Groups, between: &'static str, percent: Percent) -> Customs {
    Customs { point, groups, between, minus: "-", percent }
}

const fn with_minus(customs: Customs) -> Customs {
    Customs { minus: MINUS, ..customs }
}

/// For whoever chose nothing, or what is not listed.
const PLAIN: Customs = customs(".", Groups::None, "", Percent::Behind);

use Groups::{Indian, Thousands, ThousandsFromFive};
use Percent::{Apart, Before, Behind};

/// Languages, and regions that differ from their language.
const LISTED: [(&str, Customs); 18] = [
    (
        "en es-MX es-US es-419 es-PE es-GT es-PA es-PR es-DO es-HN es-NI es-SV es-CU ja zh ko th ms kn",
        customs(".", Thousands, ",", Behind),
    ),
    ("en-IN hi ta te gu pa ml", customs(".", Indian, ",", Behind)),
    ("en-CH de-CH de-LI", customs(".", Thousands, "'", Behind)),
    ("it-CH", customs(".", ThousandsFromFive, "'", Behind)),
    ("en-DE en-AT en-DK de fr-LU fr-MA da ro ca gl", customs(",", Thousands, ".", Apart)),
    (
        "en-BE en-NL en-SI en-ID en-ES en-IT en-PL en-RO es-AR es-CO es-CL es-UY es-VE es-BO es-EC es-PY pt nl el \
         sr vi id ms-BN is",
        customs(",", Thousands, ".", Behind),
    ),
    ("es", customs(",", ThousandsFromFive, ".", Apart)),
    ("it", customs(",", ThousandsFromFive, ".", Behind)),
    ("tr", customs(",", Thousands, ".", Before)),
    ("hr", with_minus(customs(",", Thousands, ".", Apart))),
    ("sl", with_minus(customs(",", ThousandsFromFive, ".", Apart))),
    ("en-SE en-FI en-NO de-AT fr-CA cs sk ru", customs(",", Thousands, NO_BREAK_SPACE, Apart)),
    (
        "en-ZA en-HU en-PT en-CZ en-SK en-EE en-LV en-LT en-UA es-CR pt-AO uk",
        customs(",", Thousands, NO_BREAK_SPACE, Behind),
    ),
    ("pt-PT pt-MZ pt-CH pl hu bg lv", customs(",", ThousandsFromFive, NO_BREAK_SPACE, Behind)),
    ("sv fi nb nn no lt", with_minus(customs(",", Thousands, NO_BREAK_SPACE, Apart))),
    ("et", with_minus(customs(",", ThousandsFromFive, NO_BREAK_SPACE, Behind))),
    ("fr", customs(",", Thousands, NARROW_NO_BREAK_SPACE, Apart)),
    ("en-FR en-GE fr-CH", customs(",", Thousands, NARROW_NO_BREAK_SPACE, Behind)),
];

impl Customs {
    fn of(locale: Option<&LanguageTag>) -> Customs {
        let Some(locale) = locale else { return PLAIN };
        let language = locale.language();
        let with_region = locale.region().map(|region| format!("{language}-{region}"));
        let listed = |tag: &str| {
            let found = LISTED.iter().find(|(tags, _)| tags.split(' ').any(|listed| listed == tag));
            found.map(|(_, customs)| *customs)
        };
        with_region.as_deref().and_then(listed).or_else(|| listed(language)).unwrap_or(PLAIN)
    }

    /// `digits` without their point, of which `places` stand behind it, shown with `shown` there.
    fn number(self, digits: i128, places: u8, shown: u8) -> String {
        let shown = shown.min(FRACTION_DIGITS_MAX);
        // At most 20 digits, and 18 more: far from the bounds of 128 bits.
        let digits = match places.checked_sub(shown) {
            Some(fewer) => rounded(digits, 10_i128.pow(u32::from(fewer))),
            None => digits * 10_i128.pow(u32::from(shown - places)),
        };
        let shown = usize::from(shown);
        let text = format!("{:0>width$}", digits.unsigned_abs(), width = shown + 1);
        let (whole, behind) = text.split_at(text.len() - shown);
        let sign = if digits < 0 { self.minus } else { "" };
        let point = if behind.is_empty() { "" } else { self.point };
        format!("{sign}{}{point}{behind}", self.grouped(whole))
    }

    fn grouped(self, whole: &str) -> String {
        let is_end_of_group = |behind: usize| match self.groups {
            Groups::None => false,
            Groups::Thousands => behind > 0 && behind.is_multiple_of(3),
            Groups::ThousandsFromFive => whole.len() > 4 && behind > 0 && behind.is_multiple_of(3),
            Groups::Indian => behind >= 3 && behind % 2 == 1,
        };
        let mut text = String::new();
        for (place, digit) in whole.chars().enumerate() {
            text.push(digit);
            if is_end_of_group(whole.len() - place - 1) {
                text += self.between;
            }
        }
        text
    }
}

/// Halves away from zero.
fn rounded(digits: i128, unit: i128) -> i128 {
    let half = unit / 2;
    (digits + if digits < 0 { -half } else { half }) / unit
}
