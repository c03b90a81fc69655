//! Scalars of our own. A value that does not parse is named by its type, never repeated.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use rollbook_schema::value::Timestamp;

/// A moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateTime(pub Timestamp);

/// A moment in UTC, as RFC 3339 writes it, in whole milliseconds; from 1970 to 9999.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => Timestamp::parse(text).map(DateTime).map_err(InputValueError::custom),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<Timestamp> for DateTime {
    fn from(at: Timestamp) -> Self {
        DateTime(at)
    }
}

macro_rules! whole_number {
    ($(#[doc = $doc:literal])* $name:ident) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) struct $name(pub rollbook_schema::$name);

        $(#[doc = $doc])*
        #[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259#section-6")]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                whole(&value).map(|number| $name(rollbook_schema::$name(number)))
                    .ok_or_else(|| InputValueError::expected_type(value))
            }

            fn to_value(&self) -> Value {
                Value::from(self.0.0)
            }
        }

        impl From<rollbook_schema::$name> for $name {
            fn from(number: rollbook_schema::$name) -> Self {
                $name(number)
            }
        }
    };
}

whole_number! {
    /// A place in the log: a whole number from 0 to 2^64 - 1, written as a JSON number. As input a
    /// string of decimal digits is taken too, for programs whose numbers are not that wide.
    Position
}
whole_number! {
    /// How many changes something has seen: a whole number, written as a JSON number. As input a
    /// string of decimal digits is taken too.
    Version
}

fn whole(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok(),
        _ => None,
    }
}
