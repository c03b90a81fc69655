//! The log of a server: the subscription `events`, as its history shows them to whoever signed in.

use std::io::Write;

use rollbook_schema::event::EventType;
use serde_json::{Value, json};

use super::wanted::{Parts, Wanted};
use crate::cli::remote::{EventStream, Server};
use crate::cli::{Exit, Failure};

/// What is not personal about an entry.
const CLEAR: &str = "position eventId at typeName subject { kind id } actor { id kind } onBehalfOf commandId \
                     correlationId";
/// What may be; the server shows as much of it as the token's owner may see.
const PERSONAL: &str = "summary changes { field from to erased withheld } \
                        context { requestId clientAddress userAgent reason } withheld";

/// Prints what there is, and if `follow`, all that comes, until the limit.
pub(super) async fn print(
    server: &Server,
    wanted: &Wanted,
    follow: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let filter = filter(wanted);
    let last = if follow { None } else { Some(last_position(server, &filter).await?) };
    let mut left = wanted.limit;
    if left == 0 || last.is_some_and(|last| last <= wanted.after.0) {
        return Ok(());
    }
    let mut events = events(server, wanted, &filter).await?;
    let mut printed = wanted.after.0;
    while let Some(data) = events.next().await.map_err(|fault| fault.with_way_on(printed))? {
        let entry = &data["events"];
        printed = entry["position"].as_u64().unwrap_or(printed);
        writeln!(out, "{entry}")?;
        if follow {
            out.flush()?;
        }
        left -= 1;
        if left == 0 || last.is_some_and(|last| printed >= last) {
            return Ok(out.flush()?);
        }
    }
    out.flush()?;
    let sentence = format!("the server ended the stream: go on with --after {printed}");
    Err(Failure::new(Exit::Fault, sentence))
}

async fn events(server: &Server, wanted: &Wanted, filter: &Value) -> Result<EventStream, Failure> {
    let fields = match wanted.parts {
        Parts::Sealed => CLEAR.to_owned(),
        Parts::Revealed => format!("{CLEAR} {PERSONAL}"),
    };
    let document = format!(
        "subscription($after: Position, $filter: HistoryFilter) {{ events(after: $after, filter: $filter) {{ {fields} }} }}"
    );
    let variables = json!({ "after": wanted.after, "filter": filter });
    server.follow(&document, &variables).await
}

/// The newest event that the filter lets through; 0 if there is none.
async fn last_position(server: &Server, filter: &Value) -> Result<u64, Failure> {
    let document =
        "query($filter: HistoryFilter) { history(filter: $filter, first: 1) { nodes { position } } }";
    let mut answers = server.follow(document, &json!({ "filter": filter })).await?;
    let data = answers.next().await.map_err(|fault| fault.with_way_on(0))?.unwrap_or_default();
    Ok(data["history"]["nodes"][0]["position"].as_u64().unwrap_or(0))
}

fn filter(wanted: &Wanted) -> Value {
    let mut filter = serde_json::Map::new();
    if let Some(user) = wanted.user {
        filter.insert("user".to_owned(), json!(format!("user_{user}")));
    }
    if let Some(event_type) = wanted.event_type {
        filter.insert("types".to_owned(), json!([enum_value(event_type)]));
    }
    Value::Object(filter)
}

/// `LicenseGranted` is `LICENSE_GRANTED` in the API.
fn enum_value(event_type: EventType) -> String {
    let mut value = String::new();
    for letter in event_type.stem().chars() {
        if letter.is_ascii_uppercase() && !value.is_empty() {
            value.push('_');
        }
        value.push(letter.to_ascii_uppercase());
    }
    value
}
