//! Variables coerced as the specification says (section 6.1.2), since execution no longer looks.

use apollo_compiler::executable::Operation;
use apollo_compiler::request::coerce_variable_values;
use apollo_compiler::response::{JsonMap, JsonValue};
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Schema};
use async_graphql::{Name, Value as ConstValue, Variables};
use serde_json::{Map, Value};

use crate::http::refusal::{EdgeError, Location, Refusal};

/// The values `operation` runs with: defaults filled in, undeclared ones left out, omitted ones absent.
pub(super) fn coerce(
    schema: &Valid<Schema>,
    document: &ExecutableDocument,
    operation: &Operation,
    given: Map<String, Value>,
) -> Result<Variables, Refusal> {
    if operation.variables.is_empty() {
        return Ok(Variables::default());
    }
    let given: JsonMap =
        given.into_iter().map(|(name, value)| (name.into(), JsonValue::from(value))).collect();
    let coerced = coerce_variable_values(schema, operation, &given).map_err(|error| {
        let error = error.to_graphql_error(&document.sources);
        let places = error.locations.into_iter().map(Location::from);
        Refusal::documents(vec![EdgeError::new("BAD_VARIABLES", without_value(&error.message)).at(places)])
    })?;
    let mut values = Variables::default();
    for (name, value) in coerced.into_inner() {
        values.insert(Name::new(name.as_str()), const_value(value));
    }
    Ok(values)
}

fn const_value(value: JsonValue) -> ConstValue {
    match value {
        JsonValue::Null => ConstValue::Null,
        JsonValue::Bool(value) => ConstValue::Boolean(value),
        JsonValue::Number(number) => ConstValue::Number(number),
        JsonValue::String(text) => ConstValue::String(text.as_str().to_owned()),
        JsonValue::Array(values) => ConstValue::List(values.into_iter().map(const_value).collect()),
        JsonValue::Object(fields) => {
            let fields =
                fields.into_iter().map(|(name, value)| (Name::new(name.as_str()), const_value(value)));
            ConstValue::Object(fields.collect())
        }
    }
}

/// The message without the value it quotes, which may be a password.
fn without_value(message: &str) -> String {
    let cut = message
        .strip_prefix("could not coerce ")
        .and_then(|rest| Some((rest.split_once(": ")?.0, rest.rsplit_once(" to type ")?.1)));
    match cut {
        Some((place, expected)) => format!("{place} is not of type {expected}"),
        None => message.to_owned(),
    }
}
