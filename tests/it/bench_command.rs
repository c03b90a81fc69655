//! `rollbook bench` as it is run. Nothing here judges a time.

use expect_test::expect_file;
use serde_json::Value;

use crate::cli_program::Place;

/// A small load on a disk of the test's own.
fn measured(place: &Place, more: &[&str]) -> String {
    let disk = place.folder.path().to_string_lossy().into_owned();
    let small = ["bench", "--clients", "2", "--requests", "20", "--users", "20", "--disk", &disk];
    let ran = place.run(&[&small, more].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    ran.out
}

/// The first word of each line that has one.
fn names(table: &str) -> Vec<&str> {
    table.lines().filter_map(|line| line.split_whitespace().next()).collect()
}

#[test]
fn a_load_of_creations_prints_its_table_with_the_machine_and_the_bare_disk() {
    let table = measured(&Place::empty(), &["--mix", "create"]);
    let mut found = names(&table);
    // On a disk that is memory it says so.
    found.retain(|name| *name != "note");
    let expected = ["machine", "load", "left", "throughput", "server", "bare", "ratio", "requests", "create"];
    assert_eq!(found, expected, "{table}");
}

#[test]
fn every_request_of_a_mixed_load_is_counted_once_and_answered_well() {
    let report: Value = serde_json::from_str(&measured(&Place::empty(), &["--json"])).unwrap();
    let lines = report["lines"].as_array().unwrap();
    let sum = |key: &str| lines.iter().map(|line| line[key].as_u64().unwrap()).sum::<u64>();
    assert_eq!((sum("requests"), sum("errors")), (20, 0), "{report}");
}

#[test]
fn a_load_leaves_nothing_behind() {
    let place = Place::empty();
    measured(&place, &["--mix", "read"]);
    assert_eq!(place.names("."), Vec::<String>::new());
}

#[test]
fn a_disk_that_is_not_there_is_said_and_not_made() {
    let place = Place::empty();
    let ran = place.run(&["bench", "--disk", "nowhere"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.starts_with("rollbook: could not write to the disk that is measured"), "{}", ran.err);
}

#[test]
fn help_of_bench() {
    let ran = Place::empty().run(&["bench", "--help"]);
    expect_file!["../golden/help-bench.txt"].assert_eq(&ran.out);
}

#[test]
fn help_of_what_is_below_bench() {
    let help = ["generate", "table", "plots", "mixed", "overload"].map(|name| {
        let ran = Place::empty().run(&["bench", name, "--help"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        format!("$ rollbook bench {name} --help\n{}", ran.out)
    });
    expect_file!["../golden/help-bench-below.txt"].assert_eq(&help.join("\n"));
}
