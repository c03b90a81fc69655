//! Keys that sign: kept under the master key, found again, gone for good.

use super::disk::SimulatedDisk;
use super::world::{open, options, provisioned};
use crate::*;
use std::sync::Arc;

fn publics(keyring: &Keyring) -> Vec<[u8; PUBLIC_KEY_BYTES]> {
    keyring.signing_keys().unwrap().iter().map(SigningKey::public).collect()
}

#[test]
fn a_signing_key_is_the_same_after_a_start() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    let made = keyring.make_signing_key().unwrap();
    drop(keyring);
    let found = open(&disk).signing_keys().unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].public(), made.public());
    assert_eq!(found[0].sign(b"text"), made.sign(b"text"));
}

#[test]
fn a_signature_is_ed25519s() {
    use ed25519_dalek::{Signature, VerifyingKey};
    let key = provisioned(&SimulatedDisk::default()).make_signing_key().unwrap();
    let verifier = VerifyingKey::from_bytes(&key.public()).unwrap();
    let signature = Signature::from_bytes(&key.sign(b"text"));
    assert!(verifier.verify_strict(b"text", &signature).is_ok());
    assert!(verifier.verify_strict(b"other", &signature).is_err());
}

#[test]
fn a_destroyed_signing_key_is_gone_and_the_others_stay() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    let (gone, stays) = (keyring.make_signing_key().unwrap(), keyring.make_signing_key().unwrap());
    keyring.destroy_signing_key(&gone.public()).unwrap();
    keyring.destroy_signing_key(&gone.public()).unwrap();
    assert_eq!(publics(&keyring), [stays.public()]);
    drop(keyring);
    assert_eq!(publics(&open(&disk)), [stays.public()]);
}

#[test]
fn another_master_key_gives_no_signing_key() {
    let disk = SimulatedDisk::default();
    drop(provisioned(&disk).make_signing_key().unwrap());
    let other = MasterKey::hex(&"7".repeat(64)).unwrap();
    let opened = Keyring::open_on(Arc::new(disk), KeyringOptions { master: other, ..options() });
    assert!(matches!(opened, Err(KeyringFault::Master(MasterFault::WrongKey))));
}
