//! Help texts and exit codes: what people and scripts rely on, as files to review.

use expect_test::expect_file;

use crate::cli_program::Place;

fn help(arguments: &[&str]) -> String {
    let ran = Place::empty().run(arguments);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    ran.out
}

#[test]
fn help_of_the_program_names_commands_and_exit_codes() {
    let help = help(&["--help"]);
    // The nouns grow with the schema, and other tests ask for each.
    let shown = help.lines().map(|line| if line.starts_with("  access-profile, ") { "  …" } else { line });
    let shown: Vec<&str> = shown.collect();
    expect_file!["../golden/help-rollbook.txt"].assert_eq(&(shown.join("\n") + "\n"));
}

#[test]
fn help_of_serve_names_every_setting() {
    expect_file!["../golden/help-serve.txt"].assert_eq(&help(&["serve", "--help"]));
}

#[test]
fn help_of_import() {
    expect_file!["../golden/help-import.txt"].assert_eq(&help(&["import", "--help"]));
}

#[test]
fn help_of_log() {
    expect_file!["../golden/help-log.txt"].assert_eq(&help(&["log", "--help"]));
}

#[test]
fn help_of_query() {
    expect_file!["../golden/help-query.txt"].assert_eq(&help(&["query", "--help"]));
}

#[test]
fn help_of_a_noun_names_its_verbs() {
    expect_file!["../golden/help-license.txt"].assert_eq(&help(&["help", "license"]));
}

#[test]
fn help_of_a_call_comes_from_the_schema() {
    expect_file!["../golden/help-license-grant.txt"].assert_eq(&help(&["license", "grant", "--help"]));
}

#[test]
fn help_of_a_secret_says_where_it_comes_from() {
    expect_file!["../golden/help-password-set.txt"].assert_eq(&help(&["password", "set", "--help"]));
}

#[test]
fn help_of_session_start() {
    expect_file!["../golden/help-session-start.txt"].assert_eq(&help(&["session", "start", "--help"]));
}

#[test]
fn help_of_rebuild() {
    expect_file!["../golden/help-rebuild.txt"].assert_eq(&help(&["rebuild", "--help"]));
}

#[test]
fn help_of_audit_verify() {
    expect_file!["../golden/help-audit-verify.txt"].assert_eq(&help(&["audit", "verify", "--help"]));
}

#[test]
fn help_of_audit_review() {
    expect_file!["../golden/help-audit-review.txt"].assert_eq(&help(&["audit", "review", "--help"]));
}

#[test]
fn help_of_replay() {
    expect_file!["../golden/help-replay.txt"].assert_eq(&help(&["replay", "--help"]));
}

#[test]
fn an_unknown_command_is_wrong_usage() {
    assert_eq!(Place::empty().run(&["frobnicate"]).code, 2);
}

#[test]
fn secrets_have_no_flag() {
    for flag in ["--admin-password=x", "--admin-email=x", "--master-key=x"] {
        assert_eq!(Place::empty().run(&["serve", flag]).code, 2, "{flag}");
    }
}

#[test]
fn an_unknown_variable_is_refused_by_name() {
    let place = Place::empty();
    let ran = crate::cli_program::ran(place.program(&["serve"]).env("ROLLBOOK_LISTN", "127.0.0.1:0"));
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.err,
        "rollbook: ROLLBOOK_LISTN is not a setting of rollbook: see `rollbook serve --help`, or unset it\n"
    );
    assert_eq!(place.names("."), Vec::<String>::new());
}

#[test]
fn a_wrong_value_is_refused_with_what_it_must_be() {
    let place = Place::empty();
    let ran = crate::cli_program::ran(place.program(&["serve"]).env("ROLLBOOK_HASHING_PASSES", "many"));
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err, "rollbook: ROLLBOOK_HASHING_PASSES must be a whole number from 1 to 1000\n");
}

#[test]
fn the_schema_is_printed() {
    let ran = Place::empty().run(&["schema"]);
    assert_eq!(ran.code, 0);
    assert_eq!(ran.out, rollbook::graphql::sdl());
}
