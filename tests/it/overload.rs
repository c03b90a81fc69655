//! More than can be borne is answered at once, and shutting down finishes what was accepted.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;

use rollbook::directory::Directory;
use rollbook::writer::CommandError;
use rollbook_schema::RejectionCode;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::durability::{create, is_known};
use crate::support::http::Client;
use crate::support::rollbook::{ADMIN_PASSWORD, options};

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_answers_busy_at_once_and_loses_nothing_it_accepted() {
    let folder = TempDir::new().unwrap();
    let mut options = options(&folder);
    options.queue_commands_max = 1;
    let directory = Directory::open(options).unwrap();
    let asked = (0..200).map(|number| {
        let directory = directory.clone();
        let name = format!("u{number}");
        tokio::spawn(async move { (create(&directory, &name).await, name) })
    });
    let (mut busy, mut accepted) = (0, Vec::new());
    for answer in asked.collect::<Vec<_>>() {
        match answer.await.unwrap() {
            (Ok(_), name) => accepted.push(name),
            (Err(CommandError::Refused(why)), _) => {
                assert_eq!(why.code(), RejectionCode::Busy);
                busy += 1;
            }
            (Err(stopped), _) => panic!("{stopped}"),
        }
    }
    assert!(busy > 0, "200 commands at once do not fit a queue of one");
    assert!(accepted.iter().all(|name| is_known(&directory, name)));
    directory.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_finishes_what_was_accepted_and_refuses_the_rest() {
    let folder = TempDir::new().unwrap();
    let directory = Directory::open(options(&folder)).unwrap();
    let asked: Vec<_> = (0..100)
        .map(|number| {
            let directory = directory.clone();
            let name = format!("u{number}");
            tokio::spawn(async move { (create(&directory, &name).await.is_ok(), name) })
        })
        .collect();
    create(&directory, "somebody").await.unwrap();
    directory.close().await.unwrap();
    let mut acknowledged = vec!["somebody".to_owned()];
    for answer in asked {
        let (ok, name) = answer.await.unwrap();
        acknowledged.extend(ok.then_some(name));
    }
    assert!(matches!(create(&directory, "late").await, Err(CommandError::Stopped(_))));
    drop(directory);
    let directory = Directory::open(options(&folder)).unwrap();
    assert!(acknowledged.iter().all(|name| is_known(&directory, name)));
    assert!(!is_known(&directory, "late"));
    directory.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_ends_a_server_under_load_with_nothing_acknowledged_missing() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let mut server = Command::new(env!("CARGO_BIN_EXE_rollbook"))
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--hashing-memory-kib",
            "64",
            "--hashing-passes",
            "1",
            "--data",
        ])
        .arg(&data)
        .env("ROLLBOOK_ADMIN_PASSWORD", ADMIN_PASSWORD)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines().map_while(Result::ok);
    let line = lines.find(|line| line.contains("http://")).unwrap();
    let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().parse().unwrap();
    let client = Client::new(address);
    let sign_in = format!(
        "mutation {{ signIn(input: {{ login: \"admin\", password: \"{ADMIN_PASSWORD}\" }}) {{ token }} }}"
    );
    let data_of = client.data(&sign_in, json!({})).await;
    let client = client.bearer(data_of["signIn"]["token"].as_str().unwrap());

    let enough = Arc::new(tokio::sync::Semaphore::new(0));
    let clients: Vec<_> =
        (0..4).map(|number| tokio::spawn(until_refused(client.clone(), number, enough.clone()))).collect();
    enough.acquire_many(20).await.unwrap().forget();
    let told = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert!(told.success());
    let mut acknowledged = Vec::new();
    for client in clients {
        acknowledged.extend(client.await.unwrap());
    }
    assert!(server.wait().unwrap().success(), "it ends in good order");
    let directory = Directory::open(options(&folder)).unwrap();
    assert!(acknowledged.iter().all(|email| directory.views().users.by_email(email).is_some()));
    directory.close().await.unwrap();
}

/// Creates clients until the server does not take one; gives the emails it acknowledged.
async fn until_refused(client: Client, number: u64, enough: Arc<tokio::sync::Semaphore>) -> Vec<String> {
    let document = "mutation($input: CreateUserInput!) { createUser(input: $input) { position } }";
    let mut emails = Vec::new();
    for turn in 0.. {
        let email = format!("s{number}-{turn}@example.org");
        let input =
            json!({ "kind": "CLIENT", "email": email, "fullName": "Somebody", "password": "not-a-secret" });
        let Some(answer) =
            client.try_post(json!({ "query": document, "variables": { "input": input } })).await
        else {
            break;
        };
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        if body["data"]["createUser"]["position"].is_null() {
            break;
        }
        enough.add_permits(1);
        emails.push(email);
    }
    emails
}
