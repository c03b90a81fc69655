//! `rollbook replay` and `rollbook audit review`: a moment on the command line, of a directory that nobody
//! serves.

use std::io::Write as _;
use std::process::Stdio;

use rollbook::access::Caller;
use rollbook::directory::Asking;
use rollbook_schema::command::SizeLicensePool;
use rollbook_schema::value::LicenseType;
use serde_json::Value;

use crate::cli_program::Place;

/// The first administrator, then three seats of the operator's.
fn place() -> Place {
    let place = Place::with_directory();
    place.with_open_directory(|directory| async move {
        let seats = SizeLicensePool { license: LicenseType::ReadWrite, owned: 3 };
        directory.ask(Asking::by(Caller::Operator), seats).await.unwrap();
    });
    place
}

#[test]
fn replay_tells_each_event_in_one_line_and_counts_at_the_end() {
    let ran = place().run(&["replay"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let told: Vec<&str> = ran.out.lines().filter(|line| line.contains("  by ")).collect();
    assert!(told[0].contains("user.created") && told[0].contains("user_8"), "{}", told[0]);
    assert!(
        told.last().unwrap().ends_with("license.pool_sized            licenses_read_write  by operator"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains(&format!("{} events\n1 users: 1 active, 0 locked", told.len())), "{}", ran.out);
    assert!(!ran.out.contains("dmin"), "names are not told");
}

#[test]
fn replay_ends_at_a_position_or_a_time() {
    let place = place();
    let first = place.run(&["replay", "--until", "1"]).out;
    assert!(first.contains("1 events\n1 users: 1 active, 0 locked"), "{first}");
    assert!(place.run(&["replay", "--until", "2001-01-01T00:00:00Z"]).out.starts_with("0 events\n"));
    assert_eq!(place.run(&["replay", "--until", "yesterday"]).code, 2);
}

#[test]
fn replay_as_json_is_one_object_a_line_counts_last() {
    let ran = place().run(&["replay", "--json", "--reveal"]);
    let lines: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&lines[0]["position"], &lines[0]["subject"]), (&Value::from(1), &Value::from("user_8")));
    assert!(lines[0]["subjectName"].is_string());
    let counts = &lines.last().unwrap()["counts"];
    assert_eq!(
        (&counts["licenses"][0]["owned"], &counts["events"]),
        (&Value::from(3), &Value::from(lines.len() - 1))
    );
}

#[test]
fn replay_waits_after_each_event_where_steps_are_asked_for() {
    let place = place();
    let mut program = place.program(&["replay", "--step"]);
    let mut child =
        program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"\nq\n").unwrap();
    let out = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert!(out.contains("\n2 events\n"), "{out}");
}

#[test]
fn a_review_offline_is_by_id_unless_names_are_asked_for() {
    let place = place();
    let by_id = place.run(&["audit", "review"]);
    assert_eq!(by_id.code, 0, "{}", by_id.err);
    let mut lines = by_id.out.split("\r\n");
    assert!(lines.next().unwrap().starts_with("user,user_name,user_active,right,"));
    assert!(
        lines.next().unwrap().starts_with("user_8,,true,ACCESS_PROFILE,ADMINISTRATOR,,user_3,"),
        "{}",
        by_id.out
    );
    let named = place.run(&["audit", "review", "--format", "json", "--reveal"]).out;
    let first: Value = serde_json::from_str(named.lines().next().unwrap()).unwrap();
    assert!(first["userName"].is_string(), "{first}");
    let before = place.run(&["audit", "review", "--as-of", "0"]).out;
    assert_eq!(before.lines().count(), 1);
}
