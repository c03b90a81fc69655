//! `rollbook bench generate`: what it writes is a directory like any other, and the same for the same seed.

use crate::cli_program::Place;

const SMALL: [&str; 6] = ["bench", "generate", "--users", "60", "--events", "960"];

/// Generates into a folder, and says what was printed.
fn generate(place: &Place, folder: &str, more: &[&str]) -> String {
    let ran = place.run(&[&SMALL, more, &[folder]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    ran.out
}

#[test]
fn the_same_seed_is_the_same_log_to_the_byte_and_another_seed_another() {
    let place = Place::empty();
    let [first, again] = ["one", "two"].map(|folder| generate(&place, folder, &[]));
    let other = generate(&place, "three", &["--seed", "2"]);
    assert_eq!(first, again);
    assert_ne!(first, other);
    assert!(first.starts_with("60 users, 9"), "{first}");
}

#[test]
fn what_is_generated_verifies_opens_and_holds_everybody() {
    let place = Place::empty();
    generate(&place, "rollbook-data", &[]);
    let verified = place.run(&["audit", "verify"]);
    assert_eq!((verified.code, verified.err.as_str()), (0, ""));
    let counted = place.run(&["rebuild"]);
    assert!(counted.out.contains("rebuilt at position 9"), "{}", counted.out);
    let told = place.run(&["log"]).out;
    let created = told.lines().filter(|line| line.contains("\"user.created")).count();
    assert_eq!(created, 61);
    for written in
        ["signed.in@1", "signed.out@1", "profile.changed@1", "account.locked@1", "team_member.added@1"]
    {
        assert!(told.contains(written), "nobody ever {written}");
    }
}

#[test]
fn few_people_do_most_of_what_is_done() {
    let place = Place::empty();
    generate(&place, "rollbook-data", &[]);
    let told = place.run(&["log"]).out;
    let about = |user: u64| {
        told.lines().filter(|line| line.contains(&format!("\"subject\":{{\"user\":{user}}}"))).count()
    };
    let [first, last] = [9..19, 58..68].map(|users| users.map(about).sum::<usize>());
    assert!(first > 2 * last, "{first} lines are about the first ten, {last} the last ten");
}

#[test]
fn a_directory_that_is_there_is_left_as_it_is() {
    let place = Place::with_directory();
    let ran = place.run(&[&SMALL[..], &["rollbook-data"]].concat());
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("there is a directory already"), "{}", ran.err);
    assert!(place.run(&["audit", "verify"]).out.starts_with("intact: "));
}
