//! `rollbook log --server`: the log of a server, read and followed.

use std::process::Stdio;

use serde_json::Value;

use crate::cli_program::{Place, Ran, ran};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

/// Runs `log` with the token of a client, while the server goes on.
async fn log(client: &Client, arguments: &[&str]) -> Ran {
    let place = Place::empty();
    let mut command = place.program(&["log", "--server", &format!("http://{}", client.address)]);
    command.args(arguments);
    if let Some(token) = client.token() {
        command.env("ROLLBOOK_TOKEN", token);
    }
    tokio::task::spawn_blocking(move || ran(&mut command)).await.unwrap()
}

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn positions(out: &str) -> Vec<u64> {
    lines(out).iter().map(|line| line["position"].as_u64().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_there_is_is_printed_and_then_it_ends() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ada").await;
    let head = rollbook.directory.reached().0;
    let ran = log(&rollbook.admin, &[]).await;
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(positions(&ran.out), (1..=head).collect::<Vec<_>>());
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_limit_user_and_type_are_kept_to() {
    let rollbook = Rollbook::start().await;
    let ada = rollbook.admin.create("AGENT", "ada").await;
    let all = log(&rollbook.admin, &[]).await.out;
    assert_eq!(positions(&log(&rollbook.admin, &["--after", "1", "--limit", "1"]).await.out), [2]);
    let number = ada.strip_prefix("user_").unwrap();
    let ran = log(&rollbook.admin, &["--user", number, "--type", "user.created"]).await;
    let wanted = lines(&all)
        .into_iter()
        .find(|line| line["subject"]["id"] == ada.as_str() && line["typeName"] == "user.created@1");
    assert_eq!(lines(&ran.out), [wanted.unwrap()]);
    let by_id = log(&rollbook.admin, &["--user", &ada, "--type", "user.created"]).await;
    assert_eq!(by_id, ran, "the id that the API hands out names the same");
    assert_eq!(
        log(&rollbook.admin, &["--type", "pii.masked"]).await,
        Ran { code: 0, out: String::new(), err: String::new() }
    );
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_parts_are_shown_only_when_asked() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ada").await;
    let shows = |ran: &Ran| ran.out.contains("ada@example.org");
    assert!(!shows(&log(&rollbook.admin, &[]).await));
    assert!(shows(&log(&rollbook.admin, &["--reveal"]).await));
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_followed_as_they_come() {
    let rollbook = Rollbook::start().await;
    let head = rollbook.directory.reached().0.to_string();
    let place = Place::empty();
    let url = format!("http://{}", rollbook.admin.address);
    let arguments =
        ["log", "--server", &url, "--after", &head, "--follow", "--limit", "1", "--type", "user.created"];
    let mut command = place.program(&arguments);
    command.env("ROLLBOOK_TOKEN", rollbook.admin.token().unwrap()).stdout(Stdio::piped());
    let child = command.spawn().unwrap();
    let ada = rollbook.admin.create("AGENT", "ada").await;
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    assert!(output.status.success());
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(lines(&out)[0]["subject"]["id"], ada.as_str());
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_the_server_ends_says_where_to_go_on() {
    let rollbook = Rollbook::start().await;
    // Following is recorded, and followed itself.
    let last = rollbook.directory.reached().0 + 1;
    let place = Place::empty();
    let url = format!("http://{}", rollbook.admin.address);
    let mut command = place.program(&["log", "--server", &url, "--follow"]);
    command.env("ROLLBOOK_TOKEN", rollbook.admin.token().unwrap());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let out = child.stdout.take().unwrap();
    let read = tokio::task::spawn_blocking(move || {
        let lines = std::io::BufRead::lines(std::io::BufReader::new(out));
        lines.take(usize::try_from(last).unwrap()).for_each(|line| drop(line.unwrap()));
    });
    read.await.unwrap();
    rollbook.stop().await;
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    assert_eq!(output.status.code(), Some(1));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.contains(&format!("go on with --after {last}")), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_opens_nothing_is_told() {
    let rollbook = Rollbook::start().await;
    let ran = log(&rollbook.admin.bearer("stolen"), &[]).await;
    assert_eq!(ran.code, 1);
    assert_eq!(ran.err, "rollbook: the token in ROLLBOOK_TOKEN opens nothing: sign in again\n");
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_see_history_is_refused() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("CLIENT", "ada").await;
    let ada = rollbook.sign_in("ada", "password of ada").await;
    let ran = log(&ada, &[]).await;
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.starts_with("rollbook: the server refused: "), "{}", ran.err);
    rollbook.stop().await;
}

#[test]
fn wrong_usage_is_told() {
    for (arguments, told) in [
        (&["log", "--follow"][..], "--follow needs --server: while a server runs, the log is its own"),
        (&["log", "--server", "http://127.0.0.1:1"], "needs the token of a session in ROLLBOOK_TOKEN"),
        (&["log", "--server", "https://127.0.0.1:1"], "must begin with http://"),
        (&["log", "--server", "127.0.0.1"], "must begin with http://"),
    ] {
        let ran = Place::empty().run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains(told), "{}", ran.err);
    }
}
