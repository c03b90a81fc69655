//! A whole run: people, server, load and bare disk in turn, report.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rollbook_schema::{Record, UserId};
use zeroize::Zeroizing;

use super::bare_disk::BareDisk;
use super::connection::Connection;
use super::fault::BenchFault;
use super::folder::TemporaryFolder;
use super::load::{Load, Sample};
use super::machine::Machine;
use super::mix::{Mix, World};
use super::neighbours::Neighbours;
use super::population::{populate, probe};
use super::report::{BareRate, HASHING_LEFT_OUT, Line, Report};
use super::server::{CHEAP_HASHING, PASSWORD, ServerProcess};
use super::spread::Spread;
use crate::directory::offline::{OfflineDirectory, OfflineFault};
use crate::directory::{Directory, DirectoryOptions, FirstAdministrator};

/// Rounds of load, each followed by one of the bare disk.
const ROUNDS: u32 = 5;
/// Writes to the bare disk in a round.
const BARE_WRITES: usize = 100;
/// Creations by which it is found how many bytes one leaves.
const PROBES: u64 = 64;

/// When a load ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// After so many requests, all clients together.
    Requests(u64),
    /// After so long.
    Time(Duration),
}

impl Bound {
    /// The share of one round; the first ones take what cannot be divided.
    fn of_round(self, round: u32) -> Bound {
        match self {
            Bound::Requests(all) => {
                let (rounds, round) = (u64::from(ROUNDS), u64::from(round));
                Bound::Requests(all / rounds + u64::from(round < all % rounds))
            }
            Bound::Time(all) => Bound::Time(all / ROUNDS),
        }
    }
}

/// What is to be measured.
#[derive(Clone, Debug)]
pub struct Course {
    /// The program `rollbook`.
    pub program: PathBuf,
    /// A folder on the disk that is measured.
    pub disk: PathBuf,
    /// What is asked.
    pub mix: Mix,
    /// Connections.
    pub clients: usize,
    /// Users who are there before.
    pub users: u64,
    /// When it ends.
    pub bound: Bound,
}

/// Measures, on a temporary directory that is removed.
///
/// # Errors
/// [`BenchFault`] says why there is no figure.
pub async fn run(course: Course) -> Result<Report, BenchFault> {
    let folder = TemporaryFolder::make_in(&course.disk).map_err(BenchFault::Disk)?;
    let data = folder.path().join("data");
    let (users, bytes_per_command) = prepare(&data, course.users).await?;
    let (program, served) = (course.program.clone(), data.clone());
    let server = tokio::task::spawn_blocking(move || ServerProcess::start(&program, &served));
    let server = server.await.map_err(|fault| BenchFault::Start(fault.into()))??;
    let token = Connection::sign_in(server.address()).await?;
    let mut connection = Connection::open(server.address(), Some(token.clone())).await?;
    let strangers_from = course.users + PROBES;
    let world = World::learn(&mut connection, course.mix, &users, strangers_from).await?;
    let mut load = Load::connect(server.address(), &token, course.clients, world).await?;
    let mut bare = BareDisk::open(&folder.path().join("bare")).map_err(BenchFault::Disk)?;
    let written = vec![0x5A; bytes_per_command * course.clients];
    let mut measured = Measured::default();
    let (neighbours, before) = (Neighbours::watch(), server.cpu());
    for round in 0..ROUNDS {
        measured.round(&mut load, course.bound.of_round(round), &server).await?;
        let took = tokio::task::block_in_place(|| bare.append_all([written.as_slice()].repeat(BARE_WRITES)));
        measured.bare.push(BARE_WRITES as f64 / took.map_err(BenchFault::Disk)?.as_secs_f64());
    }
    measured.neighbours = neighbours.cores(server.cpu().saturating_sub(before));
    Ok(measured.report(&course, bytes_per_command, Machine::with_disk_of(folder.path())))
}

#[derive(Default)]
struct Measured {
    samples: Vec<Sample>,
    /// Requests per second, by rounds.
    rates: Vec<f64>,
    /// Writes per second, by rounds.
    bare: Vec<f64>,
    under_load: Duration,
    server: Duration,
    /// Cores that others kept busy.
    neighbours: f64,
}

impl Measured {
    async fn round(
        &mut self,
        load: &mut Load,
        bound: Bound,
        server: &ServerProcess,
    ) -> Result<(), BenchFault> {
        let before = server.cpu();
        let (samples, took) = load.round(bound).await?;
        self.server += server.cpu().saturating_sub(before);
        self.under_load += took;
        self.rates.push(samples.len() as f64 / took.as_secs_f64());
        self.samples.extend(samples);
        Ok(())
    }

    fn report(self, course: &Course, bytes_per_command: usize, machine: Machine) -> Report {
        let commands_per_sync = course.clients;
        let bare: Vec<f64> = self.bare.iter().map(|rate| rate * commands_per_sync as f64).collect();
        let seconds = self.under_load.as_secs_f64();
        Report {
            machine,
            mix: course.mix,
            clients: course.clients,
            users: course.users,
            seconds,
            requests_per_second: Spread::of(self.rates.iter().copied()),
            lines: Line::all(&self.samples),
            server_cpu_ms_per_request: self.server.as_secs_f64() * 1000.0 / self.samples.len().max(1) as f64,
            server_cpu: self.server,
            neighbours_cores: self.neighbours,
            server_cores: self.server.as_secs_f64() / seconds,
            ratio_to_bare: (course.mix == Mix::Create).then(|| Spread::ratio(&self.rates, &bare)),
            bare: BareRate { bytes_per_command, commands_per_sync, syncs_per_second: Spread::of(self.bare) },
            left_out: HASHING_LEFT_OUT,
        }
    }
}

/// Makes a directory with its people; says who they are, and how many bytes a creation leaves in the log.
async fn prepare(data: &Path, users: u64) -> Result<(Vec<UserId>, usize), BenchFault> {
    let mut options = DirectoryOptions::new(data);
    options.hashing = CHEAP_HASHING;
    let directory = tokio::task::block_in_place(|| Directory::open(options.clone()))?;
    let password = Some(Zeroizing::new(PASSWORD.to_owned()));
    directory.first_start(FirstAdministrator { email: None, password }).await?;
    let made = populate(&directory, users).await?;
    let before = directory.reached();
    probe(&directory, users, PROBES).await?;
    directory.close().await?;
    drop(directory);
    let offline = OfflineDirectory::open(options)?;
    let mut bytes = 0;
    offline.records::<BenchFault>(before, |record| {
        bytes += stored_bytes(&record)?;
        Ok(std::ops::ControlFlow::Continue(()))
    })?;
    offline.close()?;
    Ok((made, bytes / usize::try_from(PROBES).unwrap_or(1)))
}

fn stored_bytes(record: &Record) -> Result<usize, BenchFault> {
    let bytes = record
        .to_bytes()
        .map_err(|fault| OfflineFault::Read(crate::sealing::UnsealFault::from(fault).into()))?;
    Ok(bytes.len())
}
