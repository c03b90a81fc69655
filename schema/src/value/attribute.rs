//! Custom attributes: what a tenant wants to know of its users beyond the fields that all have.
//!
//! A value is sealed under the person if its attribute is personal, and also if it is a free text, whatever
//! the attribute says: nobody can promise what people write into a text, and a clear one would outlive
//! every erasure. What is left in clear are numbers, days, flags and choices of attributes that were
//! declared not to be personal; they stay when the person is forgotten.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::{fold, parse, text_value};
use super::{CalendarDate, Decimal, Flaw};

/// Most attributes that are not retired.
pub const ATTRIBUTES_MAX: usize = 100;
/// Most choices of an attribute, retired ones included.
pub const ATTRIBUTE_CHOICES_MAX: usize = 200;
/// Longest key, in characters.
const KEY_MAX: usize = 40;
/// Longest label, in code points.
const LABEL_MAX: usize = 100;
/// Longest name of a choice, in code points.
const CHOICE_MAX: usize = 100;
/// Longest value, in code points.
const TEXT_MAX: usize = 500;

text_value! {
    /// What people read of an attribute.
    AttributeLabel, LABEL_MAX
}
text_value! {
    /// One of the values that an attribute of choices can have; unique within it, compared without case.
    ChoiceName, CHOICE_MAX
}
text_value! {
    /// A value as it was typed, and the value of a text. One line.
    AttributeText, TEXT_MAX
}

impl ChoiceName {
    /// The form in which names are compared.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

/// What programs call an attribute: an ASCII letter, then letters, digits and `_`; at most 40.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AttributeKey(String);

impl AttributeKey {
    /// Parses a key.
    pub fn parse(input: &str) -> Result<Self, Flaw> {
        let input = input.trim();
        if input.is_empty() {
            return Err(Flaw::Blank);
        }
        if input.len() > KEY_MAX {
            return Err(Flaw::TooLong { max: KEY_MAX });
        }
        if !input.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Err(Flaw::Character);
        }
        if !input.as_bytes()[0].is_ascii_alphabetic() {
            return Err(Flaw::Form);
        }
        Ok(AttributeKey(input.to_owned()))
    }

    /// As it was defined.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which keys are compared.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// It is the tenant's word, and could say something.
impl fmt::Debug for AttributeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AttributeKey(…)")
    }
}

/// What the values of an attribute are. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AttributeType {
    /// One line of at most 500 characters.
    Text,
    /// A decimal number of at most 18 digits.
    Number,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
    /// One of those that were defined.
    Choice,
}

/// A choice of an attribute, from 1, in the order in which they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChoiceNumber(pub u16);

/// A value. The order is stored: append only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AttributeValue {
    /// Of [`AttributeType::Text`].
    Text(AttributeText),
    /// Of [`AttributeType::Number`].
    Number(Decimal),
    /// Of [`AttributeType::Boolean`].
    Boolean(bool),
    /// Of [`AttributeType::Date`].
    Date(CalendarDate),
    /// Of [`AttributeType::Choice`].
    Choice(ChoiceNumber),
}

impl AttributeValue {
    /// The value that a typed text is; `choice` finds choices by their names.
    pub fn parse(
        of: AttributeType,
        typed: &AttributeText,
        choice: impl FnOnce(&str) -> Option<ChoiceNumber>,
    ) -> Result<Self, Flaw> {
        let text = typed.as_str();
        match of {
            AttributeType::Text => Ok(AttributeValue::Text(typed.clone())),
            AttributeType::Number => Decimal::parse(text).map(AttributeValue::Number),
            AttributeType::Date => CalendarDate::parse(text).map(AttributeValue::Date),
            AttributeType::Choice => choice(&fold(text)).map(AttributeValue::Choice).ok_or(Flaw::Form),
            AttributeType::Boolean => match text.to_ascii_lowercase().as_str() {
                "true" => Ok(AttributeValue::Boolean(true)),
                "false" => Ok(AttributeValue::Boolean(false)),
                _ => Err(Flaw::Form),
            },
        }
    }

    /// As people read it; `choice` names choices.
    pub fn shown(&self, choice: impl FnOnce(ChoiceNumber) -> Option<String>) -> Option<String> {
        match self {
            AttributeValue::Text(text) => Some(text.as_str().to_owned()),
            AttributeValue::Number(number) => Some(number.to_string()),
            AttributeValue::Boolean(flag) => Some(flag.to_string()),
            AttributeValue::Date(date) => Some(date.to_string()),
            AttributeValue::Choice(number) => choice(*number),
        }
    }
}

impl fmt::Debug for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AttributeValue(…)")
    }
}

impl AttributeType {
    /// Are values sealed under the person?
    #[must_use]
    pub fn is_sealed(self, personal: bool) -> bool {
        personal || self == AttributeType::Text
    }
}
