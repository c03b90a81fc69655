//! What the tests share: fixed entropy, a keyring on a simulated disk, values sealed and looked at again.

use super::disk::SimulatedDisk;
use crate::*;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub const MASTER: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
pub const HOST: &[u8] = b"header of the record";

/// The same bytes on every run, never the same twice in one.
#[derive(Default)]
pub struct FixedEntropy(AtomicU64);

impl FixedEntropy {
    pub fn from(count: u64) -> FixedEntropy {
        FixedEntropy(AtomicU64::new(count))
    }
}

impl Entropy for FixedEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        let count = self.0.fetch_add(1, Ordering::Relaxed);
        let mut hasher = blake3::Hasher::new();
        hasher.update(&count.to_le_bytes()).finalize_xof().fill(bytes);
    }
}

pub fn directory() -> PathBuf {
    PathBuf::from("/tenant/keyring")
}

pub fn options() -> KeyringOptions {
    KeyringOptions { cache_keys_max: 8, ..KeyringOptions::new(directory(), MasterKey::hex(MASTER).unwrap()) }
}

pub fn try_open(disk: &SimulatedDisk) -> Result<Keyring, KeyringFault> {
    Keyring::open_on(Arc::new(disk.clone()), options())
}

pub fn open(disk: &SimulatedDisk) -> Keyring {
    try_open(disk).unwrap()
}

/// A keyring with the first two blocks of both spaces.
pub fn provisioned(disk: &SimulatedDisk) -> Keyring {
    let keyring = open(disk);
    for space in KeySpace::ALL {
        keyring.provision(space, 0).unwrap();
    }
    keyring
}

/// A value sealed under each address, to be looked at later.
pub struct Witness(Vec<(KeyAddress, Sealed)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    Whole,
    Erased,
}

impl Witness {
    pub fn seal(keyring: &Keyring, addresses: &[KeyAddress]) -> Witness {
        let seal = |address: &KeyAddress| (*address, keyring.seal(*address, HOST, &value(*address)).unwrap());
        Witness(addresses.iter().map(seal).collect())
    }

    /// What each value is now. A value that opens to anything but itself ends the test.
    pub fn look(&self, keyring: &Keyring) -> Vec<Seen> {
        let see = |(address, sealed): &(KeyAddress, Sealed)| match keyring
            .open_sealed(*address, HOST, sealed)
            .unwrap()
        {
            Opened::Erased => Seen::Erased,
            Opened::Value(opened) => {
                assert_eq!(*opened, value(*address));
                Seen::Whole
            }
        };
        self.0.iter().map(see).collect()
    }

    pub fn sealed(&self) -> &Sealed {
        &self.0[0].1
    }
}

fn value(address: KeyAddress) -> Vec<u8> {
    format!("secret of {address:?}").into_bytes()
}
