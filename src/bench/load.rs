//! Clients that ask, wait for the answer, and ask again.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hyper::StatusCode;

use super::connection::Connection;
use super::course::Bound;
use super::fault::BenchFault;
use super::mix::{Question, World};

/// What stands in an answer that has errors, be they of the request or of the command.
const ERRORS: &[u8] = b"\"errors\":[{";

/// One request, answered.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// What was asked.
    pub question: Question,
    /// From before it was sent until the answer was read.
    pub took: Duration,
    /// The answer was a refusal or a fault.
    pub failed: bool,
}

/// Open connections, and how far the numbers of requests are.
pub struct Load {
    world: Arc<World>,
    next: Arc<AtomicU64>,
    clients: Vec<Connection>,
}

impl Load {
    /// Connects all clients.
    ///
    /// # Errors
    /// [`BenchFault::Connection`].
    pub async fn connect(
        address: SocketAddr,
        token: &str,
        clients: usize,
        world: World,
    ) -> Result<Self, BenchFault> {
        let mut open = Vec::with_capacity(clients);
        for _ in 0..clients {
            open.push(Connection::open(address, Some(token.to_owned())).await?);
        }
        Ok(Load { world: Arc::new(world), next: Arc::default(), clients: open })
    }

    /// One round: every client asks until the bound is reached. Says how long it took.
    ///
    /// # Errors
    /// [`BenchFault::Connection`] when a connection breaks.
    pub async fn round(&mut self, bound: Bound) -> Result<(Vec<Sample>, Duration), BenchFault> {
        let start = Instant::now();
        let first = self.next.load(Ordering::Relaxed);
        let goes_on = move |number: u64| match bound {
            Bound::Requests(requests) => number - first < requests,
            Bound::Time(time) => start.elapsed() < time,
        };
        let clients = self.clients.drain(..).map(|mut client| {
            let (world, next) = (Arc::clone(&self.world), Arc::clone(&self.next));
            tokio::spawn(async move {
                let samples = ask(&mut client, &world, &next, goes_on).await?;
                Ok::<_, BenchFault>((client, samples))
            })
        });
        let clients: Vec<_> = clients.collect();
        let mut samples = Vec::new();
        for client in clients {
            let joined = client.await.map_err(|fault| BenchFault::Connection(fault.into()))?;
            let (client, asked) = joined?;
            self.clients.push(client);
            samples.extend(asked);
        }
        Ok((samples, start.elapsed()))
    }
}

async fn ask(
    client: &mut Connection,
    world: &World,
    next: &AtomicU64,
    goes_on: impl Fn(u64) -> bool,
) -> Result<Vec<Sample>, BenchFault> {
    let mut samples = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if !goes_on(number) {
            return Ok(samples);
        }
        let (question, body) = world.request(number);
        let asked = Instant::now();
        let (status, answer) = client.post(body).await?;
        let took = asked.elapsed();
        let failed = status != StatusCode::OK || answer.windows(ERRORS.len()).any(|window| window == ERRORS);
        samples.push(Sample { question, took, failed });
    }
}
