//! Durable commands against the bare disk: `cargo bench --bench append`.
//!
//! The measure is a thread that writes the same bytes, in the same batches, to a file, with one
//! fdatasync for each. In between stands the log alone with the same batches, so that the price of
//! deciding, sealing, folding and answering is seen apart from the price of the engine.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rollbook::access::Caller;
use rollbook::bench::{BareDisk, Neighbours, Person, Spread, TemporaryFolder};
use rollbook::clock::{Clock, SystemClock};
use rollbook::directory::offline::{OfflineDirectory, OfflineFault};
use rollbook::directory::{Asking, Directory, DirectoryOptions};
use rollbook_event_log::{Batch, BatchId, Disk, EventLog as _, RealDisk, SledLog, SledLogOptions};
use rollbook_schema::Position;
use rollbook_schema::value::{Timestamp, UserKind};
use support::{ROUNDS, first_start, folder, is_asked_to_measure, options, print_machine, print_neighbours};

/// Clients that wait, and commands of each round.
const CLIENTS: [(usize, u64); 3] = [(1, 300), (8, 2_000), (64, 15_000)];
/// Commands before the clock starts.
const WARM: u64 = 256;
/// Appends of each round of the log alone.
const APPENDS: usize = 200;

/// A batch as it was written: its records.
type Written = Vec<Vec<u8>>;

#[tokio::main]
async fn main() {
    if !is_asked_to_measure() {
        return;
    }
    print_machine(&folder());
    let neighbours = Neighbours::watch();
    println!("\ncommands: CreateUser without a password, answered when durable and visible");
    let columns =
        ["records a batch", "commands/s", "time in fdatasync", "log alone to bare", "commands to bare"];
    println!("{:<8}{}", "clients", columns.map(|column| format!("{column:<24}")).concat());
    for (clients, commands) in CLIENTS {
        measure_commands(clients, commands).await;
    }
    println!("\nthe log alone, batches of one size");
    println!("{:<8}{:<24}to bare", "records", "appends/s");
    for records in [1, 8, 64] {
        measure_log(records);
    }
    print_neighbours(neighbours.cores(Duration::ZERO));
}

async fn measure_commands(clients: usize, commands: u64) {
    let (mut asked, mut log, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    let (mut in_sync, mut batch) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let folder = folder();
        let disk = Arc::new(TimedDisk::default());
        let mut options = options(&folder, "data");
        options.clock = Arc::new(Ticking::start());
        options.disk = Arc::<TimedDisk>::clone(&disk);
        let directory = first_start(options.clone()).await;
        ask(&directory, clients, 0..WARM).await;
        let (before, synced) = (directory.reached(), disk.spent());
        let took = ask(&directory, clients, WARM..WARM + commands).await;
        in_sync.push((disk.spent() - synced).as_secs_f64() / took.as_secs_f64());
        directory.close().await.unwrap();
        drop(directory);
        let batches = written(options, before);
        batch.push(commands as f64 / batches.len() as f64);
        let rate = |took: Duration| commands as f64 / took.as_secs_f64();
        asked.push(rate(took));
        log.push(rate(append_to_log(folder.path(), &batches)));
        bare.push(rate(append_to_bare(folder.path(), &batches)));
    }
    let (log, all) = (Spread::ratio(&log, &bare), Spread::ratio(&asked, &bare));
    let (asked, in_sync, batch) = (Spread::of(asked), Spread::of(in_sync), Spread::of(batch));
    println!("{clients:<8}{batch:<24}{asked:<24}{in_sync:<24}{log:<24}{all}");
}

/// Creates the users of these numbers, each client one after the other.
async fn ask(directory: &Directory, clients: usize, numbers: std::ops::Range<u64>) -> Duration {
    let next = Arc::new(AtomicU64::new(numbers.start));
    let start = Instant::now();
    let clients = (0..clients).map(|_| {
        let (directory, next, end) = (directory.clone(), Arc::clone(&next), numbers.end);
        tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= end {
                    return;
                }
                let command = Person::numbered(number).create(UserKind::Agent, Vec::new()).unwrap();
                directory.ask(Asking::by(Caller::Operator), command).await.unwrap();
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
    start.elapsed()
}

/// The batches after a position. The clock ticks at every question, so records of one time are one batch.
fn written(options: DirectoryOptions, after: Position) -> Vec<Written> {
    let directory = OfflineDirectory::open(options).unwrap();
    let (mut batches, mut at) = (Vec::<Written>::new(), None);
    directory
        .records::<OfflineFault>(after, |record| {
            if at.replace(record.header.recorded_at) != Some(record.header.recorded_at) {
                batches.push(Vec::new());
            }
            batches.last_mut().unwrap().push(record.to_bytes().unwrap());
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    directory.close().unwrap();
    batches
}

fn measure_log(records: usize) {
    let (mut log, mut bare) = (Vec::new(), Vec::new());
    let sample: Written = (0..records).map(|number| vec![number as u8; RECORD_BYTES]).collect();
    let batches = vec![sample; APPENDS];
    for _ in 0..ROUNDS {
        let folder: TemporaryFolder = folder();
        log.push(APPENDS as f64 / append_to_log(folder.path(), &batches).as_secs_f64());
        bare.push(APPENDS as f64 / append_to_bare(folder.path(), &batches).as_secs_f64());
    }
    println!("{records:<8}{:<24}{}", Spread::of(log.iter().copied()), Spread::ratio(&log, &bare));
}

/// As a UserCreated takes.
const RECORD_BYTES: usize = 330;

fn append_to_log(folder: &Path, batches: &[Written]) -> Duration {
    let log = SledLog::open(SledLogOptions::new(folder.join("alone"), folder.join("alone.witness"))).unwrap();
    let start = Instant::now();
    for (number, records) in batches.iter().enumerate() {
        let id = BatchId((number as u128).to_be_bytes());
        log.append(log.head().position, &Batch { id, records: records.clone() }).unwrap();
    }
    let took = start.elapsed();
    log.close().unwrap();
    took
}

fn append_to_bare(folder: &Path, batches: &[Written]) -> Duration {
    let batches: Vec<Vec<u8>> = batches.iter().map(|records| records.concat()).collect();
    let mut bare = BareDisk::open(&folder.join("bare")).unwrap();
    bare.append_all(batches.iter().map(Vec::as_slice)).unwrap()
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
        self.nanos.fetch_add(start.elapsed().as_nanos() as u64, Ordering::Relaxed);
        synced
    }

    fn free_bytes(&self, directory: &Path) -> io::Result<u64> {
        RealDisk.free_bytes(directory)
    }
}
