//! Events as a table. Cells are quoted as RFC 4180 wants them, and none is taken for a formula.

use serde_json::Value;

use crate::table::write_row;

/// The columns, and where each is found in an entry.
const COLUMNS: [(&str, &str); 21] = [
    ("position", "/position"),
    ("event_id", "/eventId"),
    ("at", "/at"),
    ("type", "/typeName"),
    ("subject_kind", "/subject/kind"),
    ("subject", "/subject/id"),
    ("subject_name", "/subject/name"),
    ("actor", "/actor/id"),
    ("actor_kind", "/actor/kind"),
    ("actor_name", "/actor/name"),
    ("on_behalf_of", "/onBehalfOf"),
    ("proxy_session", "/proxySession"),
    ("command_id", "/commandId"),
    ("correlation_id", "/correlationId"),
    ("request_id", "/context/requestId"),
    ("client_address", "/context/clientAddress"),
    ("user_agent", "/context/userAgent"),
    ("reason", "/context/reason"),
    ("summary", "/summary"),
    ("withheld", "/withheld"),
    ("changes", "/changes"),
];

pub(super) fn heading() -> String {
    let mut out = String::new();
    write_row(&mut out, COLUMNS.map(|(name, _)| name));
    out
}

pub(super) fn write(entry: &Value, out: &mut String) {
    let cells = COLUMNS.map(|(_, place)| match entry.pointer(place) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    });
    write_row(out, cells.iter().map(String::as_str));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn a_cell_is_quoted_and_is_no_formula() {
        let entry = json!({ "position": 7, "context": { "reason": "=cmd|'/c calc'!A1, \"now\"" },
                            "changes": [{ "field": "title", "to": "a,b" }] });
        let mut out = String::new();
        super::write(&entry, &mut out);
        let expected = "7,,,,,,,,,,,,,,,,,\"'=cmd|'/c calc'!A1, \"\"now\"\"\",,,\
                        \"[{\"\"field\"\":\"\"title\"\",\"\"to\"\":\"\"a,b\"\"}]\"\r\n";
        assert_eq!(out, expected);
    }
}
