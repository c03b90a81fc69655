//! `rollbook bench overload`, in small: bound by requests, and nothing here judges a time.

use serde_json::Value;

use crate::cli_program::{Place, Ran};

fn run(place: &Place, more: &[&str]) -> Ran {
    let disk = place.folder.path().to_string_lossy().into_owned();
    let small =
        ["bench", "overload", "--connections", "8", "--users", "20", "--requests", "256", "--disk", &disk];
    place.run(&[&small, more].concat())
}

#[test]
fn every_request_of_an_overload_is_counted_once() {
    let place = Place::empty();
    let ran = run(&place, &["--json"]);
    assert_eq!(ran.code, 0, "{}{}", ran.err, ran.out);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let count = |key: &str| report[key].as_u64().unwrap();
    let asked = report["asked_per_second"]["median"].as_f64().unwrap();
    let best = report["best_per_second"]["median"].as_f64().unwrap();
    assert!(asked > 0.0 && best > 0.0, "{report}");
    let ends = ["served", "busy", "late", "gone", "failed"].map(count);
    assert_eq!(ends.iter().sum::<u64>(), 3 * 256, "{report}");
    assert_eq!(count("failed"), 0, "{report}");
    assert_eq!(place.names("."), Vec::<String>::new());
}

#[test]
fn the_report_of_an_overload_tells_best_asked_served_and_busy() {
    let ran = run(&Place::empty(), &["--mix", "create"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for told in ["best          ", "asked         ", "served        ", "busy          "] {
        assert!(ran.out.contains(told), "nothing of {told} in\n{}", ran.out);
    }
}

#[test]
fn an_overload_that_serves_too_little_fails() {
    // No requests are answered before an end that comes at once.
    let ran = run(&Place::empty(), &["--times", "100", "--served-min", "100"]);
    assert_eq!(ran.code, 1, "{}{}", ran.err, ran.out);
    assert!(ran.err.contains("% of the best was served"), "{}", ran.err);
}
