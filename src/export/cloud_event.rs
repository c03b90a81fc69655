//! An event as a CloudEvent 1.0 in JSON. Of its attributes none is personal: names and the like stand in
//! `data` only, as far as the reader may see them.

use serde_json::{Value, json};

use super::Shaped;

/// Before the stored type, so that it is told from those of other systems.
const TYPE_PREFIX: &str = "rollbook";
/// Digits of `sequence`: it is compared as text.
const SEQUENCE_DIGITS: usize = 20;

pub(super) fn of(shaped: &Shaped, origin: &str) -> Value {
    let Shaped { entry, told } = shaped;
    let text = |place: &str| entry.pointer(place).and_then(Value::as_str);
    let stored = text("/typeName").unwrap_or_default();
    let position = entry["position"].as_u64().unwrap_or_default();
    // Of some kinds there is one only, which has no id.
    let subject = text("/subject/id").unwrap_or_else(|| text("/subject/kind").unwrap_or_default());
    json!({
        "specversion": "1.0",
        "id": text("/eventId"),
        "source": format!("urn:rollbook:{origin}"),
        "type": format!("{TYPE_PREFIX}.{}", stored.replace('@', ".v")),
        "subject": subject,
        "time": text("/at"),
        "datacontenttype": "application/json",
        "sequence": format!("{position:0SEQUENCE_DIGITS$}"),
        "correlationid": text("/correlationId"),
        "data": told,
    })
}
