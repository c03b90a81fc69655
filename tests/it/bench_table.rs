//! `rollbook bench table`, in small. Nothing here judges a time.

use rollbook::bench::{READMES_END, READMES_START, figure, splice};

use crate::cli_program::Place;

#[test]
fn one_command_measures_every_line_and_writes_the_table_into_a_file() {
    let place = Place::empty();
    let disk = place.folder.path().to_string_lossy().into_owned();
    place.write("NOTES.md", format!("before\n{READMES_START}\nold\n{READMES_END}\nafter\n"));
    let small = ["--users", "200", "--events", "2000", "--rounds", "1", "--percent", "1", "--disk", &disk];
    let ran = place.run(&[&["bench", "table", "--readme", "NOTES.md"], &small[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    for line in [
        "| durable commands",
        "| one client",
        "| create user",
        "| replay",
        "| page of users at 200, the first",
        "| user by id",
        "| look-up",
        "| substring search at 200 users",
        "| history, a page of one person",
        "| erase",
        "| as of a moment, the whole list",
        "| restart with 200 users",
        "| memory",
        "| disk",
        "| verify",
    ] {
        assert!(ran.out.contains(line), "no line {line} in\n{}", ran.out);
    }
    assert!(!ran.out.contains("NaN") && !ran.out.contains("inf"), "{}", ran.out);
    assert!(ran.out.contains("PostGraphile is not measured here"));
    let written = place.read("NOTES.md");
    assert_eq!(written, splice(&format!("before\n{READMES_START}{READMES_END}\nafter\n"), &ran.out).unwrap());
    assert_eq!(place.names("."), ["NOTES.md"]);
}

#[test]
fn a_file_without_a_place_for_the_table_is_refused_before_anything_is_measured() {
    let place = Place::empty();
    place.write("NOTES.md", "nothing here\n");
    let ran = place.run(&["bench", "table", "--readme", "NOTES.md"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("there is no place for the table"), "{}", ran.err);
    assert_eq!(place.read("NOTES.md"), "nothing here\n");
}

#[test]
fn a_table_takes_the_place_of_the_one_before() {
    let text = format!("a\n{READMES_START}\n\nold\n{READMES_END}\nb\n");
    assert_eq!(splice(&text, "new\n").unwrap(), format!("a\n{READMES_START}\n\nnew\n\n{READMES_END}\nb\n"));
}

#[test]
fn figures_have_the_digits_that_count() {
    let figures = [0.1234, 9.876, 12.345, 999.6, 1_234.5, 1_234_567.0, -1_234.0].map(figure);
    assert_eq!(figures, ["0.12", "9.88", "12.3", "1,000", "1,234", "1,234,567", "-1,234"]);
}
