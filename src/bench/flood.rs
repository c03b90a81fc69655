//! Clients that ask at a rate, whether or not what was asked before is answered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hyper::StatusCode;
use hyper::body::Bytes;

use super::connection::Connection;
use super::course::Bound;
use super::curve::Histogram;
use super::fault::BenchFault;
use super::mix::World;

/// What stands in an answer that has errors, be they of the request or of the command, and in one that says that the
/// server has no room.
const ERRORS: &[u8] = b"\"errors\":[{";
const BUSY: &[u8] = b"\"BUSY\"";
/// Who finds no connection for so long goes away.
const GOES_AFTER: Duration = Duration::from_millis(100);

/// What became of the requests of one flood.
#[derive(Clone, Debug, Default)]
pub struct Flooded {
    /// Answered well before the end.
    pub served: u64,
    /// What these took.
    pub took: Histogram,
    /// Answered before the end, that the server has no room.
    pub busy: u64,
    /// What these took.
    pub busy_took: Histogram,
    /// Answered by anything else, or not at all.
    pub failed: u64,
    /// Sent before the end, and answered behind it.
    pub late: u64,
    /// Never sent: every connection had a request on its way.
    pub gone: u64,
}

/// Open connections for requests that do not wait for each other.
pub struct Flood {
    world: Arc<World>,
    next: Arc<AtomicU64>,
    connections: Vec<Connection>,
}

/// How fast, and until when.
#[derive(Clone, Copy)]
struct Schedule {
    begun: Instant,
    per_second: f64,
    first: u64,
    requests: u64,
}

impl Schedule {
    fn due(&self, number: u64) -> Option<Instant> {
        let nth = number - self.first;
        (nth < self.requests).then(|| self.begun + Duration::from_secs_f64(nth as f64 / self.per_second))
    }

    fn end(&self) -> Instant {
        self.begun + Duration::from_secs_f64(self.requests as f64 / self.per_second)
    }
}

impl Flood {
    /// Opens all connections.
    ///
    /// # Errors
    /// [`BenchFault::Connection`].
    pub async fn connect(
        address: SocketAddr,
        token: &str,
        connections: usize,
        world: World,
    ) -> Result<Self, BenchFault> {
        let mut open = Vec::with_capacity(connections);
        for _ in 0..connections {
            open.push(Connection::open(address, Some(token.to_owned())).await?);
        }
        Ok(Flood { world: Arc::new(world), next: Arc::default(), connections: open })
    }

    /// Asks so many times a second until the bound is reached, and waits for the last answers. Says how long it asked.
    ///
    /// # Errors
    /// [`BenchFault::Connection`] where a connection cannot be opened anew.
    pub async fn run(&mut self, per_second: f64, bound: Bound) -> Result<(Flooded, Duration), BenchFault> {
        let requests = match bound {
            Bound::Requests(requests) => requests,
            Bound::Time(time) => (per_second * time.as_secs_f64()) as u64,
        };
        let first = self.next.load(Ordering::Relaxed);
        let schedule = Schedule { begun: Instant::now(), per_second, first, requests };
        let clients = self.connections.drain(..).map(|mut client| {
            let (world, next) = (Arc::clone(&self.world), Arc::clone(&self.next));
            tokio::spawn(async move {
                let flooded = ask(&mut client, &world, &next, schedule).await;
                (client, flooded)
            })
        });
        let clients: Vec<_> = clients.collect();
        let mut all = Flooded::default();
        for client in clients {
            let (client, flooded) = client.await.map_err(|fault| BenchFault::Connection(fault.into()))?;
            self.connections.push(client);
            all.merge(&flooded);
        }
        Ok((all, schedule.end() - schedule.begun))
    }
}

async fn ask(client: &mut Connection, world: &World, next: &AtomicU64, schedule: Schedule) -> Flooded {
    let mut flooded = Flooded::default();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let Some(due) = schedule.due(number) else { return flooded };
        tokio::time::sleep_until(due.into()).await;
        if due.elapsed() > GOES_AFTER {
            flooded.gone += 1;
            continue;
        }
        let (_, body) = world.request(number);
        let answer = client.post(body).await;
        let (took, in_time) = (due.elapsed(), Instant::now() <= schedule.end());
        match answer {
            Ok(_) if !in_time => flooded.late += 1,
            Ok((status, body)) => flooded.count(status, &body, took),
            Err(_) => flooded.failed += 1,
        }
    }
}

impl Flooded {
    fn count(&mut self, status: StatusCode, body: &Bytes, took: Duration) {
        let holds = |text: &[u8]| body.windows(text.len()).any(|window| window == text);
        if status == StatusCode::SERVICE_UNAVAILABLE || (holds(ERRORS) && holds(BUSY)) {
            self.busy += 1;
            self.busy_took.add(took);
        } else if status == StatusCode::OK && !holds(ERRORS) {
            self.served += 1;
            self.took.add(took);
        } else {
            self.failed += 1;
        }
    }

    /// All of another one too.
    pub fn merge(&mut self, other: &Flooded) {
        self.served += other.served;
        self.took.merge(&other.took);
        self.busy += other.busy;
        self.busy_took.merge(&other.busy_took);
        self.failed += other.failed;
        self.late += other.late;
        self.gone += other.gone;
    }
}
