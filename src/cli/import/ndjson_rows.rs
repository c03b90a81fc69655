//! One line of NDJSON: an object with the fields of the mutation `createUser`; custom attributes are
//! fields of the line itself, such as `attr.badge`.
//!
//! What the parser would say about a broken line can show a value, so it is told in words of our own.

use std::fmt;

use rollbook_schema::RejectionCode;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::columns::Field;
use super::row::{RowError, RowFields};

/// Reads a line.
pub(super) fn fields(line: &[u8]) -> Result<RowFields, Vec<RowError>> {
    let text = std::str::from_utf8(line).map_err(|_| vec![RowError::of_row("the line is not UTF-8")])?;
    let object = serde_json::from_str::<Object>(text)
        .map_err(|_| vec![RowError::of_row("the line is not one JSON object")])?;
    let mut fields = RowFields::default();
    let mut errors = Vec::new();
    for (name, value) in object.0 {
        match Field::named(&name) {
            None => errors.push(RowError::of_row("the line has a field that createUser does not have")),
            Some(field) if fields.has(&field) => {
                errors.push(RowError::of_row("the line has a field twice"));
            }
            Some(field) => match texts(&field, value) {
                Some(texts) => fields.set(field, texts),
                None => errors.push(RowError::of_field(field.name(), RejectionCode::Invalid)),
            },
        }
    }
    if errors.is_empty() { Ok(fields) } else { Err(errors) }
}

/// The texts of a value: one, or many where the field takes many, or none for null.
fn texts(field: &Field, value: Value) -> Option<Vec<String>> {
    match (field, value) {
        (_, Value::Null) => Some(Vec::new()),
        (field, Value::Array(names)) if field.is_list() => names
            .into_iter()
            .map(|name| if let Value::String(name) = name { Some(name) } else { None })
            .collect(),
        (field, _) if field.is_list() => None,
        (_, Value::String(text)) => Some(vec![text]),
        (Field::MaxChats | Field::Attribute(_), Value::Number(number)) => Some(vec![number.to_string()]),
        (Field::SendWelcomeEmail | Field::Attribute(_), Value::Bool(flag)) => Some(vec![flag.to_string()]),
        _ => None,
    }
}

/// Fields in the order of the line, with those that come twice.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Object(fields))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}
