//! The port's suite: one set of promises, run against each adapter.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::{Adapter, NO_DIGEST, OnDisk, batch, filler, records};
use crate::{
    AppendError, BATCH_BYTES_MAX, BATCH_RECORDS_MAX, Batch, BatchId, FIND_BATCHES_MAX, Fault, Head,
    MemoryLog, RECORD_BYTES_MAX, Unfit, Woken,
};

/// Long enough that only a wake-up that never comes reaches it.
const NEVER: Duration = Duration::from_secs(120);

fn a_new_log_is_empty<A: Adapter>() {
    let adapter = A::start();
    let log = adapter.log();
    assert_eq!(log.head(), Head { position: 0, batch_digest: NO_DIGEST, batch_id: None });
    assert!(records(log, 0).is_empty());
    assert_eq!(log.get(0).unwrap(), None);
    assert_eq!(log.get(1).unwrap(), None);
    assert_eq!(log.find_batch(BatchId([1; 16])).unwrap(), None);
    let verified = log.verify(&mut |_| ()).unwrap();
    assert_eq!((verified.records, verified.batches, verified.head), (0, 0, Head::EMPTY));
}

fn an_append_is_read_back_and_moves_the_head<A: Adapter>() {
    let adapter = A::start();
    let log = adapter.log();
    let first = log.append(0, &batch(1, &[b"a", b"", b"c"])).unwrap();
    let second = log.append(3, &batch(2, &[b"d"])).unwrap();
    assert_eq!((first.first, first.last, second.first, second.last), (1, 3, 4, 4));
    let expected = [b"a".to_vec(), b"".to_vec(), b"c".to_vec(), b"d".to_vec()];
    assert_eq!(records(log, 0), (1..).zip(expected).collect::<Vec<_>>());
    let head = Head { position: 4, batch_digest: second.batch_digest, batch_id: Some(BatchId([2; 16])) };
    assert_eq!(log.head(), head);
    assert_ne!(first.batch_digest, second.batch_digest);
}

fn a_read_starts_after_its_position_and_keeps_its_limit<A: Adapter>() {
    let adapter = A::start();
    let log = adapter.log();
    log.append(0, &batch(1, &[b"a", b"b", b"c"])).unwrap();
    log.append(3, &batch(2, &[b"d", b"e"])).unwrap();
    let positions = |after, limit| -> Vec<u64> {
        log.read(after, limit).unwrap().iter().map(|record| record.position).collect()
    };
    assert_eq!(positions(0, 2), [1, 2]);
    assert_eq!(positions(2, 2), [3, 4]);
    assert_eq!(positions(4, 9), [5]);
    assert!(positions(5, 9).is_empty() && positions(u64::MAX, 9).is_empty() && positions(0, 0).is_empty());
}

fn a_replay_ends_where_its_visitor_breaks_off<A: Adapter>() {
    let adapter = A::start();
    let log = adapter.log();
    log.append(0, &batch(1, &[b"a", b"b", b"c"])).unwrap();
    let mut seen = Vec::new();
    log.replay(0, &mut |position, _| {
        seen.push(position);
        if position == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .unwrap();
    assert_eq!(seen, [1, 2]);
}

fn a_reader_may_read_within_its_read<A: Adapter>() {
    let adapter = A::start();
    let log = adapter.log();
    log.append(0, &batch(1, &[b"a", b"b"])).unwrap();
    let mut same = 0;
    log.replay(0, &mut |position, bytes| {
        same += usize::from(log.get(position).unwrap().unwrap().bytes == bytes);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(same, 2);
}

fn a_panic_of_the_reader_stays_the_readers<A: Adapter>() {
    let adapter = A::start();
    let log = adapter.log();
    log.append(0, &batch(1, &[b"a"])).unwrap();
    let read = || log.replay(0, &mut |_, _| panic!("a bug in a fold"));
    catch_unwind(AssertUnwindSafe(read)).unwrap_err();
    assert_eq!(records(log, 0).len(), 1);
    log.append(1, &batch(2, &[b"b"])).unwrap();
}

fn an_append_on_another_head_is_a_conflict_and_changes_nothing<A: Adapter>() {
    let adapter = A::start();
    let log = adapter.log();
    log.append(0, &batch(1, &[b"a"])).unwrap();
    for expected in [0, 2, u64::MAX] {
        match log.append(expected, &batch(2, &[b"b"])) {
            Err(AppendError::Conflict { head }) => assert_eq!(head, log.head()),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(records(log, 0).len(), 1);
    log.append(1, &batch(2, &[b"b"])).unwrap();
}

fn an_unfit_batch_is_refused_and_changes_nothing<A: Adapter>() {
    let adapter = A::start();
    let log = adapter.log();
    let sizes = |sizes: &[usize]| Batch {
        id: BatchId([1; 16]),
        records: sizes.iter().map(|size| vec![0; *size]).collect(),
    };
    let refused = |batch: Batch| match log.append(0, &batch) {
        Err(AppendError::Unfit(unfit)) => unfit,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(sizes(&[])), Unfit::Empty);
    let records = BATCH_RECORDS_MAX + 1;
    assert_eq!(refused(sizes(&vec![0; records])), Unfit::TooManyRecords { records });
    let bytes = RECORD_BYTES_MAX + 1;
    assert_eq!(refused(sizes(&[0, bytes])), Unfit::RecordTooLarge { bytes });
    let mut many = vec![RECORD_BYTES_MAX; BATCH_BYTES_MAX / RECORD_BYTES_MAX];
    many.push(1);
    assert_eq!(refused(sizes(&many)), Unfit::BatchTooLarge { bytes: BATCH_BYTES_MAX + 1 });
    assert_eq!(log.head(), Head::EMPTY);
    log.append(0, &batch(1, &[b"a"])).unwrap();
}

fn records_around_the_page_size_come_back_whole<A: Adapter>() {
    let adapter = A::start();
    let log = adapter.log();
    // 3995 fits behind a frame header, 4088 fits a page of its own, one more does not.
    let sizes = [3994, 3995, 3996, 3997, 0, 4087, 4088, 4089, 4090, 4096, 0, 8176, 100_000, 1];
    let mut expected = Vec::new();
    for (number, size) in (1..).zip(sizes) {
        expected.push(filler(number, size));
        log.append(number - 1, &batch(number as u8, &[expected.last().unwrap()])).unwrap();
    }
    let together = Batch { id: BatchId([99; 16]), records: expected.clone() };
    log.append(sizes.len() as u64, &together).unwrap();
    expected.extend(expected.clone());
    for (position, expected) in (1..).zip(&expected) {
        assert_eq!(log.get(position).unwrap().unwrap().bytes, *expected, "at {position}");
        assert_eq!(log.read(position - 1, 1).unwrap()[0].bytes, *expected, "at {position}");
    }
    assert_eq!(records(log, 0), (1..).zip(expected).collect::<Vec<_>>());
    log.verify(&mut |_| ()).unwrap();
}

fn the_largest_batches_come_back_whole<A: Adapter>() {
    let adapter = A::start();
    let many: Vec<_> = (0..BATCH_RECORDS_MAX as u64).map(|seed| filler(seed, 300)).collect();
    let large: Vec<_> =
        (0..(BATCH_BYTES_MAX / RECORD_BYTES_MAX) as u64).map(|seed| filler(seed, RECORD_BYTES_MAX)).collect();
    let append = |head, id, records: &[Vec<u8>]| {
        adapter.log().append(head, &Batch { id: BatchId([id; 16]), records: records.to_vec() }).unwrap()
    };
    let first = append(0, 1, &many);
    let second = append(first.last, 2, &large);
    let adapter = adapter.restart();
    let expected: Vec<_> = many.into_iter().chain(large).collect();
    assert_eq!(adapter.log().head().position, second.last);
    assert!(records(adapter.log(), 0) == (1..).zip(expected).collect::<Vec<_>>());
    adapter.log().verify(&mut |_| ()).unwrap();
}

fn a_restart_finds_what_was_acknowledged_and_goes_on<A: Adapter>() {
    let mut adapter = A::start();
    for number in 1..=5 {
        adapter.log().append(number - 1, &batch(number as u8, &[&filler(number, 700)])).unwrap();
        let head = adapter.log().head();
        adapter = adapter.restart();
        assert_eq!(adapter.log().head(), head);
    }
    assert_eq!(records(adapter.log(), 0), (1..=5).map(|n| (n, filler(n, 700))).collect::<Vec<_>>());
    assert_eq!(adapter.log().verify(&mut |_| ()).unwrap().batches, 5);
}

fn the_digest_depends_on_every_batch_before<A: Adapter>() {
    let digest_after = |first: &[u8]| {
        let adapter = A::start();
        adapter.log().append(0, &batch(1, &[first])).unwrap();
        adapter.log().append(1, &batch(2, &[b"same"])).unwrap().batch_digest
    };
    assert_eq!(digest_after(b"one"), digest_after(b"one"));
    assert_ne!(digest_after(b"one"), digest_after(b"two"));
}

fn a_watch_wakes_on_a_new_head<A: Adapter>() {
    let adapter = A::start();
    let watch = adapter.log().watch();
    assert_eq!(watch.wait_past(0, Duration::ZERO), Woken::TimedOut);
    thread::scope(|scope| {
        let waiting = scope.spawn(move || watch.wait_past(0, NEVER));
        adapter.log().append(0, &batch(1, &[b"a"])).unwrap();
        assert_eq!(waiting.join().unwrap(), Woken::Advanced(adapter.log().head()));
    });
}

fn a_watch_ends_when_the_log_closes<A: Adapter>() {
    let adapter = A::start();
    let watch = adapter.log().watch();
    thread::scope(|scope| {
        let waiting = scope.spawn(move || watch.wait_past(0, NEVER));
        adapter.log().close().unwrap();
        assert_eq!(waiting.join().unwrap(), Woken::Ended);
    });
}

fn a_subscription_sees_each_head_until_it_is_dropped<A: Adapter>() {
    let adapter = A::start();
    let log = adapter.log();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let subscription = log.watch().subscribe(move |head| kept.lock().unwrap().push(head.position));
    log.append(0, &batch(1, &[b"a", b"b"])).unwrap();
    log.append(2, &batch(2, &[b"c"])).unwrap();
    drop(subscription);
    log.append(3, &batch(3, &[b"d"])).unwrap();
    assert_eq!(*seen.lock().unwrap(), [0, 2, 3]);
}

fn a_batch_is_found_by_its_id_near_the_head_only<A: Adapter>() {
    let adapter = A::start();
    let log = adapter.log();
    let first = log.append(0, &batch(1, &[b"a", b"b"])).unwrap();
    assert_eq!(log.find_batch(BatchId([1; 16])).unwrap(), Some(first));
    for position in 2..=FIND_BATCHES_MAX as u64 {
        log.append(position, &batch(0, &[b"x"])).unwrap();
    }
    assert_eq!(log.find_batch(BatchId([1; 16])).unwrap(), Some(first));
    log.append(log.head().position, &batch(0, &[b"x"])).unwrap();
    assert_eq!(log.find_batch(BatchId([1; 16])).unwrap(), None);
}

fn a_closed_log_refuses_and_opens_again<A: Adapter>() {
    let adapter = A::start();
    adapter.log().append(0, &batch(1, &[b"a"])).unwrap();
    adapter.log().close().unwrap();
    adapter.log().close().unwrap();
    assert!(matches!(adapter.log().append(1, &batch(2, &[b"b"])), Err(AppendError::Fault(Fault::Closed))));
    assert!(matches!(adapter.log().read(0, 1), Err(Fault::Closed)));
    let adapter = adapter.restart();
    assert_eq!(records(adapter.log(), 0), [(1, b"a".to_vec())]);
}

fn rivals_on_one_head_let_one_in<A: Adapter + Sync>() {
    let adapter = A::start();
    for head in 0..5 {
        let appended = thread::scope(|scope| {
            let rivals: Vec<_> = (0..8u8)
                .map(|id| {
                    let adapter = &adapter;
                    scope.spawn(move || adapter.log().append(head, &batch(id, &[b"r"])).is_ok())
                })
                .collect();
            rivals.into_iter().filter_map(|rival| rival.join().unwrap().then_some(())).count()
        });
        assert_eq!(appended, 1);
    }
    assert_eq!(adapter.log().verify(&mut |_| ()).unwrap().records, 5);
}

macro_rules! suite {
    ($($promise:ident)*) => {
        mod memory {
            $(#[test] fn $promise() { super::$promise::<super::MemoryLog>(); })*
        }
        mod sled {
            $(#[test] fn $promise() { super::$promise::<super::OnDisk>(); })*
        }
    };
}

suite! {
    a_new_log_is_empty
    an_append_is_read_back_and_moves_the_head
    a_read_starts_after_its_position_and_keeps_its_limit
    a_replay_ends_where_its_visitor_breaks_off
    a_reader_may_read_within_its_read
    a_panic_of_the_reader_stays_the_readers
    an_append_on_another_head_is_a_conflict_and_changes_nothing
    an_unfit_batch_is_refused_and_changes_nothing
    records_around_the_page_size_come_back_whole
    the_largest_batches_come_back_whole
    a_restart_finds_what_was_acknowledged_and_goes_on
    the_digest_depends_on_every_batch_before
    a_watch_wakes_on_a_new_head
    a_watch_ends_when_the_log_closes
    a_subscription_sees_each_head_until_it_is_dropped
    a_batch_is_found_by_its_id_near_the_head_only
    a_closed_log_refuses_and_opens_again
    rivals_on_one_head_let_one_in
}
