//! `kill -9` of the real server under a load of HTTP clients.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use axum::http::StatusCode;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::Semaphore;

use super::cycles;
use crate::support::http::Client;
use crate::support::rollbook::ADMIN_PASSWORD;

/// Clients that create users at the same time.
const CLIENTS: u64 = 8;

/// A server as its README starts it.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rollbook"))
            .args(["serve", "--listen", "127.0.0.1:0", "--hashing-memory-kib", "64", "--hashing-passes", "1"])
            .arg("--data")
            .arg(data)
            .env("ROLLBOOK_ADMIN_PASSWORD", ADMIN_PASSWORD)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        let served =
            lines.find_map(|line| line.split("http://").nth(1).map(str::to_owned)).expect("it serves");
        let address = served.split('/').next().unwrap().parse().unwrap();
        Server { child, address }
    }

    async fn signed_in(&self) -> Client {
        let client = Client::new(self.address);
        let document =
            "mutation { signIn(input: { login: \"admin\", password: \"first-administrator\" }) { token } }";
        let data = client.data(document, json!({})).await;
        client.bearer(data["signIn"]["token"].as_str().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Creates clients until the server does not answer; gives the emails it acknowledged.
async fn load(client: Client, cycle: u64, number: u64, acknowledged: Arc<Semaphore>) -> Vec<String> {
    let document =
        "mutation($input: CreateUserInput!) { createUser(input: $input) { position errors { code } } }";
    let mut emails = Vec::new();
    for turn in 0.. {
        let name = format!("k{cycle}-{number}-{turn}");
        let email = format!("{name}@example.org");
        let input = json!({ "kind": "CLIENT", "email": email, "fullName": name, "password": "not-a-secret" });
        let body = json!({ "query": document, "variables": { "input": input } });
        let Some(answer) = client.try_post(body).await else { break };
        if answer.status != StatusCode::OK {
            break;
        }
        let body: Value = serde_json::from_slice(&answer.body).unwrap();
        if body["data"]["createUser"]["position"].is_null() {
            break;
        }
        acknowledged.add_permits(1);
        emails.push(email);
    }
    emails
}

async fn assert_all_known(client: &Client, emails: &[String], cycle: u64) {
    for chunk in emails.chunks(40) {
        let asked = chunk.iter().enumerate();
        let fields = asked.map(|(n, email)| format!("u{n}: user(by: {{ email: \"{email}\" }}) {{ id }}"));
        let data = client.data(&format!("{{ {} }}", fields.collect::<Vec<_>>().join(" ")), json!({})).await;
        for (n, email) in chunk.iter().enumerate() {
            assert!(!data[format!("u{n}")].is_null(), "cycle {cycle}: {email} was acknowledged and is gone");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_loses_nobody_who_was_acknowledged() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let mut witness: Vec<String> = Vec::new();
    for cycle in 0..cycles() {
        let mut server = Server::start(&data);
        let client = server.signed_in().await;
        assert_all_known(&client, &witness, cycle).await;
        let acknowledged = Arc::new(Semaphore::new(0));
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| tokio::spawn(load(client.clone(), cycle, number, acknowledged.clone())))
            .collect();
        // Killed at another point of the load each time, counted in answers, not in seconds.
        let enough = u32::try_from(5 + cycle * 13 % 60).unwrap();
        acknowledged.acquire_many(enough).await.unwrap().forget();
        server.child.kill().unwrap();
        for client in clients {
            witness.extend(client.await.unwrap());
        }
    }
    assert!(witness.len() as u64 >= cycles() * 5);
}
