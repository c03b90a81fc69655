//! A mixed run: many clients create, read back, change, lock, delete, mask, list, search and read history, for as
//! long as is wanted, on a directory that has lived.
//!
//! Each client knows what it was told was done, and holds every later answer against it: one that does not hold it
//! is stale, and there may be none. At the end the server folds its log again and compares with what it serves;
//! then it is killed, and the log is proved whole.

mod client;
mod expected;
mod report;
mod step;
mod tally;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use serde_json::json;

use super::connection::Connection;
use super::course::Bound;
use super::curve::CURVE_POINTS;
use super::fault::BenchFault;
use super::folder::TemporaryFolder;
use super::generate::{Volume, generate};
use super::machine::Machine;
use super::neighbours::Neighbours;
use super::place::options;
use super::served::Served;
use super::server::PASSWORD;
use super::yardstick::Yardstick;
use crate::directory::offline::OfflineDirectory;
use client::Client;
pub use report::{MixedReport, Proof, StepLine};
pub use step::Step;
use tally::Tally;

/// The first of the people whom clients make: nobody generated has their number.
const STRANGERS_FROM: u64 = 2_000_000;
/// Who masks. The generated directory has nobody of this name.
const OFFICER: &str = "officer.of.the.run";

/// What is to be run.
#[derive(Clone, Debug)]
pub struct MixedCourse {
    /// The program `rollbook`.
    pub program: PathBuf,
    /// A folder on the disk that is measured.
    pub disk: PathBuf,
    /// Clients, each with one request at a time.
    pub clients: usize,
    /// Users and events that are there before.
    pub users: u64,
    /// As above.
    pub events: u64,
    /// When it ends; of requests, steps are meant.
    pub bound: Bound,
}

/// Runs, on a temporary directory that is removed.
///
/// # Errors
/// [`BenchFault`] says why there is no report. What went wrong within the run stands in the report.
pub async fn run_mixed(course: &MixedCourse, said: &mut dyn FnMut(&str)) -> Result<MixedReport, BenchFault> {
    let folder = TemporaryFolder::make_in(&course.disk).map_err(BenchFault::Disk)?;
    let data = folder.path().join("data");
    said("generating a directory");
    let volume = Volume::of(course.users, course.events);
    let before = tokio::task::block_in_place(|| generate(&data, volume, &mut |_| ()))?.head;
    let mut served = Served::start(&course.program, &data).await?;
    let tokens = Arc::new(tokens(&mut served).await?);
    said("running");
    let memory_before = served.server().memory();
    let (neighbours, cpu_before) = (Neighbours::watch(), served.server().cpu());
    let tally = Arc::new(Mutex::new(Tally::default()));
    let yardstick = Yardstick::lay().map_err(BenchFault::Disk)?;
    let begun = Instant::now();
    load(course, &served, &tokens, &tally, begun).await?;
    let (took, machine_pace) = (begun.elapsed(), yardstick.end());
    let server_cpu = served.server().cpu().saturating_sub(cpu_before);
    let (neighbours_cores, memory_after) = (neighbours.cores(server_cpu), served.server().memory());
    said("folding the log again beside the live views");
    let proof = prove(&mut served).await?;
    said("killing the server and proving its log");
    drop(served);
    let verified = tokio::task::block_in_place(|| {
        let directory = OfflineDirectory::open(options(&data))?;
        let intact = directory.verify(&mut |_| ())?;
        directory.close()?;
        Ok::<_, BenchFault>(intact.records)
    })?;
    let tally = std::mem::take(&mut *tally.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(MixedReport {
        machine: Machine::with_disk_of(folder.path()),
        clients: course.clients,
        users: course.users,
        events_before: before.0,
        events_after: verified,
        seconds: took.as_secs_f64(),
        server_cores: server_cpu.as_secs_f64() / took.as_secs_f64(),
        server_memory_bytes: [memory_before, memory_after],
        neighbours_cores,
        steps: StepLine::all(&tally.steps),
        told: tally.told,
        drift: tally.curve.drift(),
        machine_pace,
        curve: tally.curve.points(),
        proof,
    })
}

/// Of the administrator and of an officer who is made for the run.
async fn tokens(served: &mut Served) -> Result<[String; 2], BenchFault> {
    let document = "mutation($input: CreateUserInput!) { createUser(input: $input) { user { id } } }";
    let input = json!({
        "kind": "AGENT",
        "username": OFFICER,
        "email": format!("{OFFICER}@example.com"),
        "fullName": "Olga Officer",
        "password": PASSWORD,
        "accessProfile": "COMPLIANCE_OFFICER",
    });
    let made = served.connection().ask("createUser", document, json!({ "input": input })).await?;
    if !made["createUser"]["user"]["id"].is_string() {
        return Err(BenchFault::Answer("createUser"));
    }
    let address = served.server().address();
    Ok([Connection::sign_in(address).await?, Connection::sign_in_as(address, OFFICER).await?])
}

async fn load(
    course: &MixedCourse,
    served: &Served,
    tokens: &Arc<[String; 2]>,
    tally: &Arc<Mutex<Tally>>,
    begun: Instant,
) -> Result<(), BenchFault> {
    let (next, strangers) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(STRANGERS_FROM)));
    let mut clients = Vec::with_capacity(course.clients);
    for _ in 0..course.clients {
        let (address, tokens) = (served.server().address(), Arc::clone(tokens));
        clients.push(Client::connect(address, tokens, Arc::clone(tally), begun).await?);
    }
    let bound = course.bound;
    let running = clients.into_iter().map(|mut client| {
        let (next, strangers) = (Arc::clone(&next), Arc::clone(&strangers));
        tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(part) = part(bound, number, begun) else { return Ok(()) };
                client.step(number, &strangers, part).await?;
            }
        })
    });
    for client in running.collect::<Vec<_>>() {
        let ended: Result<(), BenchFault> =
            client.await.map_err(|fault| BenchFault::Connection(fault.into()))?;
        ended?;
    }
    Ok(())
}

/// In which part of the run a step is; `None`: the run is over.
fn part(bound: Bound, number: u64, begun: Instant) -> Option<usize> {
    let share = match bound {
        Bound::Requests(all) => number as f64 / all as f64,
        Bound::Time(all) => begun.elapsed().as_secs_f64() / all.as_secs_f64(),
    };
    // Below the number of points, so that nothing is lost.
    (share < 1.0).then_some((share * CURVE_POINTS as f64) as usize)
}

/// Has the log folded again beside the live views.
async fn prove(served: &mut Served) -> Result<Proof, BenchFault> {
    let document = "mutation { proveIntegrity { proof { outcome position durationMillis different } } }";
    let data = served.connection().ask("proveIntegrity", document, json!({})).await?;
    let proof = &data["proveIntegrity"]["proof"];
    let different = proof["different"].as_array().into_iter().flatten();
    Ok(Proof {
        equal: proof["outcome"] == "EQUAL",
        position: proof["position"].as_u64().unwrap_or(0),
        seconds: proof["durationMillis"].as_f64().unwrap_or(0.0) / 1e3,
        different: different.filter_map(|view| view.as_str().map(str::to_owned)).collect(),
    })
}
