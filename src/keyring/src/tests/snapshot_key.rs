//! The key of snapshots: it lasts until anything is shredded, and is gone for good then.

use super::disk::{CRASHES, Failing, SimulatedDisk};
use super::world::{open, provisioned};
use crate::*;

const GONE: KeyAddress = KeyAddress::subject(1, 0);
const BOUND: &[u8] = b"part 3";

fn sealed(keyring: &Keyring) -> Vec<u8> {
    keyring.snapshot_key_or_new().unwrap().seal(BOUND, b"everybody")
}

fn opens(keyring: &Keyring, sealed: &[u8]) -> bool {
    keyring.snapshot_key().is_some_and(|key| key.open(BOUND, sealed).is_some())
}

#[test]
fn what_was_sealed_opens_after_a_restart_and_only_where_it_was_bound_to() {
    let disk = SimulatedDisk::default();
    let sealed = sealed(&provisioned(&disk));
    let keyring = open(&disk);
    let key = keyring.snapshot_key().unwrap();
    assert_eq!(*key.open(BOUND, &sealed).unwrap(), b"everybody");
    assert!(key.open(b"part 4", &sealed).is_none());
    assert_eq!(key.name(), keyring.snapshot_key_or_new().unwrap().name());
}

#[test]
fn a_new_keyring_has_no_key_of_snapshots() {
    assert!(provisioned(&SimulatedDisk::default()).snapshot_key().is_none());
}

#[test]
fn a_rotation_destroys_it() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    let sealed = sealed(&keyring);
    keyring.shred(&[GONE]).unwrap();
    assert!(opens(&keyring, &sealed), "shredding alone leaves it");
    keyring.rotate_wrapping_keys().unwrap();
    assert!(!opens(&keyring, &sealed) && !opens(&open(&disk), &sealed));
    assert_ne!(keyring.snapshot_key_or_new().unwrap().seal(BOUND, b""), sealed);
}

/// However the forgetting fails, and whatever a crash leaves: forgotten once told so, and never twice the same.
#[test]
fn forgotten_it_is_gone_after_every_crash() {
    for failing in [Failing::Before, Failing::After] {
        for steps in 0.. {
            let mut whole = false;
            for crash in CRASHES {
                let disk = SimulatedDisk::default();
                let keyring = provisioned(&disk);
                let sealed = sealed(&keyring);
                disk.fail_after(steps, failing);
                let forgotten = keyring.forget_snapshot_key();
                whole = disk.heal();
                let again = open(&disk.after(crash));
                assert!(forgotten.is_err() || !opens(&again, &sealed), "{crash:?}");
                again.forget_snapshot_key().unwrap();
                assert!(!opens(&again, &sealed));
            }
            if whole {
                assert!(steps > 0, "forgetting took no step");
                break;
            }
        }
    }
}

#[test]
fn the_manifests_that_held_it_are_wiped() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    sealed(&keyring);
    keyring.forget_snapshot_key().unwrap();
    let manifests = disk.remnants().into_iter().filter(|bytes| bytes.starts_with(b"rollkeym"));
    assert_eq!(manifests.count(), 1, "only the living one");
}
