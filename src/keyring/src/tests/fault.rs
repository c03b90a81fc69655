//! What is missing, damaged or foreign is a typed fault, and never made anew in silence.

use super::disk::SimulatedDisk;
use super::world::{HOST, MASTER, directory, options, provisioned, try_open};
use crate::disk::Disk;
use crate::*;
use std::sync::Arc;

fn fault(disk: &SimulatedDisk) -> KeyringFault {
    try_open(disk).expect_err("the keyring opened")
}

fn used() -> SimulatedDisk {
    let disk = SimulatedDisk::default();
    provisioned(&disk);
    disk
}

fn bytes(disk: &SimulatedDisk, file: &str) -> Vec<u8> {
    disk.read(&directory().join(file)).unwrap().unwrap()
}

#[test]
fn another_master_key_is_refused() {
    let disk = used();
    let master = MasterKey::hex(&MASTER.replace('0', "1")).unwrap();
    let opened = Keyring::open_on(Arc::new(disk), KeyringOptions { master, ..options() });
    assert!(matches!(opened, Err(KeyringFault::Master(MasterFault::WrongKey))));
}

#[test]
fn a_master_key_that_is_not_64_hexadecimal_digits_is_refused() {
    for digits in ["", "00", &MASTER[1..], &MASTER.replace('0', "g"), &MASTER.replace("00", "é")] {
        assert!(matches!(MasterKey::hex(digits), Err(MasterFault::Malformed)), "{digits}");
    }
}

#[test]
fn a_missing_block_file_is_not_made_again() {
    let disk = used();
    disk.remove(&directory().join("subject-000000.keys")).unwrap();
    assert!(matches!(fault(&disk), KeyringFault::BlockMissing { file } if file == "subject-000000.keys"));
    assert!(matches!(fault(&disk), KeyringFault::BlockMissing { .. }), "nor by the attempt before");
}

#[test]
fn the_last_block_file_missing_is_noticed() {
    let disk = used();
    disk.remove(&directory().join("credential-000001.keys")).unwrap();
    assert!(matches!(fault(&disk), KeyringFault::BlockMissing { file } if file == "credential-000001.keys"));
}

#[test]
fn a_missing_manifest_is_not_made_again_while_blocks_stand() {
    let disk = used();
    disk.remove(&directory().join("manifest")).unwrap();
    assert!(matches!(fault(&disk), KeyringFault::ManifestMissing { .. }));
}

#[test]
fn an_absent_keyring_is_refused_on_request() {
    let disk = SimulatedDisk::default();
    let asked = KeyringOptions { when_absent: WhenAbsent::Refuse, ..options() };
    assert!(matches!(Keyring::open_on(Arc::new(disk.clone()), asked), Err(KeyringFault::Absent { .. })));
    assert!(disk.names(&directory()).unwrap().is_empty());
}

#[test]
fn any_changed_byte_of_a_block_file_is_noticed() {
    let disk = used();
    let whole = bytes(&disk, "subject-000000.keys");
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        disk.put(&directory().join("subject-000000.keys"), &damaged);
        assert!(
            matches!(
                fault(&disk),
                KeyringFault::BlockDamaged { .. }
                    | KeyringFault::FormatUnknown { .. }
                    | KeyringFault::WrappingKeyUnknown { .. }
            ),
            "byte {at}"
        );
    }
}

#[test]
fn any_changed_byte_of_the_manifest_is_noticed() {
    let disk = used();
    let whole = bytes(&disk, "manifest");
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        disk.put(&directory().join("manifest"), &damaged);
        assert!(matches!(fault(&disk), KeyringFault::ManifestDamaged), "byte {at}");
    }
}

#[test]
fn a_file_cut_short_anywhere_is_noticed() {
    for file in ["manifest", "credential-000000.keys"] {
        let disk = used();
        let whole = bytes(&disk, file);
        for length in 0..whole.len() {
            disk.put(&directory().join(file), &whole[..length]);
            let fault = fault(&disk);
            assert!(
                matches!(fault, KeyringFault::ManifestDamaged | KeyringFault::BlockDamaged { .. }),
                "{file} cut to {length}"
            );
        }
    }
}

#[test]
fn a_block_file_under_another_name_is_noticed() {
    let disk = used();
    disk.put(&directory().join("subject-000000.keys"), &bytes(&disk, "subject-000001.keys"));
    assert!(matches!(fault(&disk), KeyringFault::BlockDamaged { .. }));
}

#[test]
fn a_later_format_is_told_apart_from_damage() {
    let disk = used();
    let mut later = bytes(&disk, "subject-000000.keys");
    later[8] = 4;
    disk.put(&directory().join("subject-000000.keys"), &later);
    assert!(matches!(fault(&disk), KeyringFault::FormatUnknown { version: 4, .. }));
}

#[test]
fn a_manifest_older_than_its_blocks_is_refused() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    let backup = bytes(&disk, "manifest");
    keyring.provision(KeySpace::Subject, NUMBERS_PER_BLOCK).unwrap();
    disk.put(&directory().join("manifest"), &backup);
    assert!(
        matches!(fault(&disk), KeyringFault::WrappingKeyUnknown { file, .. } if file == "subject-000002.keys")
    );
}

#[test]
fn a_number_far_ahead_of_the_dense_ones_is_refused() {
    let keyring = provisioned(&SimulatedDisk::default());
    for number in [(BLOCKS_AHEAD_MAX + 2) * NUMBERS_PER_BLOCK, BLOCKS_MAX * NUMBERS_PER_BLOCK, u64::MAX] {
        let provisioned = keyring.provision(KeySpace::Subject, number);
        assert!(matches!(provisioned, Err(KeyringFault::NumberTooFar { .. })), "{number}");
    }
}

#[test]
fn what_is_not_provisioned_is_neither_sealed_nor_shredded() {
    let keyring = provisioned(&SimulatedDisk::default());
    let address = KeyAddress::credential(2 * NUMBERS_PER_BLOCK);
    assert_eq!(keyring.seal(address, HOST, b""), Err(SealFault::NotProvisioned));
    assert!(matches!(keyring.shred(&[address]), Err(KeyringFault::NotProvisioned(_))));
    assert_eq!(keyring.fingerprint(address), None);
    assert!(!keyring.is_shredded(address));
}

#[test]
fn a_group_outside_its_space_is_refused() {
    let keyring = provisioned(&SimulatedDisk::default());
    for address in [KeyAddress::subject(0, 8), KeyAddress { group: 1, ..KeyAddress::credential(0) }] {
        assert_eq!(keyring.seal(address, HOST, b""), Err(SealFault::NoSuchAddress));
        assert!(matches!(keyring.shred(&[address]), Err(KeyringFault::NoSuchAddress(_))));
    }
}
