//! Secrets stay where they belong: not in files in clear, not in Debug, not in a copy of the sealed bytes.

use super::disk::SimulatedDisk;
use super::world::{FixedEntropy, HOST, MASTER, Witness, options, provisioned};
use crate::*;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

/// Remembers every 32 bytes it gave: each of them is a key.
#[derive(Default)]
struct Overheard {
    source: FixedEntropy,
    keys: Mutex<Vec<Vec<u8>>>,
}

impl Entropy for Overheard {
    fn fill(&self, bytes: &mut [u8]) {
        self.source.fill(bytes);
        if bytes.len() == 32 {
            self.keys.lock().unwrap().push(bytes.to_vec());
        }
    }
}

#[test]
fn no_file_ever_holds_a_key_in_clear() {
    let (disk, entropy) = (SimulatedDisk::default(), Arc::new(Overheard::default()));
    let keyring =
        Keyring::open_on(Arc::new(disk.clone()), KeyringOptions { entropy: entropy.clone(), ..options() })
            .unwrap();
    keyring.provision(KeySpace::Subject, 0).unwrap();
    keyring.shred(&[KeyAddress::subject(1, 1)]).unwrap();
    keyring.rotate_wrapping_keys().unwrap();
    let keys = entropy.keys.lock().unwrap();
    assert!(keys.len() >= 6, "two seeds, two wrapping keys, an envelope, a digest key");
    for key in keys.iter() {
        for bytes in disk.remnants() {
            assert!(!bytes.windows(16).any(|window| window == &key[..16]));
        }
    }
}

#[test]
fn debug_shows_no_secret() {
    let keyring = provisioned(&SimulatedDisk::default());
    let sealed = keyring.seal(KeyAddress::subject(1, 0), HOST, b"ada").unwrap();
    let opened = keyring.open_sealed(KeyAddress::subject(1, 0), HOST, &sealed).unwrap();
    assert_eq!(format!("{keyring:?}"), "Keyring(/tenant/keyring)");
    assert_eq!(format!("{:?}", MasterKey::hex(MASTER).unwrap()), "MasterKey(given)");
    assert_eq!(format!("{sealed:?}"), "Sealed(76 bytes)");
    assert_eq!(format!("{opened:?}"), "Value(..)");
    assert_eq!(format!("{:?}", crate::secret::Secret::new([7; 32])), "Secret(..)");
}

#[test]
fn the_same_value_sealed_twice_shares_no_ciphertext() {
    let keyring = provisioned(&SimulatedDisk::default());
    let seal =
        || keyring.seal(KeyAddress::subject(1, 0), HOST, &[0; 64]).unwrap().into_bytes()[57..].to_vec();
    let chunks: BTreeSet<Vec<u8>> = [seal(), seal()].concat().chunks(16).map(<[u8]>::to_vec).collect();
    assert_eq!(chunks.len(), 10);
}

#[test]
fn a_fingerprint_names_the_key_its_sealed_values_bear() {
    let keyring = provisioned(&SimulatedDisk::default());
    let [own, other] = [KeyAddress::subject(1, 0), KeyAddress::subject(1, 1)];
    let sealed = Witness::seal(&keyring, &[own]);
    assert_eq!(keyring.fingerprint(own), Some(sealed.sealed().fingerprint()));
    assert_ne!(keyring.fingerprint(other), Some(sealed.sealed().fingerprint()));
    keyring.shred(&[own]).unwrap();
    assert_eq!(keyring.fingerprint(own), None);
}

#[test]
fn a_keyed_digest_depends_on_key_purpose_and_bytes_and_outlives_rotation() {
    let disk = SimulatedDisk::default();
    let keyring = provisioned(&disk);
    let digest = keyring.keyed_digest("email", b"ada");
    assert_ne!(digest, keyring.keyed_digest("email", b"bob"));
    assert_ne!(digest, keyring.keyed_digest("emaila", b"da"));
    assert_ne!(digest, provisioned(&SimulatedDisk::default()).keyed_digest("email", b"ada"));
    keyring.rotate_wrapping_keys().unwrap();
    assert_eq!(digest, super::world::open(&disk).keyed_digest("email", b"ada"));
}

/// A master key kept elsewhere: it hands out a ticket and keeps the secret.
#[derive(Default)]
struct Elsewhere(Mutex<Vec<[u8; 32]>>);

impl MasterWrap for Elsewhere {
    fn wrap(&self, secret: &[u8; 32]) -> Result<Vec<u8>, MasterFault> {
        let mut kept = self.0.lock().unwrap();
        kept.push(*secret);
        Ok(vec![kept.len() as u8 - 1])
    }

    fn unwrap(&self, wrapped: &[u8]) -> Result<Zeroizing<[u8; 32]>, MasterFault> {
        let kept = self.0.lock().unwrap();
        kept.get(usize::from(wrapped[0])).copied().map(Zeroizing::new).ok_or(MasterFault::WrongKey)
    }
}

#[test]
fn a_master_key_kept_elsewhere_is_asked_at_start_and_rotation_only() {
    let (disk, elsewhere) = (SimulatedDisk::default(), Arc::new(Elsewhere::default()));
    let open = || {
        let master = MasterKey::hook(elsewhere.clone());
        Keyring::open_on(Arc::new(disk.clone()), KeyringOptions { master, ..options() }).unwrap()
    };
    let keyring = open();
    keyring.provision(KeySpace::Subject, 0).unwrap();
    let witness = Witness::seal(&keyring, &[KeyAddress::subject(1, 0)]);
    keyring.shred(&[KeyAddress::subject(1, 1)]).unwrap();
    assert_eq!(elsewhere.0.lock().unwrap().len(), 1);
    keyring.rotate_wrapping_keys().unwrap();
    assert_eq!(elsewhere.0.lock().unwrap().len(), 2);
    witness.look(&open());
}
