//! Spans as OTLP writes them in JSON (opentelemetry-proto, "JSON Protobuf Encoding").

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Value, json};

use super::span::{Finished, Kind, Said};

const KIND_INTERNAL: u8 = 1;
const KIND_SERVER: u8 = 2;
const STATUS_ERROR: u8 = 2;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'a> {
    trace_id: String,
    span_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_span_id: Option<String>,
    name: &'a str,
    kind: u8,
    /// Numbers of 64 bits are text.
    start_time_unix_nano: String,
    end_time_unix_nano: String,
    attributes: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Value>,
}

/// The body of one request to a collector.
pub(super) fn body(spans: &[Finished]) -> Vec<u8> {
    let spans: Vec<Written<'_>> = spans.iter().map(written).collect();
    let resource = json!({ "attributes": [
        attribute("service.name", &Said::Word("rollbook".to_owned())),
        attribute("service.version", &Said::Word(env!("CARGO_PKG_VERSION").to_owned())),
    ] });
    let scope = json!({ "name": "rollbook" });
    let all = json!({ "resourceSpans": [
        { "resource": resource, "scopeSpans": [{ "scope": scope, "spans": spans }] }
    ] });
    all.to_string().into_bytes()
}

fn written(span: &Finished) -> Written<'_> {
    Written {
        trace_id: hex(&span.context.trace),
        span_id: hex(&span.context.span),
        parent_span_id: span.parent.map(|parent| hex(&parent)),
        name: &span.name,
        kind: match span.kind {
            Kind::Internal => KIND_INTERNAL,
            Kind::Server => KIND_SERVER,
        },
        start_time_unix_nano: span.began.to_string(),
        end_time_unix_nano: span.ended.to_string(),
        attributes: span.said.iter().map(|(name, said)| attribute(name, said)).collect(),
        links: span
            .links
            .iter()
            .map(|to| json!({ "traceId": hex(&to.trace), "spanId": hex(&to.span) }))
            .collect(),
        status: span.failed.then(|| json!({ "code": STATUS_ERROR })),
    }
}

fn attribute(name: &str, said: &Said) -> Value {
    let value = match said {
        Said::Word(word) => json!({ "stringValue": word }),
        Said::Number(number) => json!({ "intValue": number.to_string() }),
    };
    json!({ "key": name, "value": value })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into memory does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
