//! What work costs as it grows: over clients, over users, over the length of the log, and over minutes of churn.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rollbook_schema::UserId;

use super::course::Bound;
use super::fault::BenchFault;
use super::folder::TemporaryFolder;
use super::generate::{Volume, generate};
use super::load::Load;
use super::machine::Machine;
use super::mix::{Mix, World};
use super::mixed::{MixedCourse, run_mixed};
use super::neighbours::Neighbours;
use super::plot::{Plot, Scale, circumstances};
use super::report::Latency;
use super::served::Served;
use super::{Connection, Spread};

/// Of the largest number of users or events, the parts that are measured.
const PARTS: [u64; 4] = [8, 4, 2, 1];
/// Whoever is created while it is measured: nobody generated has these numbers, and each load has its own.
const STRANGERS_FROM: u64 = 2_000_000;
const STRANGERS_OF_A_LOAD: u64 = 1_000_000;

/// How much to measure.
#[derive(Clone, Debug)]
pub struct PlotSizes {
    /// The program `rollbook`.
    pub program: PathBuf,
    /// A folder on the disk that is measured.
    pub disk: PathBuf,
    /// The most users.
    pub users: u64,
    /// The most events.
    pub events: u64,
    /// The most clients.
    pub clients: usize,
    /// How long each point is asked.
    pub point: Bound,
    /// How long the churn is.
    pub churn: Bound,
}

/// Measures, on temporary directories that are removed, and gives each plot with the name of its file.
///
/// # Errors
/// [`BenchFault`] says why there is no plot.
pub async fn plots(
    sizes: &PlotSizes,
    said: &mut dyn FnMut(&str),
) -> Result<Vec<(&'static str, Plot)>, BenchFault> {
    said("over clients");
    let clients = over_clients(sizes).await?;
    said("over users");
    let of_users = |part: u64| Volume::of((sizes.users / part).max(1), sizes.events);
    let users = over_volumes(sizes, "users", of_users, |volume| volume.users).await?;
    said("over the length of the log");
    let of_events = |part: u64| Volume::of((sizes.users / PARTS[0]).max(1), sizes.events / part);
    let log = over_volumes(sizes, "events in the log", of_events, |volume| volume.events).await?;
    said("over minutes of churn");
    let report = run_mixed(&churn(sizes), said).await?;
    if report.errors() + report.stale() > 0 || !report.proof.equal {
        return Err(BenchFault::Answer("a step of the churn"));
    }
    let time = Plot::over_time(&report);
    Ok(vec![("clients.svg", clients), ("users.svg", users), ("log.svg", log), ("time.svg", time)])
}

fn churn(sizes: &PlotSizes) -> MixedCourse {
    MixedCourse {
        program: sizes.program.clone(),
        disk: sizes.disk.clone(),
        clients: sizes.clients,
        users: sizes.users,
        events: sizes.events,
        bound: sizes.churn,
    }
}

/// A server on a generated directory, and who is in it.
struct Measured {
    served: Served,
    users: Vec<UserId>,
    machine: Machine,
    loads: u64,
    _folder: TemporaryFolder,
}

async fn over_clients(sizes: &PlotSizes) -> Result<Plot, BenchFault> {
    let mut measured =
        Measured::start(&sizes.program, &sizes.disk, Volume::of(sizes.users, sizes.events)).await?;
    let neighbours = Neighbours::watch();
    let mut points = Vec::new();
    let doubled = std::iter::successors(Some(1_usize), |clients| clients.checked_mul(2));
    for clients in doubled.take_while(|clients| *clients <= sizes.clients) {
        let (rate, p99) = measured.point(clients, sizes.point).await?;
        points.push((clients as f64, rate, p99));
    }
    let others = neighbours.cores(measured.served.server().cpu());
    Ok(Plot {
        title: "Over clients: of ten requests 1 create, 6 read, 3 list".to_owned(),
        note: circumstances(&measured.machine, others),
        along: "clients",
        scale: Scale::Doubling,
        points,
    })
}

async fn over_volumes(
    sizes: &PlotSizes,
    along: &'static str,
    volume: impl Fn(u64) -> Volume,
    size: impl Fn(&Volume) -> u64,
) -> Result<Plot, BenchFault> {
    let (mut points, mut others, mut machine) = (Vec::new(), Vec::new(), None);
    for part in PARTS {
        let volume = volume(part);
        let mut measured = Measured::start(&sizes.program, &sizes.disk, volume).await?;
        let (neighbours, before) = (Neighbours::watch(), measured.served.server().cpu());
        let (rate, p99) = measured.point(sizes.clients, sizes.point).await?;
        others.push(neighbours.cores(measured.served.server().cpu().saturating_sub(before)));
        points.push((size(&volume) as f64, rate, p99));
        machine = Some(measured.machine);
    }
    let others = Spread::of(others).most;
    Ok(Plot {
        title: format!("Over {along}, {} clients", sizes.clients),
        note: machine.map_or_else(String::new, |machine| circumstances(&machine, others)),
        along,
        scale: Scale::Doubling,
        points,
    })
}

impl Measured {
    async fn start(program: &Path, disk: &Path, volume: Volume) -> Result<Self, BenchFault> {
        let folder = TemporaryFolder::make_in(disk).map_err(BenchFault::Disk)?;
        let data = folder.path().join("data");
        let generated = tokio::task::block_in_place(|| generate(&data, volume, &mut |_| ()))?;
        let served = Served::start(program, &data).await?;
        let machine = Machine::with_disk_of(folder.path());
        Ok(Measured { served, users: generated.people().collect(), machine, loads: 0, _folder: folder })
    }

    /// Answers per second and their p99, in milliseconds.
    async fn point(&mut self, clients: usize, bound: Bound) -> Result<(f64, f64), BenchFault> {
        let strangers = STRANGERS_FROM + self.loads * STRANGERS_OF_A_LOAD;
        self.loads += 1;
        let world = World::learn(self.served.connection(), Mix::Mixed, &self.users, strangers).await?;
        let address = self.served.server().address();
        let token = Connection::sign_in(address).await?;
        let mut load = Load::connect(address, &token, clients, world).await?;
        let (samples, took) = load.round(bound).await?;
        if samples.iter().any(|sample| sample.failed) {
            return Err(BenchFault::Answer("a question that is measured"));
        }
        let p99 = Latency::of(samples.iter().map(|sample| sample.took)).p99_ms;
        Ok((samples.len() as f64 / took.max(Duration::from_micros(1)).as_secs_f64(), p99))
    }
}
