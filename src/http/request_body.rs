//! A GraphQL request as the wire carries it, read totally: every wrong shape has a code, no text of a parser.

use serde_json::{Map, Value};

use super::persisted::{self, Asked};
use super::query_string;
use super::refusal::Refusal;
use super::strict_json::{self, JsonError};

/// One request, parsed and not yet checked against the schema.
#[derive(Debug)]
pub(super) struct GraphQlRequest {
    pub asked: Asked,
    pub operation_name: Option<String>,
    pub variables: Map<String, Value>,
    pub extensions: Map<String, Value>,
}

impl GraphQlRequest {
    /// Reads the body of a POST.
    pub fn from_body(body: &[u8]) -> Result<Self, Refusal> {
        match strict_json::parse(body).map_err(Refusal::from)? {
            Value::Object(object) => Self::from_object(object),
            Value::Array(_) => {
                Err(Refusal::malformed("BATCH_REFUSED", "one request at a time: batches are not served"))
            }
            _ => Err(Refusal::malformed("BAD_REQUEST", "the body must be a JSON object")),
        }
    }

    /// Reads the query string of a GET.
    pub fn from_query_string(query: &str) -> Result<Self, Refusal> {
        let pairs = query_string::pairs(query).map_err(|_| {
            Refusal::malformed("BAD_REQUEST", "the query string is not UTF-8 in percent encoding")
        })?;
        let mut object = Map::new();
        for (name, value) in pairs {
            let value = match name.as_str() {
                "query" | "operationName" => Value::String(value),
                "variables" | "extensions" if value.is_empty() => Value::Null,
                "variables" | "extensions" => strict_json::parse(value.as_bytes()).map_err(Refusal::from)?,
                _ => continue,
            };
            if object.contains_key(&name) {
                return Err(Refusal::malformed("DUPLICATE_KEY", format!("`{name}` is given twice")));
            }
            object.insert(name, value);
        }
        Self::from_object(object)
    }

    /// Reads the members the specification names; others are let pass, as it demands.
    pub fn from_object(mut object: Map<String, Value>) -> Result<Self, Refusal> {
        let text_of_document = text(&mut object, "query")?;
        let extensions = members(&mut object, "extensions")?;
        let asked = Asked { text: text_of_document, hash: persisted::asked(&extensions)? };
        if asked.text.is_none() && asked.hash.is_none() {
            let message = "`query` is missing: send the document as a string";
            return Err(Refusal::malformed("BAD_REQUEST", message));
        }
        Ok(Self {
            asked,
            operation_name: text(&mut object, "operationName")?,
            variables: members(&mut object, "variables")?,
            extensions,
        })
    }
}

fn text(object: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Refusal> {
    match object.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Refusal::malformed("BAD_REQUEST", format!("`{name}` must be a string"))),
    }
}

fn members(object: &mut Map<String, Value>, name: &str) -> Result<Map<String, Value>, Refusal> {
    match object.remove(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(members)) => Ok(members),
        Some(_) => Err(Refusal::malformed("BAD_REQUEST", format!("`{name}` must be an object"))),
    }
}

impl From<JsonError> for Refusal {
    fn from(error: JsonError) -> Self {
        let code = match error {
            JsonError::NotUtf8 => "NOT_UTF8",
            JsonError::Syntax { .. } => "BAD_JSON",
            JsonError::DuplicateKey { .. } => "DUPLICATE_KEY",
        };
        Refusal::malformed(code, error.to_string())
    }
}
