//! Mutations from the command line: the real program against a served directory.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::Stdio;

use apollo_compiler::Schema;
use rollbook::cli::words::{Many, Words};
use serde_json::{Value, json};

use crate::cli_program::{Place, Ran, ran};
use crate::support::http::Client;
use crate::support::rollbook::{ADMIN_PASSWORD, Rollbook};

/// Runs the program with the token of a client, in an empty folder, while the server goes on.
pub async fn call(client: &Client, arguments: &[&str]) -> Ran {
    call_with(client, arguments, &[], "").await
}

/// The same, with variables and with text on standard input.
pub async fn call_with(client: &Client, arguments: &[&str], variables: &[(&str, &str)], typed: &str) -> Ran {
    let place = Place::empty();
    let mut command = place.program(arguments);
    command.env("ROLLBOOK_SERVER", format!("http://{}", client.address)).envs(variables.iter().copied());
    if let Some(token) = client.token() {
        command.env("ROLLBOOK_TOKEN", token);
    }
    let typed = typed.to_owned();
    let run = move || {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // Whoever refuses without reading closes the pipe.
        let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
        let output = child.wait_with_output().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    };
    let ran = tokio::task::spawn_blocking(run).await.unwrap();
    drop(place);
    ran
}

pub fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{} {} {}", ran.code, ran.out, ran.err))
}

fn schema() -> Schema {
    Schema::parse(rollbook::graphql::sdl(), "rollbook.graphql").unwrap()
}

#[test]
fn the_command_line_reaches_every_mutation() {
    let (place, schema) = (Place::empty(), schema());
    let mutations = &schema.get_object("Mutation").unwrap().fields;
    let mut typed = BTreeSet::new();
    for (name, field) in mutations {
        let words = Words::of_mutation(name);
        assert!(typed.insert(words.clone()), "{name} is asked by the words of another: {words:?}");
        let arguments: Vec<&str> = words.typed().chain(["--help"]).collect();
        let ran = place.run(&arguments);
        let description =
            field.description.as_ref().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(ran.code == 0 && ran.out.starts_with(&description), "{name} by {arguments:?}: {}", ran.out);
    }
    // Each verb that stands alone is no noun, so that the first word tells.
    let nouns: BTreeSet<&String> = typed.iter().filter_map(|words| words.noun.as_ref()).collect();
    let alone = typed.iter().filter(|words| words.noun.is_none()).map(|words| &words.verb);
    assert_eq!(alone.filter(|verb| nouns.contains(verb)).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn the_command_line_reaches_every_field_of_the_query() {
    let (place, schema) = (Place::empty(), schema());
    for (name, field) in &schema.get_object("Query").unwrap().fields {
        let description =
            field.description.as_ref().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        let reached = [Many::One, Many::Rows].into_iter().any(|many| {
            let words = Words::of_query(name, many);
            let ran = place.run(&words.typed().chain(["--help"]).collect::<Vec<_>>());
            ran.code == 0 && ran.out.starts_with(&description)
        });
        assert!(reached, "{name}");
    }
}

#[test]
fn words_come_from_the_stem() {
    for (stem, typed) in [
        ("grantLicense", "license grant"),
        ("signIn", "sign-in"),
        ("signOut", "sign-out"),
        ("bulk", "bulk"),
        ("maskPii", "pii mask"),
        ("lockAccount", "account lock"),
        ("changeOwnPassword", "own-password change"),
        ("setPassword", "password set"),
        ("addToBusinessUnit", "business-unit add-to"),
        ("removeFromBusinessUnit", "business-unit remove-from"),
        ("endSessions", "sessions end"),
        ("maskPII", "pii mask"),
    ] {
        let words = Words::of_mutation(stem);
        assert_eq!(words.typed().collect::<Vec<_>>().join(" "), typed);
    }
    for (field, many, typed) in [
        ("users", Many::Rows, "user list"),
        ("user", Many::One, "user show"),
        ("businessUnits", Many::Rows, "business-unit list"),
        ("history", Many::Rows, "history list"),
        ("settings", Many::One, "settings show"),
    ] {
        let words = Words::of_query(field, many);
        assert_eq!(words.typed().collect::<Vec<_>>().join(" "), typed);
    }
}

#[test]
fn no_secret_is_an_argument() {
    let place = Place::empty();
    for arguments in [
        ["password", "set", "--password=x"],
        ["password", "set", "--current-password=x"],
        ["user", "create", "--password=x"],
        ["session", "start", "--password=x"],
    ] {
        let ran = place.run(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(
            ran.err.contains("unexpected argument '--password'") || ran.err.contains("'--current-password'")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_mutation_prints_its_payload_and_exits_with_0() {
    let rollbook = Rollbook::start().await;
    let arguments = ["license-pool", "size", "--type", "READ_WRITE", "--owned", "10"];
    let ran = call(&rollbook.admin, &arguments).await;
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let payload = json(&ran);
    assert_eq!(payload["licensePool"]["owned"], 10);
    assert_eq!(payload["position"], rollbook.directory.reached().0);
    assert_eq!(payload["errors"], json!([]));
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_exits_with_7_and_says_why() {
    let rollbook = Rollbook::start().await;
    let ada = rollbook.admin.create("AGENT", "ada").await;
    let ran = call(&rollbook.admin, &["license", "grant", "--user-id", &ada, "--type", "READ_WRITE"]).await;
    assert_eq!(ran.code, 7);
    assert_eq!(json(&ran)["errors"][0]["code"], "NO_LICENCE_AVAILABLE");
    assert!(ran.err.starts_with("refused: NO_LICENCE_AVAILABLE at input"), "{}", ran.err);
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_may_not_ask_exits_with_7() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("CLIENT", "ada").await;
    let ada = rollbook.sign_in("ada", "password of ada").await;
    let ran =
        call(&ada, &["role", "define", "--name", "Support", "--kind", "AGENT", "--surfaces", "LISTS"]).await;
    assert_eq!(ran.code, 7);
    assert!(ran.err.contains("FORBIDDEN"), "{}", ran.err);
    rollbook.stop().await;
}

#[test]
fn a_server_that_is_not_there_exits_with_1() {
    let place = Place::empty();
    // Port 9 discards, and hardly anybody serves it.
    let ran = place.run(&["account", "lock", "--user-id", "user_9", "--server", "http://127.0.0.1:9"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.starts_with("rollbook: could not connect to the server"), "{}", ran.err);
}

#[test]
fn an_unknown_name_and_a_missing_flag_are_wrong_usage() {
    let place = Place::empty();
    for (arguments, told) in [
        (
            &["license", "grant", "--user-id", "user_9", "--type", "GOLD"][..],
            "[possible values: READ_WRITE, READ_ONLY]",
        ),
        (&["license", "grant", "--type", "READ_ONLY"], "--user-id"),
        (&["license-pool", "size", "--type", "READ_ONLY", "--owned", "many"], "it must be a whole number"),
        (&["proxy", "start", "--user-id", "user_9", "--acknowledged", "yes"], "it must be true or false"),
        (&["bulk", "--command", "{", "--user-ids", "user_9"], "it must be JSON"),
    ] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains(told), "{}", ran.err);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_come_by_commas_or_again_and_again() {
    let rollbook = Rollbook::start().await;
    for (name, surfaces) in [
        ("Commas", &["--surfaces", "LISTS,VIEWS"][..]),
        ("Again", &["--surfaces", "LISTS", "--surfaces", "VIEWS"]),
    ] {
        let arguments = [&["role", "define", "--kind", "AGENT", "--name", name], surfaces].concat();
        let select = ["--select", "{ role { surfaces } }"];
        let ran = call(&rollbook.admin, &[arguments.as_slice(), &select].concat()).await;
        assert_eq!(json(&ran)["role"]["surfaces"], json!(["LISTS", "VIEWS"]), "{}", ran.err);
    }
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn null_is_said_by_no_and_what_is_not_said_stays() {
    let rollbook = Rollbook::start().await;
    let ada = rollbook.admin.create("AGENT", "ada").await;
    let change = ["profile", "change", "--user-id", &ada, "--select", "{ user { title postalCode } }"];
    call(&rollbook.admin, &[&change[..], &["--title", "Countess", "--postal-code", "1815"]].concat()).await;
    let ran = call(&rollbook.admin, &[&change[..], &["--no-title"]].concat()).await;
    assert_eq!(json(&ran)["user"], json!({ "title": null, "postalCode": "1815" }));
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_id_is_done_once() {
    let rollbook = Rollbook::start().await;
    let create = ["team", "create", "--name", "Sales", "--command-id", "ticket 42"];
    let first = json(&call(&rollbook.admin, &create).await);
    let second = json(&call(&rollbook.admin, &create).await);
    assert_eq!((&first["repeated"], &second["repeated"]), (&json!(false), &json!(true)));
    assert_eq!(first["team"]["id"], second["team"]["id"]);
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expected_version_is_kept_to() {
    let rollbook = Rollbook::start().await;
    let ada = rollbook.admin.create("AGENT", "ada").await;
    let lock = ["account", "lock", "--user-id", &ada, "--expected-version", "7"];
    let ran = call(&rollbook.admin, &lock).await;
    assert_eq!(ran.code, 7);
    assert_eq!(json(&ran)["errors"][0]["code"], "VERSION_CONFLICT");
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_input_comes_as_json_and_flags_add_to_it() {
    let rollbook = Rollbook::start().await;
    let input = json!({ "kind": "AGENT", "email": "ada@example.org", "fullName": "Ada", "password": "password of ada" });
    let arguments =
        ["user", "create", "--input", "-", "--full-name", "Ada Byron", "--select", "{ user { fullName } }"];
    let ran = call_with(&rollbook.admin, &arguments, &[], &input.to_string()).await;
    assert_eq!(json(&ran)["user"]["fullName"], "Ada Byron", "{}", ran.err);
    rollbook.sign_in("ada@example.org", "password of ada").await;
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_comes_from_standard_input_a_variable_or_a_file() {
    let rollbook = Rollbook::start().await;
    let ada = rollbook.admin.create("AGENT", "ada").await;
    let place = Place::empty();
    let file = place.write("secret", "third password\n");
    let set = ["password", "set", "--user-id", &ada];
    let (by_env, by_file) = (["--password-env", "ROLLBOOK_NEW"], ["--password-file", file.to_str().unwrap()]);
    for (more, variables, typed, password) in [
        (&[][..], &[][..], "first password\n", "first password"),
        (&by_env, &[("ROLLBOOK_NEW", "second password")], "", "second password"),
        (&by_file, &[], "", "third password"),
    ] {
        let ran = call_with(&rollbook.admin, &[&set[..], more].concat(), variables, typed).await;
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        rollbook.sign_in("ada", password).await;
    }
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_refusal_among_many_exits_with_3() {
    let rollbook = Rollbook::start().await;
    let ada = rollbook.admin.create("AGENT", "ada").await;
    let users = format!("{ada},user_3");
    let ran =
        call(&rollbook.admin, &["bulk", "--command", r#"{"plain":"LOCK_ACCOUNT"}"#, "--user-ids", &users])
            .await;
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert_eq!((&json(&ran)["accepted"], &json(&ran)["refused"]), (&json!(1), &json!(1)));
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_starts_is_used_and_ends() {
    let rollbook = Rollbook::start().await;
    let nobody = rollbook.anonymous();
    let ran = call_with(&nobody, &["session", "start", "--login", "admin"], &[], ADMIN_PASSWORD).await;
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let admin = nobody.bearer(ran.out.trim());
    assert_eq!(json(&call(&admin, &["me", "show"]).await)["username"], "admin");
    assert_eq!(call(&admin, &["sign-out"]).await.code, 0);
    let ran = call(&admin, &["me", "show"]).await;
    assert_eq!((ran.code, ran.err.contains("opens nothing")), (1, true), "{}", ran.err);
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_starts_no_session() {
    let rollbook = Rollbook::start().await;
    let nobody = rollbook.anonymous();
    let ran = call_with(&nobody, &["session", "start", "--login", "admin"], &[], "wrong\n").await;
    assert_eq!((ran.code, ran.out.as_str()), (7, ""));
    assert!(ran.err.starts_with("refused: "), "{}", ran.err);
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_kept_on_request_for_its_owner_and_its_server_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let rollbook = Rollbook::start().await;
    let nobody = rollbook.anonymous();
    let place = Place::empty();
    let state = place.path("state");
    let state = [("XDG_STATE_HOME", state.to_str().unwrap())];
    let start = ["session", "start", "--login", "admin", "--keep"];
    let ran = call_with(&nobody, &start, &state, ADMIN_PASSWORD).await;
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    let names = place.names("state/rollbook");
    assert_eq!(names.len(), 1, "{names:?}");
    let mode = std::fs::metadata(place.path("state/rollbook").join(&names[0])).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let ran = call_with(&nobody, &["me", "show"], &state, "").await;
    assert_eq!(json(&ran)["username"], "admin");
    let elsewhere = Rollbook::start().await;
    let ran = call_with(&elsewhere.anonymous(), &["me", "show"], &state, "").await;
    assert_eq!(ran.out, "null\n");
    elsewhere.stop().await;
    rollbook.stop().await;
}

#[test]
fn a_misspelt_variable_is_refused() {
    let place = Place::empty();
    let ran = ran(place.program(&["me", "show"]).env("ROLLBOOK_SERVR", "http://127.0.0.1:9"));
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("ROLLBOOK_SERVR is not a setting"), "{}", ran.err);
}
