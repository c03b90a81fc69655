//! One row: its fields as text, and what can be wrong with it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rollbook_schema::value::AttributeKey;
use rollbook_schema::{Rejection, RejectionCode};
use serde::Serialize;

use super::columns::Field;

/// A row as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Of its first line in the file, from 1.
    pub line: u64,
    /// Its fields, or why it is no row.
    pub fields: Result<RowFields, Vec<RowError>>,
}

/// The texts of a row. Blank ones are not there.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RowFields(BTreeMap<Field, Vec<String>>);

impl RowFields {
    /// Sets a field.
    pub fn set(&mut self, field: Field, mut texts: Vec<String>) {
        texts.retain(|text| !text.trim().is_empty());
        self.0.insert(field, texts);
    }

    /// Whether the row has the field, blank or not.
    #[must_use]
    pub fn has(&self, field: &Field) -> bool {
        self.0.contains_key(field)
    }

    /// The text of a field.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&str> {
        self.texts(field).first().map(String::as_str)
    }

    /// The texts of a field that takes many.
    #[must_use]
    pub fn texts(&self, field: Field) -> &[String] {
        self.0.get(&field).map_or(&[], Vec::as_slice)
    }

    /// The custom attributes, by their keys; those with a blank text as well.
    pub fn attributes(&self) -> impl Iterator<Item = (&AttributeKey, Option<&str>)> {
        self.0.iter().filter_map(|(field, texts)| match field {
            Field::Attribute(key) => Some((key, texts.first().map(String::as_str))),
            _ => None,
        })
    }
}

/// Shows which fields there are, never what they hold.
impl std::fmt::Debug for RowFields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// What is wrong with a row. Holds nothing of the row itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowError {
    /// A code of the API.
    pub code: &'static str,
    /// The field, by its name in the API; `None` for the row as a whole.
    pub field: Option<Cow<'static, str>>,
    /// One sentence.
    pub message: String,
}

impl RowError {
    /// The row as a whole cannot be read.
    pub fn of_row(message: impl Into<String>) -> Self {
        RowError { code: RejectionCode::Invalid.as_str(), field: None, message: message.into() }
    }
}

impl RowError {
    /// One field is refused.
    pub fn of_field(field: Cow<'static, str>, code: RejectionCode) -> Self {
        RowError { field: Some(field), ..Rejection::new(code).into() }
    }
}

impl From<Rejection> for RowError {
    fn from(rejection: Rejection) -> Self {
        RowError {
            code: rejection.code.as_str(),
            field: rejection.field.map(Cow::Borrowed),
            message: rejection.to_string(),
        }
    }
}
