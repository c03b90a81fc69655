//! Numbers as people write them: decimal, exact, and equal where they are equal (`1.50` is `1.5`).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Flaw;

/// Most digits of a number, on both sides of the point together.
const DIGITS_MAX: usize = 18;

/// A decimal number of at most 18 digits. Kept without trailing zeros behind the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal {
    /// The number without its point.
    digits: i64,
    /// How many of the digits stand behind the point.
    places: u8,
}

impl Decimal {
    /// Parses `-12.50`: an optional sign, digits, and a point with digits behind it if there is one. No
    /// exponent, no separators.
    pub fn parse(input: &str) -> Result<Self, Flaw> {
        let (is_negative, unsigned) = match input.strip_prefix('-') {
            Some(unsigned) => (true, unsigned),
            None => (false, input),
        };
        let (whole, behind) = match unsigned.split_once('.') {
            Some((_, "")) => return Err(Flaw::Form),
            Some((whole, behind)) => (whole, behind.trim_end_matches('0')),
            None => (unsigned, ""),
        };
        let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits_only(whole) || !digits_only(behind) {
            return Err(Flaw::Form);
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() + behind.len() > DIGITS_MAX {
            return Err(Flaw::Range);
        }
        let mut digits = 0_i64;
        for byte in whole.bytes().chain(behind.bytes()) {
            digits = digits * 10 + i64::from(byte - b'0');
        }
        Ok(Decimal { digits: if is_negative { -digits } else { digits }, places: behind.len() as u8 })
    }

    /// The digits without the point, and how many of them stand behind it.
    pub(super) fn parts(self) -> (i64, u8) {
        (self.digits, self.places)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let places = usize::from(self.places);
        let digits = format!("{:0>width$}", self.digits.unsigned_abs(), width = places + 1);
        let (whole, behind) = digits.split_at(digits.len() - places);
        if behind.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{behind}") }
    }
}

/// As text for people, since JSON numbers are floats to most readers; digits and places in bytes.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        (self.digits, self.places).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
            return Decimal::parse(&text).map_err(de::Error::custom);
        }
        let (digits, places) = <(i64, u8)>::deserialize(deserializer)?;
        Ok(Decimal { digits, places })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_are_one_value_and_are_written_alike() {
        for (input, shown) in [
            ("1.50", "1.5"),
            ("1.5", "1.5"),
            ("007", "7"),
            ("-0.250", "-0.25"),
            ("-0", "0"),
            ("0.0", "0"),
            ("100", "100"),
            ("123456789012345678", "123456789012345678"),
            ("0.1", "0.1"),
        ] {
            assert_eq!(Decimal::parse(input).unwrap().to_string(), shown, "{input}");
        }
        assert_eq!(Decimal::parse("1.50"), Decimal::parse("1.5"));
    }

    #[test]
    fn what_is_no_plain_number_or_too_long_is_none() {
        for wrong in ["", "-", ".5", "5.", "1e3", "1,5", "+1", "0x1", "NaN", "1.2.3", "--1", "1 000", "٣"] {
            assert_eq!(Decimal::parse(wrong), Err(Flaw::Form), "{wrong}");
        }
        assert_eq!(Decimal::parse("1234567890123456789"), Err(Flaw::Range));
    }

    #[test]
    fn bytes_give_the_number_back() {
        let number = Decimal::parse("-12.05").unwrap();
        let bytes = postcard::to_allocvec(&number).unwrap();
        assert_eq!(postcard::from_bytes::<Decimal>(&bytes).unwrap(), number);
    }
}
