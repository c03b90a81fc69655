//! JSON Schema of every event version, for programs that read exports. Made from the samples, so it
//! says which keys there are and of which types; locked like the bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::golden::record;
use super::records::restore;
use super::samples;
use crate::codec::{Unshown, to_json};
use crate::event::EventType;

const WRITE_NEW: &str = "ROLLBOOK_TEST_NEW_LOCKS";

fn schema_of(values: &[&Value]) -> Value {
    let mut types: Vec<&str> = values.iter().map(|value| type_of(value)).collect();
    types.sort_unstable();
    types.dedup();
    let objects: Vec<&Map<String, Value>> = values.iter().filter_map(|value| value.as_object()).collect();
    let elements: Vec<&Value> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
    let mut schema = Map::new();
    schema.insert("type".to_owned(), if types.len() == 1 { json!(types[0]) } else { json!(types) });
    if !objects.is_empty() {
        let mut members: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        objects
            .iter()
            .flat_map(|o| o.iter())
            .for_each(|(key, value)| members.entry(key).or_default().push(value));
        let required: Vec<&str> =
            members.iter().filter(|(_, seen)| seen.len() == objects.len()).map(|(key, _)| *key).collect();
        schema.insert("required".to_owned(), json!(required));
        let properties = members.iter().map(|(key, seen)| ((*key).to_owned(), schema_of(seen))).collect();
        schema.insert("properties".to_owned(), Value::Object(properties));
    }
    if !elements.is_empty() {
        schema.insert("items".to_owned(), schema_of(&elements));
    }
    Value::Object(schema)
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[test]
fn every_event_version_has_the_json_schema_it_was_locked_with() {
    for event_type in EventType::ALL {
        let events = samples::all().into_iter().filter(|event| event.event_type() == *event_type);
        let mut seen: Vec<Value> = Vec::new();
        for event in events {
            let record = record(&event);
            let mut opened = to_json(&restore(&record).unwrap(), Unshown::Erased).unwrap();
            // Where a request came from and for whom is known or not, for any event.
            seen.push(opened.clone());
            for key in ["onBehalfOf", "proxySession", "causation"] {
                opened[key] = Value::Null;
            }
            let erased = record.restore(|_, _, _| Ok::<_, crate::codec::CodecError>(crate::Personal::Erased));
            opened["personal"] = to_json(&erased.unwrap(), Unshown::Erased).unwrap()["personal"].clone();
            seen.push(opened);
        }
        let mut schema = schema_of(&seen.iter().collect::<Vec<_>>());
        let name = format!("{}@{}", event_type.name(), event_type.version());
        schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        schema["title"] = json!(name);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("json").join(format!("{name}.json"));
        let today = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        if !path.exists() && std::env::var_os(WRITE_NEW).is_some() {
            fs::write(&path, &today).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap_or_default(), today, "{}", path.display());
    }
}
