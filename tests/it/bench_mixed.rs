//! `rollbook bench mixed`, in small: bound by steps, and nothing here judges a time.

use serde_json::Value;

use crate::cli_program::{Place, Ran};

fn run(place: &Place, more: &[&str]) -> Ran {
    let disk = place.folder.path().to_string_lossy().into_owned();
    let small = ["bench", "mixed", "--clients", "4", "--users", "40", "--events", "400", "--disk", &disk];
    place.run(&[&small, more].concat())
}

#[test]
fn in_a_mixed_run_nothing_is_refused_nothing_stale_and_the_rebuild_is_what_is_served() {
    let place = Place::empty();
    let ran = run(&place, &["--steps", "1500", "--json", "--plot", "run.svg"]);
    assert_eq!(ran.code, 0, "{}{}", ran.err, ran.out);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let steps = report["steps"].as_array().unwrap();
    let names: Vec<&str> = steps.iter().map(|line| line["step"].as_str().unwrap()).collect();
    let every = ["create", "readBack", "change", "lock", "delete", "mask", "list", "search", "history"];
    assert_eq!(names, every);
    assert_eq!(report["told"], Value::Array(Vec::new()));
    assert_eq!(report["proof"]["equal"], true);
    // Killed or not, the log holds all that was acknowledged.
    assert!(report["events_after"].as_u64() >= report["proof"]["position"].as_u64(), "{report}");
    assert!(place.read("run.svg").starts_with("<svg "));
    assert_eq!(place.names("."), ["run.svg"]);
}

#[test]
fn the_report_of_a_mixed_run_tells_drift_rebuild_and_what_the_kill_left() {
    let ran = run(&Place::empty(), &["--steps", "300"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for told in
        ["drift         last third over first", "rebuild       equal to live", "killed        and its log"]
    {
        assert!(ran.out.contains(told), "nothing of {told} in\n{}", ran.out);
    }
}
