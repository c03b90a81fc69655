//! Subscriptions that nothing happens on: held by the thousand, each for little memory, and all alive.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use futures_util::future::join_all;
use serde_json::json;

use crate::cli_program::Place;
use crate::support::http::Client;
use crate::support::rollbook::{ADMIN_PASSWORD, Rollbook};
use crate::support::websocket::GraphQlSocket;

const FOLLOW: &str = "subscription { events { position } }";
/// Held in every run of the tests.
const FEW: usize = 200;
/// Held when somebody measures.
const MANY: usize = 10_000;
/// What one of many may cost the server at most, in bytes: about four times what was measured.
const BYTES_EACH_MAX: u64 = 128 * 1024;
/// Opened at the same time: fewer than wait in the listen queue.
const OPENING_AT_ONCE: usize = 64;

/// Opens so many, each on a WebSocket of its own, and a round trip on each shows that it is held.
async fn follow(client: &Client, count: usize) -> Vec<GraphQlSocket> {
    let mut sockets = Vec::with_capacity(count);
    while sockets.len() < count {
        let some = OPENING_AT_ONCE.min(count - sockets.len());
        sockets.extend(
            join_all((0..some).map(async |_| {
                let mut socket = GraphQlSocket::connect(client).await;
                socket.subscribe("1", FOLLOW).await;
                socket.say(json!({ "type": "ping" })).await;
                assert_eq!(socket.hear().await, json!({ "type": "pong" }));
                socket
            }))
            .await,
        );
    }
    sockets
}

/// Something happens once, and every one of them hears it.
async fn all_hear(sockets: &mut [GraphQlSocket], client: &Client) {
    let created = json!({ "kind": "CLIENT", "email": "ann@example.org", "fullName": "Ann" });
    client.accept("createUser", created, "").await;
    for socket in sockets {
        let heard = socket.hear().await;
        assert_eq!((&heard["type"], &heard["id"]), (&json!("next"), &json!("1")), "{heard}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_idle_subscriptions_are_held_and_all_of_them_hear_what_happens() {
    let rollbook = Rollbook::start().await;
    let mut sockets = follow(&rollbook.admin, FEW).await;
    all_hear(&mut sockets, &rollbook.admin).await;
    drop(sockets);
    rollbook.stop().await;
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Server {
    /// Physical memory, in bytes.
    fn resident(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
    }
}

/// By hand: `cargo test --release --test it -- --ignored --nocapture ten_thousand`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs twenty thousand file descriptors and a minute; measures"]
async fn ten_thousand_idle_subscriptions_are_held_for_little_memory_each() {
    let own = std::process::id().to_string();
    let raised = Command::new("prlimit").args(["--pid", &own, "--nofile=16384"]).status().unwrap();
    assert!(raised.success(), "the system permits fewer file descriptors");
    let place = Place::empty();
    let program = env!("CARGO_BIN_EXE_rollbook");
    let script = format!(
        "ulimit -n 16384; exec {program} serve --data rollbook-data --listen 127.0.0.1:0 --connections-max 12000"
    );
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(place.folder.path()).stdout(Stdio::piped());
    command.env("ROLLBOOK_HASHING_MEMORY_KIB", "64").env("ROLLBOOK_HASHING_PASSES", "1");
    let mut child = command.env("ROLLBOOK_ADMIN_PASSWORD", ADMIN_PASSWORD).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let server = Server(child);
    let served = lines.find_map(|line| line.split("http://").nth(1).map(str::to_owned)).unwrap();
    let client = Client::new(served.split('/').next().unwrap().parse().unwrap());
    let document = "mutation($input: SignInInput!) { signIn(input: $input) { token } }";
    let input = json!({ "login": "admin", "password": ADMIN_PASSWORD });
    let data = client.data(document, json!({ "input": input })).await;
    let client = client.bearer(data["signIn"]["token"].as_str().unwrap());

    // The first ones warm up what all share.
    let mut sockets = follow(&client, FEW).await;
    let before = server.resident();
    sockets.extend(follow(&client, MANY - FEW).await);
    let each = server.resident().saturating_sub(before) / (MANY - FEW) as u64;
    println!("{MANY} idle subscriptions: {each} bytes each");
    all_hear(&mut sockets, &client).await;
    assert!(each <= BYTES_EACH_MAX, "{each} bytes each");
}
