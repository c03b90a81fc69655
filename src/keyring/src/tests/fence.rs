//! The fence: a restored backup cannot bring a person back.

use super::disk::SimulatedDisk;
use super::world::{Seen, Witness, directory, open, options, provisioned, try_open};
use crate::disk::Disk;
use crate::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const GONE: KeyAddress = KeyAddress::subject(5, 1);
const BLOCK_FILE: &str = "subject-000000.keys";

fn block_file(disk: &SimulatedDisk) -> Vec<u8> {
    disk.read(&directory().join(BLOCK_FILE)).unwrap().unwrap()
}

#[test]
fn a_restored_key_file_is_destroyed_again() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    let witness = Witness::seal(&keyring, &[GONE]);
    let backup = block_file(&disk);
    keyring.shred(&[GONE]).unwrap();
    disk.put(&directory().join(BLOCK_FILE), &backup);
    let keyring = open(&disk);
    assert_eq!(witness.look(&keyring), [Seen::Whole], "the backup did bring it back");
    assert_eq!(keyring.reconcile([GONE, GONE].into_iter()).unwrap(), Reconciled { destroyed_again: 1 });
    assert_eq!(witness.look(&keyring), [Seen::Erased]);
    assert_eq!(witness.look(&open(&disk)), [Seen::Erased]);
}

#[test]
fn reconciling_what_is_gone_destroys_nothing() {
    let keyring = provisioned(&SimulatedDisk::default());
    keyring.shred(&[GONE]).unwrap();
    assert_eq!(keyring.reconcile([GONE].into_iter()).unwrap(), Reconciled { destroyed_again: 0 });
}

#[test]
fn reconciling_past_the_provisioned_blocks_says_the_keyring_is_too_old() {
    let keyring = provisioned(&SimulatedDisk::default());
    let unknown = KeyAddress::subject(2 * NUMBERS_PER_BLOCK, 0);
    let reconciled = keyring.reconcile([GONE, unknown].into_iter());
    assert!(matches!(reconciled, Err(KeyringFault::NotProvisioned(address)) if address == unknown));
    assert!(!keyring.is_shredded(GONE), "a refused batch destroys nothing");
}

#[test]
fn after_a_rotation_a_restored_key_file_is_noise() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    let backup = block_file(&disk);
    keyring.shred(&[GONE]).unwrap();
    keyring.rotate_wrapping_keys().unwrap();
    disk.put(&directory().join(BLOCK_FILE), &backup);
    let opened = try_open(&disk);
    assert!(matches!(opened, Err(KeyringFault::WrappingKeyUnknown { generation: 1, .. })));
}

#[test]
fn a_rotation_wipes_the_manifests_it_replaces() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    keyring.shred(&[GONE]).unwrap();
    keyring.rotate_wrapping_keys().unwrap();
    let manifests = disk.remnants().into_iter().filter(|bytes| bytes.starts_with(b"rollkeym"));
    assert_eq!(manifests.count(), 1, "only the living one");
}

#[test]
fn a_rotation_leaves_blocks_alone_in_which_nothing_was_shredded() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    let blocks = || {
        let file = |name: &str| disk.read(&directory().join(name)).unwrap().unwrap();
        ["subject-000000.keys", "subject-000001.keys", "credential-000000.keys"].map(file)
    };
    // The first one moves all blocks away from the key they share.
    keyring.shred(&[GONE]).unwrap();
    keyring.rotate_wrapping_keys().unwrap();
    let before = blocks();
    keyring.shred(&[KeyAddress::subject(NUMBERS_PER_BLOCK, 0)]).unwrap();
    keyring.rotate_wrapping_keys().unwrap();
    let changed: Vec<bool> = before.iter().zip(blocks()).map(|(before, after)| *before != after).collect();
    assert_eq!(changed, [false, true, false]);
}

#[test]
fn an_erasure_leaves_other_blocks_alone_though_keys_in_them_were_revoked() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    let [first, second] = [GONE, KeyAddress::subject(NUMBERS_PER_BLOCK, 0)];
    // The first one moves all blocks away from the key they share.
    keyring.erase(&[KeyAddress::subject(1, 0)]).unwrap();
    keyring.revoke(&[second]).unwrap();
    let file = |name: &str| disk.read(&directory().join(name)).unwrap().unwrap();
    let before = file("subject-000001.keys");
    keyring.erase(&[first]).unwrap();
    assert_eq!(file("subject-000001.keys"), before);
    assert!(keyring.is_gone(second) && !keyring.is_shredded(second));
}

#[test]
fn an_erasure_writes_each_of_its_blocks_once() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    keyring.erase(&[KeyAddress::subject(1, 0)]).unwrap();
    let written = || disk.remnants().into_iter().filter(|bytes| bytes.starts_with(b"rollkeyb")).count();
    let before = written();
    keyring.erase(&[GONE]).unwrap();
    assert_eq!(written() - before, 1);
}

#[test]
fn revoked_keys_leave_their_files_some_at_a_time_and_snapshots_stay() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    keyring.erase(&[KeyAddress::subject(1, 0)]).unwrap();
    let snapshots = keyring.snapshot_key_or_new().unwrap().name();
    let revoked = [KeyAddress::credential(1), KeyAddress::credential(NUMBERS_PER_BLOCK)];
    keyring.revoke(&revoked).unwrap();
    assert!(keyring.rotate_some(1).unwrap(), "one of two");
    assert_eq!(revoked.map(|key| keyring.is_shredded(key)), [true, false]);
    assert!(!keyring.rotate_some(1).unwrap(), "the other");
    assert_eq!(revoked.map(|key| keyring.is_shredded(key)), [true, true]);
    assert_eq!(keyring.snapshot_key().map(|key| key.name()), Some(snapshots));
}

#[test]
fn a_rotation_with_nothing_shredded_before_writes_nothing() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    let before = disk.remnants().len();
    keyring.rotate_wrapping_keys().unwrap();
    assert_eq!(disk.remnants().len(), before);
}

#[test]
fn what_was_shredded_before_a_restart_is_noise_after_the_next_rotation() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    let backup = block_file(&disk);
    keyring.shred(&[GONE]).unwrap();
    drop(keyring);
    open(&disk).rotate_wrapping_keys().unwrap();
    disk.put(&directory().join(BLOCK_FILE), &backup);
    assert!(matches!(try_open(&disk), Err(KeyringFault::WrappingKeyUnknown { .. })));
}

#[test]
fn a_shredded_key_does_not_come_back_from_the_cache() {
    let keyring = provisioned(&SimulatedDisk::default());
    let witness = Witness::seal(&keyring, &[GONE]);
    assert_eq!(witness.look(&keyring), [Seen::Whole]);
    keyring.shred(&[GONE]).unwrap();
    assert_eq!(witness.look(&keyring), [Seen::Erased]);
}

/// A cache of four keys and eight in use: nearly every look derives its key anew, right beside the shredding.
#[test]
fn readers_during_a_shredding_leave_no_key_in_the_cache() {
    let disk = Arc::new(SimulatedDisk::default());
    let keyring = Keyring::open_on(disk, KeyringOptions { cache_keys_max: 4, ..options() }).unwrap();
    keyring.provision(KeySpace::Subject, 0).unwrap();
    for number in 0..200 {
        let [address, others @ ..] = KeyAddress::whole_subject(number);
        let [target, others] = [&[address][..], &others].map(|at| Witness::seal(&keyring, at));
        let shredded = AtomicBool::new(false);
        let read = || {
            loop {
                others.look(&keyring);
                target.look(&keyring);
                let after = shredded.load(Ordering::SeqCst);
                let seen = target.look(&keyring);
                if after {
                    return assert_eq!(seen, [Seen::Erased]);
                }
            }
        };
        std::thread::scope(|scope| {
            let _readers = [scope.spawn(read), scope.spawn(read)];
            keyring.shred(&[address]).unwrap();
            assert_eq!(target.look(&keyring), [Seen::Erased]);
            shredded.store(true, Ordering::SeqCst);
        });
        assert_eq!(target.look(&keyring), [Seen::Erased]);
    }
}
