//! Which media types come in and go out: `Content-Type` and `Accept` by RFC 9110 and GraphQL over HTTP.

use axum::http::{HeaderMap, HeaderName, header};

/// The media type a whole answer is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResultType {
    /// `application/graphql-response+json`: the status tells whether there is a result.
    GraphQlResponse,
    /// `application/json`: 200 for whatever is sound as HTTP.
    Json,
}

impl ResultType {
    pub fn content_type(self) -> &'static str {
        match self {
            Self::GraphQlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// What a client would take. Weights are thousandths, as `q` has three digits; 0 is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Accepted {
    /// The form of a whole answer, with its weight.
    pub result: Option<(ResultType, u16)>,
    /// The weight of `text/event-stream`. Wildcards do not count: a stream must be asked for by name.
    pub event_stream: u16,
}

impl Accepted {
    /// True when an event stream is preferred to a whole answer.
    pub fn prefers_event_stream(&self) -> bool {
        self.event_stream > self.result.map_or(0, |(_, weight)| weight)
    }
}

/// Reads `Accept`. Without the header, and for bare wildcards, `application/json` is meant.
pub(super) fn accepted(headers: &HeaderMap) -> Accepted {
    let ranges = list(headers, header::ACCEPT);
    if ranges.is_empty() {
        return Accepted { result: Some((ResultType::Json, 1000)), event_stream: 0 };
    }
    let named = weight(&ranges, "application/graphql-response+json", &[]);
    let json = weight(&ranges, "application/json", &["application/*", "*/*"]);
    // A wildcard alone means JSON; by name, the newer type wins a tie, since its status codes say more.
    let result = match (named.unwrap_or(0), json.unwrap_or(0)) {
        (0, 0) => None,
        (named, json) if named >= json => Some((ResultType::GraphQlResponse, named)),
        (_, json) => Some((ResultType::Json, json)),
    };
    Accepted { result, event_stream: weight(&ranges, "text/event-stream", &[]).unwrap_or(0) }
}

/// True when the body is declared as JSON in UTF-8 (or without a charset, which means the same).
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let declared = list(headers, header::CONTENT_TYPE);
    let [range] = declared.as_slice() else { return false };
    range.essence == "application/json" && range.is_utf8
}

struct Range {
    essence: String,
    is_utf8: bool,
    weight: u16,
}

/// The weight of `name`: as given by name, else by the narrowest wildcard that covers it.
fn weight(ranges: &[Range], name: &str, wildcards: &[&str]) -> Option<u16> {
    let of = |essence: &str| {
        let fitting = ranges.iter().filter(|range| range.essence == essence && range.is_utf8);
        fitting.map(|range| range.weight).max()
    };
    of(name).or_else(|| wildcards.iter().find_map(|wildcard| of(wildcard)))
}

fn list(headers: &HeaderMap, name: HeaderName) -> Vec<Range> {
    let lines = headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).filter_map(range).collect()
}

fn range(text: &str) -> Option<Range> {
    let mut parts = text.split(';').map(str::trim);
    let essence = parts.next().filter(|essence| !essence.is_empty())?.to_ascii_lowercase();
    let mut range = Range { essence, is_utf8: true, weight: 1000 };
    for parameter in parts {
        let Some((name, value)) = parameter.split_once('=') else { continue };
        let value = value.trim().trim_matches('"');
        match name.trim().to_ascii_lowercase().as_str() {
            "charset" => {
                range.is_utf8 = value.eq_ignore_ascii_case("utf-8") || value.eq_ignore_ascii_case("utf8")
            }
            "q" => range.weight = thousandths(value),
            _ => {}
        }
    }
    Some(range)
}

/// A weight between 0 and 1 with at most three digits; anything else counts as refused.
fn thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    match whole {
        "1" => 1000,
        "0" => format!("{fraction:0<3}").parse().unwrap_or(0),
        _ => 0,
    }
}
