//! What a list of the console costs beside its bare query: `cargo bench --bench render`.
//!
//! The page with 50 people and the one document that it asks, over HTTP in turn on one connection each. The server's
//! own CPU time counts, since the client shares its cores. The query's answer is written as JSON, the page as HTML:
//! what the page costs more is rendering, and what every page shows of its reader.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use std::path::Path;
use std::time::Duration;

use rollbook::bench::{Connection, Neighbours, ServerProcess, Spread, TemporaryFolder, populate};
use serde_json::json;
use support::{ROUNDS, first_start, folder, is_asked_to_measure, options, print_machine, print_neighbours};

const USERS: [u64; 2] = [10_000, 100_000];
const PAGE_USERS: usize = 50;
/// Of each kind in a round.
const REQUESTS: u32 = 500;

const DOCUMENT: &str = include_str!("../src/console/screens/list/list.graphql");
/// The same people in the same order as the document below asks for.
const PAGE: &str = "/agents?rows=50";

#[tokio::main]
async fn main() {
    if !is_asked_to_measure() {
        return;
    }
    let folder = folder();
    print_machine(&folder);
    for users in USERS {
        let directory = first_start(options(&folder, &users.to_string())).await;
        populate(&directory, users).await.unwrap();
        directory.close().await.unwrap();
    }
    let neighbours = Neighbours::watch();
    let mut spent = Duration::ZERO;
    for users in USERS {
        spent += measure(&folder, users).await;
    }
    print_neighbours(neighbours.cores(spent));
}

/// Prints what both cost, and gives the CPU time of the server.
async fn measure(folder: &TemporaryFolder, users: u64) -> Duration {
    let data = folder.path().join(users.to_string());
    let server = ServerProcess::start(Path::new(env!("CARGO_BIN_EXE_rollbook")), &data).unwrap();
    let token = Connection::sign_in(server.address()).await.unwrap();
    let mut asking = Connection::open(server.address(), Some(token.clone())).await.unwrap();
    let mut looking = Connection::open(server.address(), Some(token)).await.unwrap();
    let (mut bare, mut pages) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let before = server.cpu();
        for _ in 0..REQUESTS {
            let (status, answer) = asking.post(query()).await.unwrap();
            assert!(status.is_success() && !answer.is_empty(), "{status}");
        }
        let between = server.cpu();
        for _ in 0..REQUESTS {
            let (status, page) = looking.look(PAGE).await.unwrap();
            assert!(status.is_success(), "{status}");
            let row = b"data-column=\"email\"";
            assert!(page.windows(row.len()).filter(|part| part == row).count() >= PAGE_USERS);
        }
        let micros = |spent: Duration| spent.as_secs_f64() * 1e6 / f64::from(REQUESTS);
        bare.push(micros(between - before));
        pages.push(micros(server.cpu() - between));
    }
    println!("\n{users} users, µs of the server's CPU");
    println!("the query {}", Spread::of(bare.iter().copied()));
    println!(
        "the page  {}; {} of the query",
        Spread::of(pages.iter().copied()),
        Spread::ratio(&pages, &bare)
    );
    server.cpu()
}

fn query() -> String {
    let filter = json!({ "kind": "AGENT", "active": true });
    let variables = json!({ "filter": filter, "kind": "AGENT", "first": PAGE_USERS, "seats": true, "roles": true, "teams": true });
    json!({ "query": DOCUMENT, "variables": variables }).to_string()
}
