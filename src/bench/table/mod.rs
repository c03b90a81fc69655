//! The table of figures: every line that one machine can measure alone, each beside its limit in the same run.
//!
//! Two directories are generated, one with a tenth of the users and the events of the other, so that what must not
//! grow is seen not to. Servers of other makers are not run: what is to be compared with them says so, and gives
//! what was measured here.

mod line;
mod markdown;
mod of_disk;
mod of_log;
mod of_past;
mod of_server;

use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

pub use line::{Line, figure};
pub use markdown::{MissingMarkers, READMES_END, READMES_START, splice};

use super::fault::BenchFault;
use super::folder::TemporaryFolder;
use super::generate::{Generated, Volume, generate};
use super::machine::Machine;
use super::neighbours::Neighbours;
use super::report::HASHING_LEFT_OUT;

/// The smaller directory has one of so many users and events of the larger.
const SMALLER: u64 = 10;

/// How much to measure.
#[derive(Clone, Debug)]
pub struct TableSizes {
    /// The program `rollbook`.
    pub program: PathBuf,
    /// A folder on the disk that is measured.
    pub disk: PathBuf,
    /// Users of the larger directory.
    pub users: u64,
    /// Events of the larger directory.
    pub events: u64,
    /// Rounds of everything that takes turns.
    pub rounds: usize,
    /// Commands, requests and pages of a round are as many hundredths of what a quiet machine takes its time for.
    pub percent: u32,
}

impl TableSizes {
    /// So many, as far as the run is to be thorough; one at least.
    fn of(&self, all: u32) -> u32 {
        let share = u64::from(all) * u64::from(self.percent) / 100;
        u32::try_from(share).unwrap_or(u32::MAX).max(1)
    }
}

/// The figures of one run.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// Where.
    pub machine: Machine,
    /// Users and events of the larger directory; the smaller has a tenth of both.
    pub users: u64,
    /// As above.
    pub events: u64,
    /// Rounds of everything that takes turns.
    pub rounds: usize,
    /// What was found, in the order of the figures to reach.
    pub lines: Vec<Line>,
    /// What is not in these figures.
    pub left_out: &'static str,
}

/// What the measurements share.
struct Place<'a> {
    sizes: &'a TableSizes,
    folder: TemporaryFolder,
    smaller: (PathBuf, Generated),
    larger: (PathBuf, Generated),
}

/// Lines, and the time that child processes took for them.
type Found = Result<(Vec<Line>, Duration), BenchFault>;

impl Table {
    /// Measures, on temporary directories that are removed. Tells `said` what comes next.
    ///
    /// # Errors
    /// [`BenchFault`] says why there is no table.
    pub async fn measure(sizes: &TableSizes, said: &mut dyn FnMut(&str)) -> Result<Self, BenchFault> {
        let folder = TemporaryFolder::make_in(&sizes.disk).map_err(BenchFault::Disk)?;
        let machine = Machine::with_disk_of(folder.path());
        let mut table = Table {
            machine,
            users: sizes.users,
            events: sizes.events,
            rounds: sizes.rounds,
            lines: Vec::new(),
            left_out: HASHING_LEFT_OUT,
        };
        said("durable commands");
        table.add(Neighbours::watch(), of_disk::lines(sizes, &folder).await?);
        said("generating two directories");
        let place = Place::make(sizes, folder)?;
        said("the log: reading, replay, proof, space");
        table.add(Neighbours::watch(), of_log::lines(&place).await?);
        said("servers: pages, users, search, start, memory");
        table.add(Neighbours::watch(), of_server::lines(&place).await?);
        said("the past: history and moments");
        table.add(Neighbours::watch(), of_past::lines(&place).await?);
        said("erasure");
        table.add(Neighbours::watch(), of_disk::erasure(&place).await?);
        table.lines.sort_by_key(|line| ORDER.iter().position(|start| line.what.starts_with(start)));
        Ok(table)
    }

    fn add(&mut self, watched: Neighbours, (lines, children): (Vec<Line>, Duration)) {
        let neighbours_cores = watched.cores(children);
        self.lines.extend(lines.into_iter().map(|line| Line { neighbours_cores, ..line }));
    }
}

/// How the lines begin, in the order in which they are read.
const ORDER: [&str; 15] = [
    "durable",
    "one client",
    "create",
    "replay",
    "page of users",
    "user by id",
    "look-up",
    "substring",
    "history",
    "erase",
    "as of",
    "restart",
    "memory",
    "disk",
    "verify",
];

impl<'a> Place<'a> {
    fn make(sizes: &'a TableSizes, folder: TemporaryFolder) -> Result<Self, BenchFault> {
        let make = |name: &str, part: u64| {
            let data = folder.path().join(name);
            let volume = Volume::of((sizes.users / part).max(1), sizes.events / part);
            let generated = tokio::task::block_in_place(|| generate(&data, volume, &mut |_| ()))?;
            Ok::<_, BenchFault>((data, generated))
        };
        let (smaller, larger) = (make("smaller", SMALLER)?, make("larger", 1)?);
        Ok(Place { sizes, folder, smaller, larger })
    }
}
