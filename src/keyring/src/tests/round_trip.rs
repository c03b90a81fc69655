//! Sealing and opening on a real directory.

use super::disk::SimulatedDisk;
use super::world::{HOST, Seen, Witness, provisioned};
use crate::*;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn options(directory: &Path) -> KeyringOptions {
    let directory = directory.join("keyring");
    let master = MasterKey::beside(&directory);
    KeyringOptions::new(directory, master)
}

fn opened(directory: &Path) -> Keyring {
    Keyring::open(options(directory)).unwrap()
}

#[test]
fn what_was_sealed_opens_and_survives_reopening() {
    let directory = tempfile::tempdir().unwrap();
    let address = KeyAddress::subject(3, 1);
    let keyring = opened(directory.path());
    keyring.provision(KeySpace::Subject, 3).unwrap();
    let sealed = keyring.seal(address, HOST, b"ada@example.com").unwrap();
    drop(keyring);
    let keyring = opened(directory.path());
    let Opened::Value(value) = keyring.open_sealed(address, HOST, &sealed).unwrap() else { panic!("erased") };
    assert_eq!(value.as_slice(), b"ada@example.com");
}

#[test]
fn a_shredded_key_stays_shredded_after_reopening() {
    let directory = tempfile::tempdir().unwrap();
    let [gone, kept] = [KeyAddress::subject(3, 1), KeyAddress::subject(3, 0)];
    let keyring = opened(directory.path());
    keyring.provision(KeySpace::Subject, 3).unwrap();
    let [sealed_gone, sealed_kept] = [gone, kept].map(|address| keyring.seal(address, HOST, b"x").unwrap());
    keyring.shred(&[gone]).unwrap();
    drop(keyring);
    let keyring = opened(directory.path());
    assert_eq!(keyring.open_sealed(gone, HOST, &sealed_gone), Ok(Opened::Erased));
    assert_eq!(keyring.seal(gone, HOST, b"x"), Err(SealFault::Erased));
    assert!(matches!(keyring.open_sealed(kept, HOST, &sealed_kept), Ok(Opened::Value(_))));
}

#[test]
fn a_value_bound_to_other_bytes_is_damaged() {
    let keyring = provisioned(&SimulatedDisk::default());
    let address = KeyAddress::subject(1, 0);
    let sealed = keyring.seal(address, HOST, b"ada").unwrap();
    assert_eq!(keyring.open_sealed(address, b"position 8", &sealed), Err(OpenFault::Damaged));
}

#[test]
fn a_value_moved_to_another_address_is_under_the_wrong_key() {
    let keyring = provisioned(&SimulatedDisk::default());
    let sealed = keyring.seal(KeyAddress::subject(1, 0), HOST, b"ada").unwrap();
    for address in [KeyAddress::subject(1, 1), KeyAddress::subject(4_097, 0), KeyAddress::credential(8)] {
        assert_eq!(keyring.open_sealed(address, HOST, &sealed), Err(OpenFault::WrongKey), "{address:?}");
    }
}

#[test]
fn any_changed_or_missing_byte_of_a_sealed_value_is_noticed() {
    let keyring = provisioned(&SimulatedDisk::default());
    let address = KeyAddress::subject(1, 0);
    let whole = keyring.seal(address, HOST, b"ada").unwrap().into_bytes();
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x80;
        assert!(keyring.open_bytes(address, HOST, &changed).is_err(), "byte {at}");
        assert!(keyring.open_bytes(address, HOST, &whole[..at]).is_err(), "cut to {at}");
    }
}

#[test]
fn a_value_of_any_length_adds_the_stated_overhead_and_opens() {
    let keyring = provisioned(&SimulatedDisk::default());
    let address = KeyAddress::credential(1);
    for length in [0, 1, 63, 64, 65, 4_096, 100_000] {
        let plaintext = vec![length as u8; length];
        let sealed = keyring.seal(address, HOST, &plaintext).unwrap();
        assert_eq!(sealed.as_bytes().len(), length + SEALED_OVERHEAD_BYTES);
        let sealed = Sealed::decode(sealed.into_bytes()).unwrap();
        let Ok(Opened::Value(value)) = keyring.open_sealed(address, HOST, &sealed) else {
            panic!("not opened")
        };
        assert_eq!(*value, plaintext);
    }
    let beyond = vec![0; PLAINTEXT_BYTES_MAX + 1];
    assert_eq!(keyring.seal(address, HOST, &beyond), Err(SealFault::TooLarge));
}

#[test]
fn every_key_of_a_subject_shredded_together_leaves_its_neighbours() {
    let keyring = provisioned(&SimulatedDisk::default());
    let (gone, kept) = (KeyAddress::whole_subject(7), KeyAddress::whole_subject(6));
    let [gone_values, kept_values] = [gone, kept].map(|addresses| Witness::seal(&keyring, &addresses));
    keyring.shred(&gone).unwrap();
    assert_eq!(gone_values.look(&keyring), [Seen::Erased; 8]);
    assert_eq!(kept_values.look(&keyring), [Seen::Whole; 8]);
}

#[test]
fn a_keyring_works_the_same_without_a_cache() {
    let directory = tempfile::tempdir().unwrap();
    let keyring = Keyring::open(KeyringOptions { cache_keys_max: 0, ..options(directory.path()) }).unwrap();
    keyring.provision(KeySpace::Subject, 0).unwrap();
    let addresses = KeyAddress::whole_subject(1);
    assert_eq!(Witness::seal(&keyring, &addresses).look(&keyring), [Seen::Whole; 8]);
}

#[test]
fn a_second_process_is_kept_out() {
    let directory = tempfile::tempdir().unwrap();
    let _first = opened(directory.path());
    let second = Keyring::open(options(directory.path()));
    assert!(matches!(second, Err(KeyringFault::InUse { .. })));
}

#[test]
fn only_the_owner_can_read_what_the_keyring_makes() {
    let directory = tempfile::tempdir().unwrap();
    let keyring = opened(directory.path());
    keyring.provision(KeySpace::Subject, 0).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let keyring_directory = directory.path().join("keyring");
    assert_eq!(mode(&keyring_directory), 0o700);
    assert_eq!(mode(&directory.path().join("keyring.master")), 0o600);
    for file in std::fs::read_dir(keyring_directory).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
}

#[test]
fn files_left_half_written_are_removed_at_start() {
    let directory = tempfile::tempdir().unwrap();
    drop(opened(directory.path()));
    let half = directory.path().join("keyring/subject-000000.keys.fresh");
    std::fs::write(&half, b"half").unwrap();
    opened(directory.path());
    assert!(!half.exists());
}

#[test]
fn a_lost_master_key_file_is_not_made_again() {
    let directory = tempfile::tempdir().unwrap();
    drop(opened(directory.path()));
    std::fs::remove_file(directory.path().join("keyring.master")).unwrap();
    let refused = Keyring::open(options(directory.path()));
    assert!(matches!(refused, Err(KeyringFault::Master(MasterFault::Missing { .. }))));
    assert!(!directory.path().join("keyring.master").exists());
}

#[test]
fn rotation_on_a_real_disk_keeps_values_and_wipes_the_manifest_before() {
    let directory = tempfile::tempdir().unwrap();
    let keyring = opened(directory.path());
    keyring.provision(KeySpace::Subject, 0).unwrap();
    let witness = Witness::seal(&keyring, &[KeyAddress::subject(1, 0)]);
    keyring.shred(&[KeyAddress::subject(1, 1)]).unwrap();
    let mut before = std::fs::File::open(directory.path().join("keyring/manifest")).unwrap();
    keyring.rotate_wrapping_keys().unwrap();
    let mut bytes = Vec::new();
    before.read_to_end(&mut bytes).unwrap();
    assert!(!bytes.is_empty() && bytes.iter().all(|byte| *byte == 0));
    drop(keyring);
    assert_eq!(witness.look(&opened(directory.path())), [Seen::Whole]);
}
