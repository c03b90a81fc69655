//! More than a server can bear: the best it does for clients that wait for their answers, and what it still does when
//! requests come at a multiple of that, whether or not the ones before are answered.
//!
//! Server and clients have cores of their own, else the clients of the overload would take the server's.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

use super::connection::Connection;
use super::cores::part_cores;
use super::course::Bound;
use super::curve::Histogram;
use super::fault::BenchFault;
use super::flood::{Flood, Flooded};
use super::folder::TemporaryFolder;
use super::generate::{Volume, generate};
use super::load::Load;
use super::machine::Machine;
use super::mix::{Mix, World};
use super::neighbours::{NEIGHBOURS_CORES_MAX, Neighbours};
use super::report::{HASHING_LEFT_OUT, Latency};
use super::served::Served;
use super::spread::Spread;

/// Clients among whom the best number is looked for.
const CLIENTS: [usize; 4] = [32, 64, 128, 256];
/// Of the best and of the overload, in turn.
const ROUNDS: usize = 3;
/// Whoever is created while it is measured: nobody generated has these numbers, and each load has its own.
const STRANGERS_FROM: u64 = 2_000_000;
const STRANGERS_OF_A_LOAD: u64 = 1_000_000;
/// Of a directory that is measured.
const EVENTS_OF_A_USER: u64 = 10;

/// What is to be measured.
#[derive(Clone, Debug)]
pub struct OverloadCourse {
    /// The program `rollbook`.
    pub program: PathBuf,
    /// A folder on the disk that is measured.
    pub disk: PathBuf,
    /// What is asked.
    pub mix: Mix,
    /// Users who are there before, with ten events each.
    pub users: u64,
    /// Connections of the overload. A server takes 4,096 at once.
    pub connections: usize,
    /// The overload, as a multiple of the best.
    pub times: u64,
    /// How long each stretch is.
    pub bound: Bound,
}

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub struct OverloadReport {
    /// Where.
    pub machine: Machine,
    /// What was asked.
    pub mix: Mix,
    /// Users who were there before.
    pub users: u64,
    /// Whether server and clients had cores of their own.
    pub apart: bool,
    /// With how many clients the server did best.
    pub best_clients: usize,
    /// Answers per second to so many, by rounds.
    pub best_per_second: Spread,
    /// What these took.
    pub best_latency: Latency,
    /// Connections of the overload.
    pub connections: usize,
    /// Requests per second in the overload, by rounds.
    pub asked_per_second: Spread,
    /// Of them answered well in time, by rounds.
    pub served_per_second: Spread,
    /// Round by round, the latter over the best.
    pub served_over_best: Spread,
    /// How many that were.
    pub served: u64,
    /// What these took.
    pub served_latency: Latency,
    /// Answered that there is no room.
    pub busy: u64,
    /// What these took.
    pub busy_latency: Latency,
    /// Still waiting for an answer when time was over; all got one.
    pub late: u64,
    /// Found no free connection, and went away.
    pub gone: u64,
    /// Anything else.
    pub failed: u64,
    /// Cores that other programs kept busy meanwhile.
    pub neighbours_cores: f64,
    /// What is not in these figures.
    pub left_out: &'static str,
}

/// Measures, on a temporary directory that is removed.
///
/// # Errors
/// [`BenchFault`] says why there is no report.
pub async fn overload(
    course: &OverloadCourse,
    said: &mut dyn FnMut(&str),
) -> Result<OverloadReport, BenchFault> {
    let folder = TemporaryFolder::make_in(&course.disk).map_err(BenchFault::Disk)?;
    let data = folder.path().join("data");
    said("generating a directory");
    let volume = Volume::of(course.users, course.users * EVENTS_OF_A_USER);
    let generated = tokio::task::block_in_place(|| generate(&data, volume, &mut |_| ()))?;
    let mut served = Served::start(&course.program, &data).await?;
    let machine = Machine::with_disk_of(folder.path());
    let apart = part_cores(served.server().id());
    let users: Vec<_> = generated.people().collect();
    let world = World::learn(served.connection(), course.mix, &users, STRANGERS_FROM).await?;
    let mut clients = Clients { address: served.server().address(), world, loads: 0 };
    said("looking for the best");
    let (neighbours, before) = (Neighbours::watch(), served.server().cpu());
    let (mut most, mut best_clients) = (0.0, 0);
    for number in CLIENTS {
        let rate = clients.best(number, course.bound, &mut Histogram::default()).await?;
        if rate > most {
            (most, best_clients) = (rate, number);
        }
    }
    let mut found = Found::default();
    for round in 1..=ROUNDS {
        said(&format!("round {round} of {ROUNDS}"));
        let rate = clients.best(best_clients, course.bound, &mut found.best_took).await?;
        let (flooded, took) = clients.flood(rate * course.times as f64, course).await?;
        let per_second = |requests: u64| requests as f64 / took.as_secs_f64();
        found.best.push(rate);
        found
            .asked
            .push(per_second(flooded.served + flooded.busy + flooded.failed + flooded.late + flooded.gone));
        found.served.push(per_second(flooded.served));
        found.all.merge(&flooded);
    }
    let neighbours_cores = neighbours.cores(served.server().cpu().saturating_sub(before));
    Ok(OverloadReport {
        machine,
        mix: course.mix,
        users: course.users,
        apart,
        best_clients,
        best_per_second: Spread::of(found.best.iter().copied()),
        best_latency: found.best_took.latency(),
        connections: course.connections,
        asked_per_second: Spread::of(found.asked),
        served_per_second: Spread::of(found.served.iter().copied()),
        served_over_best: Spread::ratio(&found.served, &found.best),
        served: found.all.served,
        served_latency: found.all.took.latency(),
        busy: found.all.busy,
        busy_latency: found.all.busy_took.latency(),
        late: found.all.late,
        gone: found.all.gone,
        failed: found.all.failed,
        neighbours_cores,
        left_out: HASHING_LEFT_OUT,
    })
}

#[derive(Default)]
struct Found {
    best: Vec<f64>,
    best_took: Histogram,
    asked: Vec<f64>,
    served: Vec<f64>,
    all: Flooded,
}

/// Makes clients, each load of them anew: a server closes connections on which nothing is asked for long.
struct Clients {
    address: SocketAddr,
    world: World,
    loads: u64,
}

impl Clients {
    /// The administrator's token, and what is asked, with people to create whom nobody else creates.
    async fn next(&mut self) -> Result<(String, World), BenchFault> {
        self.loads += 1;
        let strangers = STRANGERS_FROM + self.loads * STRANGERS_OF_A_LOAD;
        Ok((Connection::sign_in(self.address).await?, self.world.with_strangers(strangers)))
    }

    /// Answers per second to so many clients that wait for each.
    async fn best(
        &mut self,
        clients: usize,
        bound: Bound,
        latencies: &mut Histogram,
    ) -> Result<f64, BenchFault> {
        let (token, world) = self.next().await?;
        let mut load = Load::connect(self.address, &token, clients, world).await?;
        let (samples, took) = load.round(bound).await?;
        if samples.iter().any(|sample| sample.failed) {
            return Err(BenchFault::Answer("a question that is measured"));
        }
        samples.iter().for_each(|sample| latencies.add(sample.took));
        Ok(samples.len() as f64 / took.as_secs_f64())
    }

    async fn flood(
        &mut self,
        per_second: f64,
        course: &OverloadCourse,
    ) -> Result<(Flooded, Duration), BenchFault> {
        let (token, world) = self.next().await?;
        let mut flood = Flood::connect(self.address, &token, course.connections, world).await?;
        flood.run(per_second, course.bound).await
    }
}

impl fmt::Display for OverloadReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let latency = |of: &Latency| format!("p50 {:.1} ms, p99 {:.1} ms", of.p50_ms, of.p99_ms);
        writeln!(f, "machine       {}", self.machine)?;
        writeln!(f, "load          {}, {} users", self.mix.name(), self.users)?;
        writeln!(f, "left out      {}", self.left_out)?;
        writeln!(
            f,
            "best          {} requests/s to {} clients; {}",
            self.best_per_second,
            self.best_clients,
            latency(&self.best_latency)
        )?;
        writeln!(
            f,
            "asked         {} requests/s on {} connections",
            self.asked_per_second, self.connections
        )?;
        writeln!(
            f,
            "served        {} of the best: {} requests/s; {}",
            self.served_over_best,
            self.served_per_second,
            latency(&self.served_latency)
        )?;
        writeln!(f, "busy          {} told so; {}", self.busy, latency(&self.busy_latency))?;
        writeln!(
            f,
            "else          {} answered behind the end, {} found no connection, {} failed",
            self.late, self.gone, self.failed
        )?;
        if !self.apart {
            writeln!(
                f,
                "note          server and clients shared their cores: the clients took from what is served"
            )?;
        }
        if self.neighbours_cores > NEIGHBOURS_CORES_MAX {
            let cores = self.neighbours_cores;
            writeln!(
                f,
                "note          other programs kept {cores:.2} cores busy: do not trust these figures"
            )?;
        }
        Ok(())
    }
}
