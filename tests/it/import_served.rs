//! `rollbook import --server`: rows asked of a running server.

use serde_json::{Value, json};

use crate::cli_calls::call;
use crate::cli_program::{Place, Ran, ran};
use crate::import_export::export;
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

/// Imports files of a place through the server of a client.
async fn import(client: &Client, place: &Place, arguments: &[&str]) -> Ran {
    let server = format!("http://{}", client.address);
    let mut command = place.program(&[&["import", "--server", &server], arguments].concat());
    if let Some(token) = client.token() {
        command.env("ROLLBOOK_TOKEN", token);
    }
    tokio::task::spawn_blocking(move || ran(&mut command)).await.unwrap()
}

/// Outcomes without ids, which depend on whose answer came first.
fn outcomes(place: &Place, name: &str) -> Vec<Value> {
    let lines = place.read(name);
    let parsed = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    parsed.map(|line| json!([line["line"], line["outcome"], line["errors"]])).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_has_the_outcome_that_it_has_without_a_server() {
    let rollbook = Rollbook::start().await;
    let file = export(19, 400, 40);
    let (place, file) = tokio::task::spawn_blocking(move || {
        let place = Place::with_directory();
        place.write("people.csv", &file.bytes);
        place.run(&["import", "people.csv", "--outcomes", "offline.ndjson"]);
        (place, file)
    })
    .await
    .unwrap();
    let ran = import(&rollbook.admin, &place, &["people.csv", "--outcomes", "served.ndjson"]).await;
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (3, "400 rows: 360 created, 0 repeated, 40 refused\n"),
        "{}",
        ran.err
    );
    assert_eq!(outcomes(&place, "served.ndjson"), outcomes(&place, "offline.ndjson"));
    assert_eq!(file.bad.len(), 40);
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_through_a_server_again_creates_nobody_twice() {
    let rollbook = Rollbook::start().await;
    let place = Place::empty();
    place.write("half.csv", "email,name\na@example.com,A\nb@example.com,B\n");
    place.write("whole.csv", "email,name\na@example.com,A\nb@example.com,B\nc@example.com,C\n");
    assert_eq!(
        import(&rollbook.admin, &place, &["half.csv"]).await.out,
        "2 rows: 2 created, 0 repeated, 0 refused\n"
    );
    let ran = import(&rollbook.admin, &place, &["whole.csv"]).await;
    assert_eq!((ran.code, ran.out.as_str()), (0, "3 rows: 1 created, 2 repeated, 0 refused\n"));
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_rows_that_want_the_same_the_first_line_wins_at_a_server_too() {
    let rollbook = Rollbook::start().await;
    let size = ["license-pool", "size", "--type", "READ_WRITE", "--owned", "1"];
    assert_eq!(call(&rollbook.admin, &size).await.code, 0);
    let define = ["role", "define", "--name", "Sales", "--kind", "AGENT", "--surfaces", "LISTS"];
    assert_eq!(call(&rollbook.admin, &define).await.code, 0);
    let place = Place::empty();
    let same: String = (0..40).map(|row| format!("same@example.com,person{row},P,\n")).collect();
    let seats: String = (0..40).map(|row| format!("agent{row}@example.com,agent{row},P,SALES\n")).collect();
    place.write("people.csv", format!("email,username,name,role\n{same}{seats}"));
    let ran = import(&rollbook.admin, &place, &["people.csv", "--outcomes", "outcomes.ndjson"]).await;
    assert_eq!(ran.out, "80 rows: 2 created, 0 repeated, 78 refused\n", "{}", ran.err);
    let created = |outcome: &Value| outcome[1] == "created";
    let outcomes = outcomes(&place, "outcomes.ndjson");
    assert!(created(&outcomes[0]) && created(&outcomes[40]), "{outcomes:?}");
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_role_is_refused_with_its_line() {
    let rollbook = Rollbook::start().await;
    let place = Place::empty();
    place.write("people.csv", "email,name,role\na@example.com,A,Nobody\n");
    let ran = import(&rollbook.admin, &place, &["people.csv"]).await;
    assert_eq!((ran.code, ran.err.as_str()), (3, "line 2: roles NOT_FOUND (there is no such thing)\n"));
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_without_the_right_creates_nobody() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("CLIENT", "ada").await;
    let ada = rollbook.sign_in("ada", "password of ada").await;
    let place = Place::empty();
    place.write("people.csv", "email,name\na@example.com,A\n");
    let ran = import(&ada, &place, &["people.csv"]).await;
    assert_ne!(ran.code, 0);
    assert!(ran.err.contains("FORBIDDEN"), "{}", ran.err);
    let count = call(&rollbook.admin, &["query", "{ users { totalCount } }"]).await;
    assert_eq!(count.out, "{\"users\":{\"totalCount\":2}}\n");
    rollbook.stop().await;
}

#[test]
fn a_dry_run_through_a_server_is_wrong_usage() {
    let place = Place::empty();
    let ran = place.run(&["import", "people.csv", "--dry-run", "--server", "http://127.0.0.1:9"]);
    assert_eq!(ran.code, 2);
}
