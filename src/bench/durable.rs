//! Durable commands against the bare disk: a thread that writes the same bytes, in the same batches, with one
//! fdatasync for each. In between stands the log alone, so that the price of deciding, sealing, folding and
//! answering is seen apart from the price of the engine.

use std::fs::File;
use std::io;
use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rollbook_event_log::{Batch, BatchId, Disk, EventLog as _, RealDisk, SledLog, SledLogOptions};
use rollbook_schema::Position;
use rollbook_schema::value::{Timestamp, UserKind};

use super::bare_disk::BareDisk;
use super::fault::BenchFault;
use super::folder::TemporaryFolder;
use super::place::{first_start, options};
use super::population::Person;
use crate::access::Caller;
use crate::clock::{Clock, SystemClock};
use crate::directory::offline::{OfflineDirectory, OfflineFault};
use crate::directory::{Asking, Directory, DirectoryOptions};

/// Commands before the clock starts.
const WARM: u64 = 256;

/// A batch as it was written: its records.
pub type Written = Vec<Vec<u8>>;

/// Rates per second, round by round.
#[derive(Clone, Debug, Default)]
pub struct Durable {
    /// Commands answered.
    pub asked: Vec<f64>,
    /// The same batches appended to the log, without commands.
    pub log: Vec<f64>,
    /// The same bytes written to a file and synced, batch by batch.
    pub bare: Vec<f64>,
    /// Commands of one batch.
    pub batch: Vec<f64>,
    /// The part of the time that was spent in fdatasync.
    pub in_sync: Vec<f64>,
}

/// Creates users without a password, `commands` of them in each round, by as many clients as are named.
///
/// # Errors
/// What opening, asking and reading meet.
pub async fn durable(
    disk: &Path,
    clients: usize,
    commands: u64,
    rounds: usize,
) -> Result<Durable, BenchFault> {
    let mut found = Durable::default();
    for _ in 0..rounds {
        let folder = TemporaryFolder::make_in(disk).map_err(BenchFault::Disk)?;
        let timed = Arc::new(TimedDisk::default());
        let mut options = options(folder.path().join("data"));
        options.clock = Arc::new(Ticking::start());
        options.disk = Arc::<TimedDisk>::clone(&timed);
        let directory = first_start(options.clone()).await?;
        ask(&directory, clients, 0..WARM).await?;
        let (before, synced) = (directory.reached(), timed.spent());
        let took = ask(&directory, clients, WARM..WARM + commands).await?;
        found.in_sync.push((timed.spent() - synced).as_secs_f64() / took.as_secs_f64());
        directory.close().await?;
        drop(directory);
        let rate = |took: Duration| commands as f64 / took.as_secs_f64();
        let (batches, log, bare) = tokio::task::block_in_place(|| {
            let batches = written(options, before)?;
            let log = append_to_log(folder.path(), &batches)?;
            let bare = append_to_bare(folder.path(), &batches)?;
            Ok::<_, BenchFault>((batches, log, bare))
        })?;
        found.batch.push(commands as f64 / batches.len().max(1) as f64);
        found.asked.push(rate(took));
        found.log.push(rate(log));
        found.bare.push(rate(bare));
    }
    Ok(found)
}

/// Creates the users of these numbers, each client one after the other.
async fn ask(directory: &Directory, clients: usize, numbers: Range<u64>) -> Result<Duration, BenchFault> {
    let next = Arc::new(AtomicU64::new(numbers.start));
    let start = Instant::now();
    let clients = (0..clients).map(|_| {
        let (directory, next, end) = (directory.clone(), Arc::clone(&next), numbers.end);
        tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= end {
                    return Ok(());
                }
                let command = Person::numbered(number).create(UserKind::Agent, Vec::new())?;
                directory.ask(Asking::by(Caller::Operator), command).await?;
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.map_err(|fault| BenchFault::Start(fault.into()))?.map_err(|fault: BenchFault| fault)?;
    }
    Ok(start.elapsed())
}

/// The batches after a position. The clock ticks at every question, so records of one time are one batch.
fn written(options: DirectoryOptions, after: Position) -> Result<Vec<Written>, BenchFault> {
    let directory = OfflineDirectory::open(options)?;
    let (mut batches, mut at) = (Vec::<Written>::new(), None);
    directory.records::<BenchFault>(after, |record| {
        let bytes = record.to_bytes().map_err(OfflineFault::from)?;
        match batches.last_mut() {
            Some(batch) if at == Some(record.header.recorded_at) => batch.push(bytes),
            _ => batches.push(vec![bytes]),
        }
        at = Some(record.header.recorded_at);
        Ok(ControlFlow::Continue(()))
    })?;
    directory.close()?;
    Ok(batches)
}

/// Appends batches to a log of its own, in a folder.
///
/// # Errors
/// What the log says.
pub fn append_to_log(folder: &Path, batches: &[Written]) -> Result<Duration, BenchFault> {
    let options = SledLogOptions::new(folder.join("alone"), folder.join("alone.witness"));
    let log = SledLog::open(options).map_err(OfflineFault::from)?;
    let start = Instant::now();
    for (number, records) in batches.iter().enumerate() {
        let id = BatchId((number as u128).to_be_bytes());
        let appended = log.append(log.head().position, &Batch { id, records: records.clone() });
        appended.map_err(|fault| BenchFault::Disk(io::Error::other(fault)))?;
    }
    let took = start.elapsed();
    log.close().map_err(OfflineFault::from)?;
    Ok(took)
}

/// Appends the same bytes to a file, with one fdatasync for each batch.
///
/// # Errors
/// [`BenchFault::Disk`].
pub fn append_to_bare(folder: &Path, batches: &[Written]) -> Result<Duration, BenchFault> {
    let batches: Vec<Vec<u8>> = batches.iter().map(|records| records.concat()).collect();
    let mut bare = BareDisk::open(&folder.join("bare")).map_err(BenchFault::Disk)?;
    bare.append_all(batches.iter().map(Vec::as_slice)).map_err(BenchFault::Disk)
}

/// A clock that never says the same twice.
struct Ticking(AtomicI64);

impl Ticking {
    fn start() -> Self {
        Ticking(AtomicI64::new(SystemClock.now().millis()))
    }
}

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// The real disk, and how long its syncs took.
#[derive(Default)]
struct TimedDisk {
    nanos: AtomicU64,
}

impl TimedDisk {
    fn spent(&self) -> Duration {
        Duration::from_nanos(self.nanos.load(Ordering::Relaxed))
    }
}

impl Disk for TimedDisk {
    fn sync(&self, file: &File) -> io::Result<()> {
        let start = Instant::now();
        let synced = RealDisk.sync(file);
        let nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.nanos.fetch_add(nanos, Ordering::Relaxed);
        synced
    }

    fn free_bytes(&self, directory: &Path) -> io::Result<u64> {
        RealDisk.free_bytes(directory)
    }
}
