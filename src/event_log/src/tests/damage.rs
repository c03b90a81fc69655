//! Stored bytes that are not what was appended: found by `verify`, and by the reads that meet them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Adapter, OnDisk, Place, batch, filler};
use crate::frame::FrameHeader;
use crate::memory::PageMap;
use crate::pack::pack;
use crate::page::{KEY_BYTES, PageKey};
use crate::{Batch, BatchId, Damage, Digest, EventLog, Fault, Head, MemoryLog, SledLog};

/// Two batches: a page each for positions 1, 2 and 3, and then one page for 4 and 5.
fn fill(log: &dyn EventLog) {
    let large = [filler(1, 3000), filler(2, 3000), filler(3, 3000)];
    log.append(0, &Batch { id: BatchId([1; 16]), records: large.to_vec() }).unwrap();
    log.append(3, &batch(2, &[b"four", b"five"])).unwrap();
}

/// Two logs with the same change made to their stored pages, one in memory, one in sled.
fn damaged(change: impl Fn(&mut PageMap)) -> [Box<dyn EventLog>; 2] {
    let memory = MemoryLog::new();
    fill(&memory);
    memory.pages_mut(&change);

    let place = Place::new();
    let log = SledLog::open(place.options()).unwrap();
    fill(&log);
    log.with_db(|db| {
        let mut pages = PageMap::new();
        for page in db.iter() {
            let (key, value) = page.unwrap();
            let key = PageKey::parse(&key).unwrap();
            if key.position != u64::MAX {
                pages.insert(key, value.as_ref().into());
                db.remove(key.encode()).unwrap();
            }
        }
        change(&mut pages);
        pages.iter().for_each(|(key, value)| drop(db.insert(key.encode(), value.as_ref()).unwrap()));
    });
    // The folder may go: the file is open.
    [Box::new(memory), Box::new(log)]
}

/// What `verify` says of both logs.
fn verified(change: impl Fn(&mut PageMap)) -> (u64, Damage) {
    let [memory, sled] = damaged(change).map(|log| match log.verify(&mut |_| ()) {
        Err(Fault::Corrupt { position, damage }) => (position, damage),
        other => panic!("{other:?}"),
    });
    assert_eq!(memory, sled);
    memory
}

fn at(position: u64) -> PageKey {
    PageKey::first_at(position)
}

#[test]
fn the_pages_stand_where_these_tests_expect_them() {
    let log = MemoryLog::new();
    fill(&log);
    log.pages_mut(|pages| assert_eq!(pages.keys().copied().collect::<Vec<_>>(), [1, 2, 3, 4].map(at)));
}

#[test]
fn verify_finds_each_flipped_bit() {
    let log = MemoryLog::new();
    fill(&log);
    let mut original = BTreeMap::new();
    log.pages_mut(|pages| original = pages.clone());
    for (key, value) in &original {
        for byte in 0..value.len() {
            let mut flipped = value.to_vec();
            flipped[byte] ^= 1 << (byte % 8);
            log.pages_mut(|pages| drop(pages.insert(*key, flipped.into())));
            match log.verify(&mut |_| ()) {
                Err(Fault::Corrupt { position, .. }) => assert_eq!(position, key.position),
                other => panic!("byte {byte} of {key:?}: {other:?}"),
            }
        }
        log.pages_mut(|pages| drop(pages.insert(*key, Arc::clone(value))));
    }
    log.verify(&mut |_| ()).unwrap();
}

#[test]
fn verify_finds_a_flipped_byte() {
    let flip = |pages: &mut PageMap| {
        let mut value = pages[&at(2)].to_vec();
        value[1000] ^= 0x20;
        pages.insert(at(2), value.into());
    };
    assert_eq!(verified(flip), (2, Damage::Checksum));
}

#[test]
fn verify_finds_a_removed_page() {
    for (removed, position) in [(1, 1), (2, 2), (3, 3), (4, 4)] {
        let (found, damage) = verified(|pages| drop(pages.remove(&at(removed))));
        assert_eq!((found, damage), (position, Damage::Missing));
    }
}

#[test]
fn verify_finds_swapped_pages() {
    let swap = |pages: &mut PageMap| {
        let (two, three) = (Arc::clone(&pages[&at(2)]), Arc::clone(&pages[&at(3)]));
        pages.insert(at(2), three);
        pages.insert(at(3), two);
    };
    assert_eq!(verified(swap), (2, Damage::Checksum));
}

#[test]
fn verify_finds_a_page_too_many() {
    let (position, damage) = verified(|pages| {
        let copy = Arc::clone(&pages[&at(3)]);
        pages.insert(PageKey { position: 3, fragment: 1 }, copy);
    });
    assert_eq!((position, damage), (4, Damage::Missing));
}

#[test]
fn verify_finds_a_batch_put_in_place_of_another() {
    // Sealed with valid checksums, by one who knows the layout.
    let forged = batch(9, &[b"4our", b"five"]);
    let replaced = verified(|pages| {
        let (_, page) = pack(4, Digest([7; 32]), &forged).pages.remove(0);
        pages.insert(at(4), page.into());
    });
    assert_eq!(replaced, (4, Damage::Chain));
}

#[test]
fn verify_finds_records_that_are_not_those_of_their_digest() {
    let (position, damage) = verified(|pages| {
        let opens = crate::page::Page::parse(at(4), &pages[&at(4)]).unwrap().opens.unwrap();
        let mut page = crate::page::PageBuilder::new(at(4), Some(&opens));
        page.push_record(b"4our");
        page.push_record(b"five");
        pages.insert(at(4), page.seal().1.into());
    });
    assert_eq!((position, damage), (4, Damage::Digest));
}

#[test]
fn verify_finds_a_whole_history_that_the_head_does_not_end() {
    let (position, damage) = verified(|pages| {
        let opens = crate::page::Page::parse(at(4), &pages[&at(4)]).unwrap().opens.unwrap();
        let forged = batch(2, &[b"4our", b"five"]);
        let FrameHeader { previous, .. } = opens;
        pages.insert(at(4), pack(4, previous, &forged).pages.remove(0).1.into());
    });
    assert_eq!((position, damage), (5, Damage::Head));
}

#[test]
fn reads_refuse_what_they_meet_and_serve_what_is_before() {
    for log in damaged(|pages| drop(pages.remove(&at(3)))) {
        assert_eq!(log.read(0, 2).unwrap().len(), 2);
        assert!(matches!(log.read(0, 5), Err(Fault::Corrupt { position: 3, damage: Damage::Missing })));
        assert!(matches!(log.get(3), Err(Fault::Corrupt { position: 3, .. })));
        assert_eq!(log.get(5).unwrap().unwrap().bytes, b"five");
    }
}

#[test]
fn arbitrary_pages_never_panic_a_reader() {
    arbtest::arbtest(|u| {
        let mut pages = PageMap::new();
        for _ in 0..u.int_in_range(0..=6)? {
            let sizes: [u16; 3] = u.arbitrary()?;
            let records = sizes.iter().map(|size| filler(1, usize::from(*size) % 9000)).collect();
            let from = Batch { id: BatchId([1; 16]), records };
            let first = u.int_in_range(1..=9)?;
            for (key, value) in pack(first, Digest(u.arbitrary()?), &from).pages {
                let fragment = if u.ratio(1, 5)? { u.arbitrary()? } else { key.fragment };
                let key = PageKey { position: key.position.saturating_sub(u.int_in_range(0..=1)?), fragment };
                let mut value = value;
                crate::page::stamp(key, &mut value);
                pages.insert(key, value.into());
            }
        }
        let head = Head { position: u.int_in_range(0..=12)?, batch_digest: Digest::ZERO, batch_id: None };
        let log = MemoryLog::from_pages(pages, head);
        for position in 0..13 {
            let _ = log.read(position, 3);
            let _ = log.get(position);
        }
        let _ = log.find_batch(BatchId([2; 16]));
        // No digest leads to this head.
        assert!(head.position == 0 || log.verify(&mut |_| ()).is_err());
        Ok(())
    });
}

#[test]
fn opening_finds_a_head_that_is_not_the_last_batch() {
    let place = Place::new();
    let log = SledLog::open(place.options()).unwrap();
    fill(&log);
    log.with_db(|db| {
        db.remove(at(4).encode()).unwrap();
        db.flush().unwrap();
    });
    drop(log);
    match SledLog::open(place.options()) {
        Err(Fault::Corrupt { position: 5, damage: Damage::Head }) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn opening_finds_a_lost_head_entry() {
    let disk = OnDisk::start();
    fill(&disk.log);
    disk.log.with_db(|db| {
        db.remove([0xff; KEY_BYTES]).unwrap();
        db.flush().unwrap();
    });
    let OnDisk { log, place } = disk;
    drop(log);
    // Without its witness; with it the log would be told to be truncated.
    std::fs::remove_file(place.witness()).unwrap();
    assert!(matches!(SledLog::open(place.options()), Err(Fault::Corrupt { damage: Damage::Head, .. })));
}
