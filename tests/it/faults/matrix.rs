//! The table of faults names tests that are there.

use std::collections::BTreeSet;
use std::fs;

use crate::tidy::{root, sources};

/// What may happen to a directory.
const FAULTS: [&str; 14] = [
    "kill",
    "power cut",
    "failed sync",
    "failed write",
    "full disk",
    "read-only disk",
    "read-only folder",
    "flipped bits: log",
    "flipped bits: keyring",
    "flipped bits: evidence",
    "flipped bits: views",
    "truncated files",
    "clock back an hour",
    "no file descriptors",
];

/// Names of functions that are tests.
pub fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, text) in sources() {
        let mut is_test = false;
        for line in text.lines().map(str::trim_start) {
            if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
                is_test = true;
            } else if !line.starts_with("#[") && !line.starts_with("//") {
                let signature = line.strip_prefix("async ").unwrap_or(line);
                if let Some(rest) = signature.strip_prefix("fn ").filter(|_| is_test) {
                    found.insert(rest.split('(').next().unwrap().to_owned());
                }
                is_test = false;
            }
        }
    }
    found
}

#[test]
fn every_fault_has_a_line_and_every_line_a_test_that_is_there() {
    let text = fs::read_to_string(root().join("tests/golden/fault-matrix.txt")).unwrap();
    let (tests, mut seen) = (tests(), BTreeSet::new());
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let [fault, _seen, _comes_back, test] = columns[..] else { panic!("{line}") };
        assert!(columns.iter().all(|column| !column.is_empty()), "{line}");
        assert!(FAULTS.contains(&fault), "{fault} is no fault that is known");
        assert!(tests.contains(test), "{test} is no test");
        seen.insert(fault);
    }
    let missing: Vec<&str> = FAULTS.into_iter().filter(|fault| !seen.contains(fault)).collect();
    assert!(missing.is_empty(), "no line for {missing:?}");
}
