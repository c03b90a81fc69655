//! Commands on a directory that nobody serves: log, rebuild, audit verify.

use std::io::Read as _;
use std::process::Stdio;

use serde_json::Value;

use crate::cli_program::Place;

fn events(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn without_a_directory_every_command_says_so_and_creates_nothing() {
    for arguments in [&["log"][..], &["rebuild"], &["audit", "verify"], &["import", "rows.csv"]] {
        let place = Place::empty();
        place.write("rows.csv", "email\na@example.com\n");
        let ran = place.run(arguments);
        assert_eq!(ran.code, 6, "{arguments:?}");
        assert_eq!(
            ran.err, "rollbook: there is no directory in ./rollbook-data: give its path by --data\n",
            "{arguments:?}"
        );
        assert_eq!(place.names("."), ["rows.csv"], "{arguments:?}");
    }
}

#[test]
fn a_directory_in_use_is_told_as_such() {
    let place = Place::with_directory();
    place.write("rows.csv", "email,name\na@example.com,A\n");
    place.with_open_directory(|_| async {
        for arguments in [&["log"][..], &["rebuild"], &["audit", "verify"], &["import", "rows.csv"]] {
            assert_eq!(place.run(arguments).code, 5, "{arguments:?}");
        }
    });
}

#[test]
fn log_prints_one_object_a_line_with_dense_positions() {
    let ran = Place::with_directory().run(&["log"]);
    assert_eq!(ran.code, 0);
    let positions: Vec<u64> =
        events(&ran.out).iter().map(|event| event["position"].as_u64().unwrap()).collect();
    assert_eq!(positions, (1..=positions.len() as u64).collect::<Vec<_>>());
    assert!(!positions.is_empty());
}

#[test]
fn log_shows_personal_parts_as_sealed() {
    let ran = Place::with_directory().run(&["log", "--type", "user.created"]);
    assert_eq!(events(&ran.out)[0]["personal"]["login"], "sealed");
    assert!(!ran.out.contains("admin@example.com"));
}

#[test]
fn log_reveals_personal_parts_when_asked() {
    let ran = Place::with_directory().run(&["log", "--type", "user.created", "--reveal"]);
    assert_eq!(events(&ran.out)[0]["personal"]["login"]["email"], "admin@example.com");
}

#[test]
fn log_never_reveals_a_verifier() {
    let ran = Place::with_directory().run(&["log", "--type", "password.set", "--reveal"]);
    assert_eq!(events(&ran.out)[0]["personal"]["credential"], "changed");
}

#[test]
fn log_keeps_to_after_limit_user_and_type() {
    let place = Place::with_directory();
    let positions = |arguments: &[&str]| -> Vec<u64> {
        let out = place.run(&[&["log"], arguments].concat()).out;
        events(&out).iter().map(|event| event["position"].as_u64().unwrap()).collect()
    };
    assert_eq!(positions(&["--limit", "1"]), [1]);
    assert_eq!(positions(&["--after", "1", "--limit", "1"]), [2]);
    assert!(positions(&["--after", "1000000"]).is_empty());
    assert_eq!(positions(&["--user", "8", "--type", "user.created"]), [1]);
    assert!(positions(&["--user", "9"]).is_empty());
}

#[test]
fn an_id_is_typed_as_the_api_hands_it_out_or_as_its_number() {
    let place = Place::with_directory();
    let by_number = place.run(&["log", "--user", "8"]);
    assert!(!by_number.out.is_empty());
    assert_eq!(place.run(&["log", "--user", "user_8"]), by_number);
    let proof = place.run(&["audit", "prove", "1"]);
    assert_eq!(proof.code, 0, "{}", proof.err);
    assert_eq!(place.run(&["audit", "prove", "event_1"]), proof);
    for nobody in ["role_8", "user_08", "user_", "user_+8", "ada"] {
        let ran = place.run(&["log", "--user", nobody]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{nobody}");
        assert!(ran.err.contains("a user is named as in user_9"), "{}", ran.err);
    }
}

#[test]
fn log_refuses_a_type_that_does_not_exist() {
    let ran = Place::with_directory().run(&["log", "--type", "license.stolen"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("license.granted"));
}

#[test]
fn log_ends_quietly_when_its_reader_leaves() {
    let place = Place::with_directory();
    let mut child = place.program(&["log"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn rebuild_finds_every_view_equal_after_a_good_close() {
    let ran = Place::with_directory().run(&["rebuild"]);
    assert_eq!(ran.code, 0);
    let last = ran.out.lines().last().unwrap();
    assert!(last.ends_with("every view is as it was served"), "{last}");
    assert!(ran.out.lines().count() > 1);
}

#[test]
fn rebuild_tells_a_view_that_differs() {
    let place = Place::with_directory();
    let saved = place.data().join("views").join("digests.json");
    let text = std::fs::read_to_string(&saved).unwrap();
    let mut digests: Value = serde_json::from_str(&text).unwrap();
    digests["views"][0]["digest"] = Value::String("0".repeat(64));
    std::fs::write(&saved, digests.to_string()).unwrap();
    let ran = place.run(&["rebuild"]);
    assert_eq!(ran.code, 4);
    assert_eq!(ran.out.matches("DIFFERENT").count(), 1);
}

#[test]
fn rebuild_without_digests_of_before_compares_nothing_and_says_so() {
    let place = Place::with_directory();
    std::fs::remove_dir_all(place.data().join("views")).unwrap();
    let ran = place.run(&["rebuild"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("unknown"));
}

#[test]
fn audit_verify_finds_a_whole_log_intact_without_its_keys() {
    let place = Place::with_directory();
    std::fs::remove_dir_all(place.data().join("keyring")).unwrap();
    let ran = place.run(&["audit", "verify"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("intact: "), "{}", ran.out);
}

#[test]
fn audit_verify_finds_a_log_that_was_cut_off() {
    let place = Place::with_directory();
    std::fs::remove_file(place.data().join("log").join("db")).unwrap();
    let ran = place.run(&["audit", "verify"]);
    assert_eq!(ran.code, 4);
    assert!(ran.out.starts_with("BROKEN at position 1: "), "{}", ran.out);
}
