//! A power cut, simulated: what was written before the last completed sync is there; of what was written
//! since, any part of 512 bytes is, or is not.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::{Place, cycles, filler, records};
use crate::sled_log::DB_FILE;
use crate::{Batch, BatchId, Disk, EventLog, RealDisk, SledLog, SledLogOptions};

const SECTOR: usize = 512;

/// Keeps what the engine's file held when the last sync was asked for, and fails when the power is gone.
struct CutDisk {
    path: std::path::PathBuf,
    state: Mutex<Cut>,
}

struct Cut {
    syncs_left: u64,
    durable: Vec<u8>,
}

impl Disk for CutDisk {
    fn sync(&self, _: &File) -> io::Result<()> {
        let mut cut = self.state.lock().unwrap();
        if cut.syncs_left == 0 {
            return Err(io::Error::other("no power"));
        }
        cut.syncs_left -= 1;
        cut.durable = fs::read(&self.path)?;
        Ok(())
    }

    fn free_bytes(&self, directory: &Path) -> io::Result<u64> {
        RealDisk.free_bytes(directory)
    }
}

/// A random number from `seed` and `salt`, below `below`.
fn pick(seed: u64, salt: u64, below: u64) -> u64 {
    let bytes = filler(seed.wrapping_mul(1_000_003).wrapping_add(salt).wrapping_add(17), 16);
    u64::from_le_bytes(bytes[8..].try_into().unwrap()) % below
}

/// The file after the cut: the durable bytes, and some of the sectors that were written since.
fn torn(durable: &[u8], written: &[u8], seed: u64) -> Vec<u8> {
    let share = pick(seed, 1, 5);
    let mut file = durable.to_vec();
    if pick(seed, 2, 2) == 0 {
        file.resize(durable.len().max(written.len()), 0);
    }
    let sectors = file.len().min(written.len()) / SECTOR;
    for sector in (0..sectors).filter(|sector| pick(seed, 100 + *sector as u64, 4) < share) {
        let range = sector * SECTOR..(sector + 1) * SECTOR;
        file[range.clone()].copy_from_slice(&written[range]);
    }
    file
}

fn arbitrary_batch(seed: u64, number: u64) -> Batch {
    let count = 1 + pick(seed, 1000 + number, 30);
    let size = |record| pick(seed, 5000 + number * 50 + record, if record == 3 { 9000 } else { 600 });
    let records =
        (0..count).map(|record| filler(seed + number * 50 + record, size(record) as usize)).collect();
    Batch { id: BatchId([number as u8; 16]), records }
}

/// One life: opens, appends until the power goes, and gives the acknowledged records of this life.
fn live(place: &Place, seed: u64) -> Vec<Vec<u8>> {
    let path = place.directory().join(DB_FILE);
    let cut = Cut { syncs_left: 1 + pick(seed, 3, 40), durable: Vec::new() };
    let disk = Arc::new(CutDisk { path: path.clone(), state: Mutex::new(cut) });
    let log = SledLog::open(SledLogOptions { disk: disk.clone(), ..place.options() }).unwrap();
    // The engine syncs its file whole while it opens.
    disk.state.lock().unwrap().durable = fs::read(&path).unwrap();
    let mut acknowledged = Vec::new();
    for number in 0.. {
        assert!(number <= 40, "appends are acknowledged without a sync");
        let batch = arbitrary_batch(seed, number);
        if log.append(log.head().position, &batch).is_err() {
            break;
        }
        acknowledged.extend(batch.records);
        if pick(seed, 9000 + number, 8) == 0 {
            log.record_witness().unwrap();
        }
    }
    let durable = disk.state.lock().unwrap().durable.clone();
    let file = torn(&durable, &fs::read(&path).unwrap(), seed);
    drop(log);
    fs::write(&path, file).unwrap();
    acknowledged
}

#[test]
fn a_power_cut_keeps_every_acknowledged_record() {
    let mut place = Place::new();
    let mut model: Vec<Vec<u8>> = Vec::new();
    for seed in 0..cycles() {
        // A fresh log now and then, as first opens break in ways of their own.
        if seed % 5 == 0 {
            (place, model) = (Place::new(), Vec::new());
        }
        model.extend(live(&place, seed));
        let log = SledLog::open(place.options()).unwrap_or_else(|fault| panic!("cycle {seed}: {fault}"));
        log.verify(&mut |_| ()).unwrap_or_else(|fault| panic!("cycle {seed}: {fault}"));
        let found: Vec<_> = records(&log, 0).into_iter().map(|(_, bytes)| bytes).collect();
        // The batch in flight may have been kept: whole, after all that was acknowledged.
        assert!(found.starts_with(&model), "cycle {seed}: an acknowledged record is gone");
        model = found;
    }
}
