//! Opening a directory that something happened to.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use super::{Place, batch, filler, records};
use crate::sled_log::{DB_FILE, Disk, OPEN_FREE_BYTES_MIN, RealDisk};
use crate::{Batch, BatchId, EventLog, Fault, SledLog, SledLogOptions};

/// A closed log of some 3 MB, as a graceful shutdown leaves it.
fn closed_log() -> Place {
    let place = Place::new();
    let log = SledLog::open(place.options()).unwrap();
    fill(&log, 12);
    log.close().unwrap();
    place
}

fn fill(log: &SledLog, batches: u64) {
    for number in 0..batches {
        let records = (0..64).map(|seed| filler(number * 64 + seed, 4000)).collect();
        log.append(log.head().position, &Batch { id: BatchId([number as u8; 16]), records }).unwrap();
    }
}

fn open_fault(place: &Place) -> Fault {
    SledLog::open(place.options()).unwrap_err()
}

fn cut(file: &Path, to: u64) {
    File::options().write(true).open(file).unwrap().set_len(to).unwrap();
}

/// Every file below the directory but the lock, with its bytes.
fn contents(directory: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && !path.ends_with("rollbook.lock") {
            files.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn a_closed_log_opens_whole() {
    let place = closed_log();
    let log = SledLog::open(place.options()).unwrap();
    assert_eq!(log.verify(&mut |_| ()).unwrap().records, 12 * 64);
}

#[test]
fn a_cut_file_is_refused_and_left_untouched() {
    let place = closed_log();
    let db = place.directory().join(DB_FILE);
    let length = fs::metadata(&db).unwrap().len();
    for to in [length / 2, length / 4, 1, 0] {
        cut(&db, to);
        let before = contents(&place.directory());
        match open_fault(&place) {
            Fault::Truncated { witness, .. } => assert_eq!(witness, 12 * 64),
            other => panic!("cut to {to}: {other:?}"),
        }
        assert!(contents(&place.directory()) == before, "cut to {to}");
        assert!(!place.directory().with_extension("trial").exists());
    }
}

#[test]
fn a_missing_directory_is_refused_and_not_made() {
    let place = closed_log();
    fs::remove_dir_all(place.directory()).unwrap();
    assert!(matches!(open_fault(&place), Fault::Truncated { witness: 768, found: 0 }));
    assert!(!place.directory().exists());
}

#[test]
fn an_older_copy_of_the_log_is_refused() {
    let place = Place::new();
    let log = SledLog::open(place.options()).unwrap();
    log.append(0, &batch(1, &[b"a"])).unwrap();
    log.close().unwrap();
    drop(log);
    let older = place.directory().with_extension("older");
    fs::create_dir(&older).unwrap();
    for (path, bytes) in contents(&place.directory()) {
        fs::write(older.join(Path::new(&path).file_name().unwrap()), bytes).unwrap();
    }
    let log = SledLog::open(place.options()).unwrap();
    log.append(1, &batch(2, &[b"b"])).unwrap();
    log.close().unwrap();
    drop(log);
    fs::remove_dir_all(place.directory()).unwrap();
    fs::rename(older, place.directory()).unwrap();
    assert!(matches!(open_fault(&place), Fault::Truncated { witness: 2, found: 1 }));
}

#[test]
fn another_log_in_the_same_place_is_refused() {
    let place = closed_log();
    let other = Place::new();
    let log = SledLog::open(other.options()).unwrap();
    fill(&log, 6);
    log.append(log.head().position, &batch(77, &[b"another history"])).unwrap();
    fill(&log, 12);
    log.close().unwrap();
    drop(log);
    fs::copy(place.witness(), other.witness()).unwrap();
    assert!(matches!(open_fault(&other), Fault::OtherHistory { position: 768 }));
}

#[test]
fn a_file_that_the_engine_itself_made_shorter_is_opened() {
    let place = closed_log();
    let witness = fs::read_to_string(place.witness()).unwrap();
    let (before, length) = witness.trim_end().rsplit_once(' ').unwrap();
    let longer = length.parse::<u64>().unwrap() + (8 << 20);
    fs::write(place.witness(), format!("{before} {longer}\n")).unwrap();
    let log = SledLog::open(place.options()).unwrap();
    assert_eq!(log.head().position, 12 * 64);
    assert!(!place.directory().with_extension("trial").exists());
}

#[test]
fn a_witness_behind_the_log_is_no_fault() {
    let place = Place::new();
    let log = SledLog::open(place.options()).unwrap();
    log.append(0, &batch(1, &[b"a", b"b"])).unwrap();
    log.record_witness().unwrap();
    log.append(2, &batch(2, &[b"c"])).unwrap();
    drop(log);
    assert_eq!(records(&SledLog::open(place.options()).unwrap(), 0).len(), 3);
}

#[test]
fn an_unreadable_witness_is_refused() {
    let place = closed_log();
    let good = fs::read(place.witness()).unwrap();
    let long = [good.as_slice(), &[b'\n'; 2000]].concat();
    for bad in [&b""[..], b"rollbook-witness 2\n", &good[..good.len() - 1], b"\xff\xfe", &long] {
        fs::write(place.witness(), bad).unwrap();
        assert!(matches!(open_fault(&place), Fault::WitnessUnreadable { .. }));
    }
    fs::write(place.witness(), good).unwrap();
    SledLog::open(place.options()).unwrap();
}

#[test]
fn a_witness_inside_the_directory_is_refused() {
    let place = Place::new();
    let witness_path = place.directory().join("deeper/witness");
    let options = SledLogOptions { witness_path, ..place.options() };
    assert!(matches!(SledLog::open(options), Err(Fault::WitnessInside { .. })));
    assert!(!place.directory().exists());
}

#[test]
fn a_half_written_snapshot_is_removed_and_finished_ones_stay() {
    let place = closed_log();
    let finished = snapshots(&place);
    assert!(!finished.is_empty());
    let left = place.directory().join("snap.FFFFFFFFFFFFFFF0.generating");
    fs::write(&left, b"half").unwrap();
    // Without the removal the engine cannot open.
    let raw = sled_open(&place.directory());
    assert!(raw.is_err());
    let log = SledLog::open(place.options()).unwrap();
    assert!(!left.exists());
    assert_eq!(log.head().position, 12 * 64);
}

fn snapshots(place: &Place) -> Vec<String> {
    let names = contents(&place.directory()).into_iter().map(|(path, _)| path);
    names.filter(|path| path.contains("snap.")).collect()
}

fn sled_open(directory: &Path) -> Result<(), ()> {
    match std::panic::catch_unwind(|| crate::sled_log::opens(directory)) {
        Ok(true) => Ok(()),
        _ => Err(()),
    }
}

#[test]
fn a_second_opening_is_refused_while_the_first_lives() {
    let place = Place::new();
    let log = SledLog::open(place.options()).unwrap();
    assert!(matches!(open_fault(&place), Fault::Locked { .. }));
    log.append(0, &batch(1, &[b"a"])).unwrap();
    drop(log);
    SledLog::open(place.options()).unwrap();
}

#[test]
fn a_full_disk_is_refused_before_the_engine_opens() {
    struct Full;
    impl Disk for Full {
        fn sync(&self, file: &File) -> std::io::Result<()> {
            RealDisk.sync(file)
        }
        fn free_bytes(&self, _: &Path) -> std::io::Result<u64> {
            Ok(OPEN_FREE_BYTES_MIN - 1)
        }
    }
    let place = Place::new();
    let options = SledLogOptions { disk: Arc::new(Full), ..place.options() };
    match SledLog::open(options) {
        Err(Fault::NoSpace { needed, free }) => assert_eq!((needed, free), (32 << 20, (32 << 20) - 1)),
        other => panic!("{other:?}"),
    }
    assert_eq!(contents(&place.directory()), []);
}

#[test]
fn damage_to_the_file_is_a_fault_and_never_a_panic() {
    // Overwritten ranges all over the file, one at a time.
    let place = closed_log();
    let pristine = contents(&place.directory());
    let db = place.directory().join(DB_FILE);
    let length = fs::metadata(&db).unwrap().len() as usize;
    for round in 0..16 {
        for (path, bytes) in &pristine {
            fs::write(path, bytes).unwrap();
        }
        let mut bytes = fs::read(&db).unwrap();
        let start = length / 16 * round;
        bytes[start..start + 2000].copy_from_slice(&filler(round as u64, 2000));
        fs::write(&db, bytes).unwrap();
        // Where the engine put nothing that is still in use, all is well.
        let outcome = SledLog::open(place.options()).and_then(|log| log.verify(&mut |_| ()));
        if let Ok(verified) = outcome {
            assert_eq!(verified.records, 12 * 64);
        }
        for snapshot in snapshots(&place) {
            fs::remove_file(snapshot).unwrap();
        }
    }
}
