//! The fence: a restored backup cannot bring a person back.

use super::disk::SimulatedDisk;
use super::world::{Seen, Witness, directory, open, provisioned, try_open};
use crate::disk::Disk;
use crate::*;

const GONE: KeyAddress = KeyAddress::subject(5, 1);
const BLOCK_FILE: &str = "subject-00000.keys";

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
    keyring.rotate_wrapping_key().unwrap();
    disk.put(&directory().join(BLOCK_FILE), &backup);
    let opened = try_open(&disk);
    assert!(matches!(opened, Err(KeyringFault::WrappingKeyUnknown { generation: 1, .. })));
}

#[test]
fn a_rotation_wipes_the_manifests_it_replaces() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    keyring.rotate_wrapping_key().unwrap();
    let manifests = disk.remnants().into_iter().filter(|bytes| bytes.starts_with(b"rollkeym"));
    assert_eq!(manifests.count(), 1, "only the living one");
}

#[test]
fn a_shredded_key_does_not_come_back_from_the_cache() {
    let keyring = provisioned(&SimulatedDisk::default());
    let witness = Witness::seal(&keyring, &[GONE]);
    assert_eq!(witness.look(&keyring), [Seen::Whole]);
    keyring.shred(&[GONE]).unwrap();
    assert_eq!(witness.look(&keyring), [Seen::Erased]);
}

#[test]
fn readers_during_a_shredding_leave_no_key_in_the_cache() {
    let keyring = provisioned(&SimulatedDisk::default());
    for number in 0..200 {
        let address = KeyAddress::subject(number, 0);
        let witness = Witness::seal(&keyring, &[address]);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| while witness.look(&keyring) == [Seen::Whole] {});
            }
            keyring.shred(&[address]).unwrap();
        });
        assert_eq!(witness.look(&keyring), [Seen::Erased]);
    }
}
