//! Where traces go.

use hyper::header::{HeaderName, HeaderValue};
use rollbook_schema::value::RuleUrl;

use super::fault::ConfigFault;
use super::layers::Layers;
use crate::traces::TraceSettings;

/// Kept traces are said in so many parts.
const PER_THOUSAND: u16 = 1000;

/// `None` where they go nowhere.
pub(super) fn traces(layers: &Layers) -> Result<Option<TraceSettings>, ConfigFault> {
    let per_thousand = layers.number("traces-per-thousand", 0..=PER_THOUSAND)?;
    let expected = "an address such as http://127.0.0.1:4318/v1/traces".to_owned();
    let endpoint = layers.parsed("trace-endpoint", expected, |text| match text {
        "" => Some(None),
        text => RuleUrl::parse(text).ok().map(Some),
    })?;
    let headers = match layers.text("trace-headers") {
        None => Vec::new(),
        Some((text, source_of_value)) => headers(text).ok_or(ConfigFault::Value {
            name: "trace-headers",
            source_of_value,
            expected: "NAME=VALUE, between commas".to_owned(),
        })?,
    };
    Ok(endpoint.map(|endpoint| TraceSettings { endpoint, headers, per_thousand }))
}

fn headers(text: &str) -> Option<Vec<(HeaderName, HeaderValue)>> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let header = |part: &str| {
        let (name, value) = part.split_once('=')?;
        let mut value = HeaderValue::from_str(value.trim()).ok()?;
        value.set_sensitive(true);
        Some((name.trim().parse().ok()?, value))
    };
    parts.map(header).collect()
}
