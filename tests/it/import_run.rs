//! `rollbook import`: the real program on real files.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::Stdio;

use rollbook::access::Caller;
use rollbook::directory::Asking;
use rollbook_schema::command::{DefineRole, SizeLicensePool};
use rollbook_schema::value::{LicenseType, RoleName, UserKind};
use serde_json::Value;

use crate::cli_program::{Place, Ran};
use crate::import_export::export;

fn outcomes(place: &Place, name: &str) -> Vec<Value> {
    place.read(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// By line: `field code` of its first error.
fn refused(outcomes: &[Value]) -> BTreeMap<u64, String> {
    let refused = outcomes.iter().filter(|outcome| outcome["outcome"] == "refused");
    let told = refused.map(|outcome| {
        let error = &outcome["errors"][0];
        let field = error["field"].as_str().unwrap_or("-");
        (outcome["line"].as_u64().unwrap(), format!("{field} {}", error["code"].as_str().unwrap()))
    });
    told.collect()
}

fn count(outcomes: &[Value], outcome: &str) -> u64 {
    outcomes.iter().filter(|one| one["outcome"] == outcome).count() as u64
}

fn users_created(place: &Place) -> u64 {
    let events = place.run(&["log", "--type", "user.created"]).out;
    // One is the administrator.
    events.lines().count() as u64 - 1
}

fn import(place: &Place, arguments: &[&str]) -> Ran {
    place.run(&[&["import"], arguments].concat())
}

#[test]
fn ten_thousand_rows_two_hundred_bad_each_told_with_its_line() {
    let place = Place::with_directory();
    let export = export(7, 10_000, 200);
    place.write("people.csv", &export.bytes);
    let ran = import(&place, &["people.csv", "--outcomes", "outcomes.ndjson"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert_eq!(ran.out, "10000 rows: 9800 created, 0 repeated, 200 refused\n");
    let outcomes = outcomes(&place, "outcomes.ndjson");
    assert_eq!(refused(&outcomes), export.bad);
    let lines: Vec<u64> = outcomes.iter().map(|outcome| outcome["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, (2..export.rows + 2).collect::<Vec<_>>());
    assert_eq!(users_created(&place), 9_800);
    let told = place.read("outcomes.ndjson");
    assert!(!told.contains('@') && !told.contains("Byron"), "an outcome holds what a row held");
}

#[test]
fn a_dry_run_says_what_the_real_one_will_and_appends_nothing() {
    let place = Place::with_directory();
    place.write("people.csv", export(11, 1_000, 50).bytes);
    let before = place.run(&["log"]).out;
    let dry = import(&place, &["people.csv", "--dry-run", "--outcomes", "dry.ndjson"]);
    assert_eq!(dry.out, "1000 rows: 950 would be created, 0 repeated, 50 refused\n");
    assert_eq!(dry.code, 3);
    assert_eq!(place.run(&["log"]).out, before);
    import(&place, &["people.csv", "--outcomes", "real.ndjson"]);
    assert_eq!(place.read("dry.ndjson"), place.read("real.ndjson"));
    import(&place, &["people.csv", "--outcomes", "again.ndjson"]);
    import(&place, &["people.csv", "--dry-run", "--outcomes", "dry-again.ndjson"]);
    assert_eq!(place.read("dry-again.ndjson"), place.read("again.ndjson"));
}

#[test]
fn acc_21_half_a_file_then_the_whole_creates_nobody_twice() {
    let place = Place::with_directory();
    let export = export(13, 1_000, 0);
    let half: usize = export.bytes.split_inclusive(|byte| *byte == b'\n').take(501).map(<[u8]>::len).sum();
    place.write("half.csv", &export.bytes[..half]);
    place.write("whole.csv", &export.bytes);
    assert_eq!(import(&place, &["half.csv"]).out, "500 rows: 500 created, 0 repeated, 0 refused\n");
    let ran = import(&place, &["whole.csv", "--outcomes", "outcomes.ndjson"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "1000 rows: 500 created, 500 repeated, 0 refused\n"));
    let outcomes = outcomes(&place, "outcomes.ndjson");
    assert_eq!(count(&outcomes[..500], "repeated"), 500);
    assert_eq!(users_created(&place), 1_000);
}

#[test]
fn acc_21_an_import_that_was_killed_goes_on_where_it_was() {
    let place = Place::with_directory();
    let export = export(17, 3_000, 30);
    place.write("people.csv", &export.bytes);
    let arguments = ["import", "people.csv", "--outcomes", "outcomes.ndjson"];
    let mut child = place.program(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // Whenever the kill comes, what follows must hold; most often it comes in the middle.
    while child.try_wait().unwrap().is_none() {
        if std::fs::metadata(place.path("outcomes.ndjson")).is_ok_and(|file| file.len() > 0) {
            break;
        }
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let done = users_created(&place);
    let ran = import(&place, &["people.csv", "--outcomes", "outcomes.ndjson"]);
    let created = 2_970 - done;
    assert_eq!(ran.out, format!("3000 rows: {created} created, {done} repeated, 30 refused\n"));
    assert_eq!(users_created(&place), 2_970);
    assert_eq!(refused(&outcomes(&place, "outcomes.ndjson")), export.bad);
}

#[test]
fn the_same_row_twice_in_one_file_is_a_duplicate_on_every_run() {
    let place = Place::with_directory();
    place.write("people.csv", "email,name\na@example.com,A\nb@example.com,B\na@example.com,A\n");
    for (run, out) in [
        ("first", "3 rows: 2 created, 0 repeated, 1 refused\n"),
        ("second", "3 rows: 0 created, 2 repeated, 1 refused\n"),
    ] {
        let ran = import(&place, &["people.csv"]);
        assert_eq!(ran.out, out, "{run}");
        assert_eq!(
            ran.err, "line 4: email EMAIL_TAKEN (an earlier line of this file is the same)\n",
            "{run}"
        );
    }
}

#[test]
fn of_two_rows_with_one_email_the_first_line_wins() {
    let place = Place::with_directory();
    let rows: String = (0..400).map(|row| format!("same@example.com,person{row},P\n")).collect();
    place.write("people.csv", format!("email,username,name\n{rows}"));
    import(&place, &["people.csv", "--outcomes", "outcomes.ndjson"]);
    let outcomes = outcomes(&place, "outcomes.ndjson");
    assert_eq!(outcomes[0]["outcome"], "created");
    assert_eq!(count(&outcomes, "refused"), 399);
}

#[test]
fn emails_of_the_directory_are_taken_too() {
    let place = Place::with_directory();
    place.write("people.csv", "email,username,name\nADMIN@example.com,x,A\nb@example.com,Admin,B\n");
    for arguments in [&["people.csv"][..], &["people.csv", "--dry-run"]] {
        assert_eq!(
            import(&place, arguments).err,
            "line 2: email EMAIL_TAKEN (another user has this email)\n\
             line 3: username USERNAME_TAKEN (another user has this username)\n"
        );
    }
}

#[test]
fn roles_and_licenses_are_those_of_the_directory() {
    let place = Place::with_directory();
    place.with_open_directory(|directory| async move {
        let sales = DefineRole {
            name: RoleName::parse("Sales").unwrap(),
            kind: UserKind::Agent,
            surfaces: Vec::new(),
        };
        directory.ask(Asking::by(Caller::Operator), sales).await.unwrap();
        let seats = SizeLicensePool { license: LicenseType::ReadWrite, owned: 1 };
        directory.ask(Asking::by(Caller::Operator), seats).await.unwrap();
    });
    let rows = "email,name,role\na@example.com,A,SALES\nb@example.com,B,Sales\nc@example.com,C,Nobody\n";
    place.write("people.csv", rows);
    for (arguments, first) in
        [(&["people.csv", "--dry-run"][..], "would be created"), (&["people.csv"], "created")]
    {
        let ran = import(&place, arguments);
        assert_eq!(ran.out, format!("3 rows: 1 {first}, 0 repeated, 2 refused\n"));
        let lines: Vec<&str> = ran.err.lines().collect();
        assert!(
            lines[0].starts_with("line 3: ") && lines[0].contains("NO_LICENCE_AVAILABLE"),
            "{}",
            lines[0]
        );
        assert_eq!(lines[1], "line 4: roles NOT_FOUND (there is no such thing)");
    }
}

#[test]
fn lic_09_clients_come_by_ndjson_and_from_standard_input() {
    let place = Place::with_directory();
    let arguments = ["import", "-", "--format", "ndjson", "--kind", "client"];
    let mut child = place.program(&arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let rows = "{\"email\":\"a@example.com\",\"fullName\":\"A\"}\n\n{\"email\":\"b@example.com\",\"fullName\":\"B\"}";
    child.stdin.take().unwrap().write_all(rows.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.stdout, b"2 rows: 2 created, 0 repeated, 0 refused\n");
    let events = place.run(&["log", "--type", "user.created"]).out;
    assert_eq!(events.matches("\"kind\":\"CLIENT\"").count(), 2);
}

#[test]
fn columns_left_aside_are_told_by_number_only() {
    let place = Place::with_directory();
    place.write("people.csv", "email,Ada Byron,name\na@example.com,x,A\n");
    let ran = import(&place, &["people.csv"]);
    assert_eq!(ran.err, "columns left aside, by number: 2 (name one by --column)\n");
}

#[test]
fn wrong_usage_is_told_and_changes_nothing() {
    let place = Place::with_directory();
    place.write("people.csv", "email,name\na@example.com,A\n");
    place.write("people.txt", "email,name\na@example.com,A\n");
    for (arguments, code, told) in [
        (&["people.csv", "--outcomes", "./people.csv"][..], 2, "--outcomes must not be the file to import"),
        (&["people.txt"], 2, "say --format csv or --format ndjson"),
        (&["people.csv", "--column", "email"], 2, "--column must be FIELD=HEADER"),
        (&["people.csv", "--column", "shoe=Size"], 2, "must be one of email, username"),
        (&["people.csv", "--email-column", "Nope"], 2, "no column has the header that was named for email"),
        (&["nobody.csv"], 6, "could not read nobody.csv"),
    ] {
        let ran = import(&place, arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(told), "{}", ran.err);
    }
    assert_eq!(users_created(&place), 0);
    assert_eq!(place.read("people.csv"), "email,name\na@example.com,A\n");
}
