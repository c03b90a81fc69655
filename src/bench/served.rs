//! One server, one connection, one question after the other: what each costs the server.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::connection::Connection;
use super::fault::BenchFault;
use super::server::ServerProcess;

/// What a request costs that asks nothing.
pub const NOTHING: &str = "{ __typename }";
/// Users on a page.
pub const PAGE_USERS: usize = 50;
/// Users on the pages that are walked to find the middle of the list.
const WALKED_USERS: usize = 100;

/// A page of users with filter, order and exact count.
pub const PAGE: &str = "query($first: Int, $after: String, $last: Int) { users(first: $first, after: $after, \
    last: $last, filter: { kind: AGENT, active: true, license: READ_WRITE }, orderBy: { field: DISPLAY_NAME }) \
    { totalCount pageInfo { endCursor hasNextPage } nodes { id displayName email active license } } }";
/// One user, with roles and license.
pub const USER: &str = "query($id: ID!) { user(by: { id: $id }) \
    { id kind displayName email active locked license roles { id name } } }";
/// Users of whom some text is part of a name, the username or the email.
pub const SEARCH: &str = "query($text: String!) { users(first: 50, filter: { text: $text }, \
    orderBy: { field: DISPLAY_NAME }) { totalCount nodes { id displayName email active license } } }";

/// A server with a connection of its administrator.
pub struct Served {
    server: ServerProcess,
    connection: Connection,
    /// How long it took from its start until it said that it serves.
    pub started_in: Duration,
}

impl Served {
    /// Starts a server and signs in.
    ///
    /// # Errors
    /// What starting and asking meet.
    pub async fn start(program: &Path, data: &Path) -> Result<Self, BenchFault> {
        let (program, data) = (program.to_owned(), data.to_owned());
        let start = Instant::now();
        let server = tokio::task::spawn_blocking(move || ServerProcess::start(&program, &data)).await;
        let server = server.map_err(|fault| BenchFault::Start(fault.into()))??;
        let started_in = start.elapsed();
        let token = Connection::sign_in(server.address()).await?;
        let connection = Connection::open(server.address(), Some(token)).await?;
        Ok(Served { server, connection, started_in })
    }

    /// The server.
    #[must_use]
    pub fn server(&self) -> &ServerProcess {
        &self.server
    }

    /// The connection.
    pub fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// How long each of these took, one after the other.
    ///
    /// # Errors
    /// [`BenchFault::Answer`] for anything but an answer without errors.
    pub async fn latencies(
        &mut self,
        bodies: impl IntoIterator<Item = String>,
    ) -> Result<Vec<Duration>, BenchFault> {
        let mut took = Vec::new();
        for body in bodies {
            let start = Instant::now();
            let (status, answer) = self.connection.post(body).await?;
            took.push(start.elapsed());
            if !status.is_success() || answer.windows(9).any(|part| part == b"\"errors\":") {
                return Err(BenchFault::Answer("a question that is measured"));
            }
        }
        Ok(took)
    }

    /// Time of the server on a core for each of these, one after the other, in microseconds.
    ///
    /// # Errors
    /// As [`Served::latencies`].
    pub async fn cpu_micros(
        &mut self,
        bodies: impl ExactSizeIterator<Item = String>,
    ) -> Result<f64, BenchFault> {
        let (requests, before) = (bodies.len(), self.server.threads());
        self.latencies(bodies).await?;
        let took = self.server.threads().since(&before);
        Ok(took.as_secs_f64() * 1e6 / requests.max(1) as f64)
    }

    /// The first page, one from the middle, the last, and the empty query, as bodies.
    ///
    /// # Errors
    /// [`BenchFault::Answer`].
    pub async fn pages(&mut self) -> Result<[String; 4], BenchFault> {
        let middle = self.middle().await?;
        let page = |variables: Value| body(PAGE, &variables);
        Ok([
            page(json!({ "first": PAGE_USERS })),
            page(json!({ "first": PAGE_USERS, "after": middle })),
            page(json!({ "last": PAGE_USERS })),
            body(NOTHING, &json!({})),
        ])
    }

    /// Where the second half of the list begins.
    async fn middle(&mut self) -> Result<Value, BenchFault> {
        let (mut cursor, mut walked) = (Value::Null, 0);
        loop {
            let variables = json!({ "first": WALKED_USERS, "after": cursor });
            let data = self.connection.ask("users", PAGE, variables).await?;
            let page = &data["users"];
            walked += WALKED_USERS as u64;
            if page["pageInfo"]["hasNextPage"] != true {
                return Ok(cursor);
            }
            cursor = page["pageInfo"]["endCursor"].clone();
            if walked * 2 >= page["totalCount"].as_u64().unwrap_or(0) {
                return Ok(cursor);
            }
        }
    }
}

/// A request's body.
#[must_use]
pub fn body(document: &str, variables: &Value) -> String {
    json!({ "query": document, "variables": variables }).to_string()
}
