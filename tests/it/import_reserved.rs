//! Reserved names at the door of imports.

use rollbook_schema::value::RESERVED_USERNAMES;
use serde_json::Value;

use crate::cli_program::Place;

#[test]
fn rsv_03_no_import_brings_in_a_reserved_name() {
    let place = Place::with_directory();
    let rows: Vec<String> = RESERVED_USERNAMES
        .iter()
        .flat_map(|name| [name.to_string(), name.to_uppercase()])
        .enumerate()
        .map(|(row, name)| format!("{name},user{row}@example.org,Somebody\n"))
        .collect();
    place.write("people.csv", format!("username,email,name\n{}", rows.concat()));
    let before = place.run(&["log"]).out;
    for kind in ["agent", "client"] {
        let ran = place.run(&["import", "people.csv", "--kind", kind, "--outcomes", "outcomes.ndjson"]);
        assert_eq!(ran.out, "12 rows: 0 created, 0 repeated, 12 refused\n", "{}", ran.err);
        for line in place.read("outcomes.ndjson").lines() {
            let outcome: Value = serde_json::from_str(line).unwrap();
            assert_eq!(outcome["errors"][0]["code"], "RESERVED_NAME", "{line}");
            assert_eq!(outcome["errors"][0]["field"], "username", "{line}");
        }
    }
    assert_eq!(place.run(&["log"]).out, before);
}
