//! A disk that fails: nothing is acknowledged, the log stops, and the directory opens again.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use super::{OnDisk, Place, batch, records};
use crate::{
    AppendError, AppendFailure, BatchId, Disk, EventLog, Fault, MemoryLog, RealDisk, SledLog, SledLogOptions,
    Woken,
};

/// A real disk whose sync fails at the Nth call, and from then on.
struct BadDisk {
    syncs_left: AtomicU32,
    free: AtomicU64,
}

impl BadDisk {
    fn new(syncs: u32) -> Arc<Self> {
        Arc::new(Self { syncs_left: AtomicU32::new(syncs), free: AtomicU64::new(u64::MAX) })
    }
}

impl Disk for BadDisk {
    fn sync(&self, file: &File) -> io::Result<()> {
        let taken =
            self.syncs_left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if taken.is_err() {
            return Err(io::Error::from_raw_os_error(5));
        }
        RealDisk.sync(file)
    }

    fn free_bytes(&self, _: &Path) -> io::Result<u64> {
        Ok(self.free.load(Ordering::SeqCst))
    }
}

fn on_bad_disk(place: &Place, disk: &Arc<BadDisk>) -> SledLog {
    let disk: Arc<dyn Disk> = disk.clone();
    SledLog::open(SledLogOptions { disk, ..place.options() }).unwrap()
}

#[test]
fn a_failed_sync_is_never_acknowledged_and_stops_the_log() {
    let place = Place::new();
    let log = on_bad_disk(&place, &BadDisk::new(3));
    let watch = log.watch();
    for number in 0..3 {
        log.append(number, &batch(number as u8, &[b"kept"])).unwrap();
    }
    let durable = log.head();
    match log.append(3, &batch(3, &[b"lost?"])) {
        Err(AppendError::Fault(Fault::Io { action, .. })) => assert_eq!(action, "sync the log"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(log.append(3, &batch(4, &[b"x"])), Err(AppendError::Fault(Fault::Stopped))));
    assert_eq!(log.head(), durable);
    assert_eq!(watch.wait_past(3, std::time::Duration::ZERO), Woken::Ended);
}

#[test]
fn reads_after_a_failed_sync_end_at_the_durable_head() {
    let place = Place::new();
    let log = on_bad_disk(&place, &BadDisk::new(1));
    log.append(0, &batch(1, &[b"kept"])).unwrap();
    log.append(1, &batch(2, &[b"lost?"])).unwrap_err();
    assert_eq!(records(&log, 0), [(1, b"kept".to_vec())]);
    assert_eq!(log.get(2).unwrap(), None);
    assert_eq!(log.find_batch(BatchId([2; 16])).unwrap(), None);
    assert_eq!(log.verify(&mut |_| ()).unwrap().records, 1);
}

#[test]
fn a_log_stopped_by_a_failed_sync_opens_healthy_again() {
    let place = Place::new();
    let log = on_bad_disk(&place, &BadDisk::new(1));
    let kept = log.append(0, &batch(1, &[b"kept"])).unwrap();
    log.append(1, &batch(2, &[b"lost?"])).unwrap_err();
    assert!(matches!(log.close(), Err(Fault::Stopped)));
    drop(log);
    let log = SledLog::open(place.options()).unwrap();
    log.verify(&mut |_| ()).unwrap();
    assert_eq!(log.find_batch(BatchId([1; 16])).unwrap(), Some(kept));
    // The batch without an answer is there whole or not at all, and its id settles which.
    let settled = log.find_batch(BatchId([2; 16])).unwrap();
    assert_eq!(settled.map_or(1, |receipt| receipt.last), log.head().position);
    log.append(log.head().position, &batch(3, &[b"on"])).unwrap();
}

#[test]
fn each_acknowledgement_takes_a_sync_of_its_own() {
    for syncs in 0..4 {
        let place = Place::new();
        let log = on_bad_disk(&place, &BadDisk::new(syncs));
        let acknowledged = (0..4).take_while(|head| log.append(*head, &batch(1, &[b"a"])).is_ok()).count();
        assert_eq!(acknowledged as u32, syncs);
    }
}

#[test]
fn a_nearly_full_disk_stops_appends_before_they_are_written() {
    let place = Place::new();
    let disk = BadDisk::new(9);
    let log = on_bad_disk(&place, &disk);
    log.append(0, &batch(1, &[b"kept"])).unwrap();
    disk.free.store(crate::sled_log::APPEND_FREE_BYTES_MIN - 1, Ordering::SeqCst);
    match log.append(1, &batch(2, &[b"refused"])) {
        Err(AppendError::Fault(Fault::NoSpace { needed, free })) => assert_eq!(free, needed - 1),
        other => panic!("{other:?}"),
    }
    // There is still room enough to open and to read.
    drop(log);
    let log = on_bad_disk(&place, &disk);
    assert_eq!(records(&log, 0).len(), 1);
    assert_eq!(log.find_batch(BatchId([2; 16])).unwrap(), None);
}

#[test]
fn a_failed_close_leaves_the_log_as_it_was_acknowledged() {
    let place = Place::new();
    let log = on_bad_disk(&place, &BadDisk::new(1));
    log.append(0, &batch(1, &[b"kept"])).unwrap();
    assert!(matches!(log.close(), Err(Fault::Io { .. })));
    drop(log);
    let log = SledLog::open(place.options()).unwrap();
    assert_eq!(records(&log, 0), [(1, b"kept".to_vec())]);
}

#[test]
fn the_log_in_memory_loses_or_keeps_the_batch_as_asked() {
    for (failure, after) in [(AppendFailure::Lost, 1), (AppendFailure::Kept, 2)] {
        let log = MemoryLog::new();
        log.fail_after(1, failure);
        log.append(0, &batch(1, &[b"a"])).unwrap();
        assert!(matches!(log.append(1, &batch(2, &[b"b"])), Err(AppendError::Fault(Fault::Io { .. }))));
        assert!(matches!(log.append(1, &batch(2, &[b"b"])), Err(AppendError::Fault(Fault::Stopped))));
        assert_eq!((log.head().position, records(&log, 0).len()), (1, 1));
        let log = log.restart();
        assert_eq!(log.head().position, after);
        assert_eq!(log.find_batch(BatchId([2; 16])).unwrap().is_some(), failure == AppendFailure::Kept);
        log.verify(&mut |_| ()).unwrap();
        log.append(after, &batch(3, &[b"c"])).unwrap();
    }
}

#[test]
fn a_first_batch_without_an_answer_is_not_shown() {
    let log = MemoryLog::new();
    log.fail_after(0, AppendFailure::Kept);
    log.append(0, &batch(1, &[b"a"])).unwrap_err();
    assert_eq!(log.find_batch(BatchId([1; 16])).unwrap(), None);
    assert_eq!(log.get(1).unwrap(), None);
    assert_eq!(log.verify(&mut |_| ()).unwrap().records, 0);

    let place = Place::new();
    let log = on_bad_disk(&place, &BadDisk::new(0));
    log.append(0, &batch(1, &[b"a"])).unwrap_err();
    assert_eq!(log.find_batch(BatchId([1; 16])).unwrap(), None);
    assert_eq!(log.get(1).unwrap(), None);
    assert_eq!(log.verify(&mut |_| ()).unwrap().records, 0);
}

#[test]
fn no_page_leaves_the_synced_file_for_one_that_is_not() {
    let disk = <OnDisk as super::Adapter>::start();
    let mut head = 0;
    for round in 0..40 {
        let records = (0..64).map(|seed| super::filler(round * 64 + seed, 4000)).collect();
        head = disk.log.append(head, &crate::Batch { id: BatchId([0; 16]), records }).unwrap().last;
    }
    let blobs = disk.place.directory().join("blobs");
    assert_eq!(std::fs::read_dir(blobs).unwrap().count(), 0);
}
