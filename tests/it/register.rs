//! The register of personal data: what it says is what there is.

use std::collections::BTreeSet;

use rollbook::register::Register;
use rollbook::register::places::FILES;
use serde_json::Value;

use crate::cli_program::Place;

#[test]
fn the_register_is_the_one_that_was_reviewed() {
    let register = Register::of_this_program().to_string();
    expect_test::expect_file!["../golden/personal-data.txt"].assert_eq(&register);
}

#[test]
fn the_program_prints_it_without_a_directory() {
    let place = Place::empty();
    let text = place.run(&["audit", "register"]);
    assert_eq!((text.code, text.out), (0, Register::of_this_program().to_string()));
    let json = place.run(&["audit", "register", "--format", "json"]);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["format"], 1);
    assert_eq!(json["sealed"][0]["event"], "*");
    assert_eq!(place.names("."), Vec::<String>::new());
}

/// The golden directories hold what happened in a life in which everything happened.
#[test]
fn no_file_of_a_directory_is_missing_in_it() {
    let named: BTreeSet<&str> = FILES.iter().map(|place| place.place).collect();
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut seen = 0;
    for directory in ["directory-1", "directory-2", "directory-3"] {
        for entry in std::fs::read_dir(golden.join(directory).join("data")).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(named.contains(name.as_str()), "{name} is not in the register");
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen}");
}
