//! What a key costs: sealing and opening with the key at hand or derived anew, and shredding in a block that has
//! seen many erasures (on the disk of the temporary directory, syncs included).

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark that cannot run may stop")]

use divan::Bencher;
use rollbook_keyring::*;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

const ADDRESS: KeyAddress = KeyAddress::subject(12_345, 1);
const HEADER: &[u8] = &[3; 64];
const VALUE: &[u8] = &[7; 100];

fn main() {
    divan::main();
}

/// A keyring on a temporary directory. A cache of none makes every use derive its key anew.
fn keyring(cache_keys_max: usize) -> (TempDir, Keyring) {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("keyring");
    let master = MasterKey::beside(&directory);
    let options = KeyringOptions { cache_keys_max, ..KeyringOptions::new(directory, master) };
    let keyring = Keyring::open(options).unwrap();
    KeySpace::ALL.into_iter().for_each(|space| keyring.provision(space, 0).unwrap());
    (home, keyring)
}

#[divan::bench(args = [0, CACHE_KEYS_MAX_DEFAULT])]
fn seal_100_bytes(bencher: Bencher, cache_keys_max: usize) {
    let (_home, keyring) = keyring(cache_keys_max);
    bencher.bench(|| keyring.seal(ADDRESS, HEADER, VALUE).unwrap());
}

#[divan::bench(args = [0, CACHE_KEYS_MAX_DEFAULT])]
fn open_100_bytes(bencher: Bencher, cache_keys_max: usize) {
    let (_home, keyring) = keyring(cache_keys_max);
    let sealed = keyring.seal(ADDRESS, HEADER, VALUE).unwrap();
    bencher.bench(|| keyring.open_sealed(ADDRESS, HEADER, &sealed).unwrap());
}

/// As a replay in a log's order sees it: many subjects, more than the cache holds.
#[divan::bench]
fn open_100_bytes_of_200_000_subjects(bencher: Bencher) {
    let (_home, keyring) = keyring(CACHE_KEYS_MAX_DEFAULT);
    keyring.provision(KeySpace::Subject, 200_000).unwrap();
    let seal = |number| keyring.seal(KeyAddress::subject(number, 1), HEADER, VALUE).unwrap();
    let sealed: Vec<Sealed> = (0..200_000).map(seal).collect();
    let next = AtomicU64::new(0);
    bencher.bench(|| {
        let number = next.fetch_add(7_919, Ordering::Relaxed) % 200_000;
        keyring.open_sealed(KeyAddress::subject(number, 1), HEADER, &sealed[number as usize]).unwrap()
    });
}

#[divan::bench]
fn provision_what_is_there(bencher: Bencher) {
    let (_home, keyring) = keyring(0);
    bencher.bench(|| keyring.provision(KeySpace::Subject, 12_345).unwrap());
}

#[divan::bench]
fn draw_a_nonce() -> [u8; 24] {
    let mut nonce = [0; 24];
    OsEntropy.fill(&mut nonce);
    nonce
}

/// One password changed, after this many others of its block, scattered.
#[divan::bench(args = [0, 100, 2_000], sample_count = 20, sample_size = 1)]
fn shred_one_credential(bencher: Bencher, before: u64) {
    let (_home, keyring) = keyring(CACHE_KEYS_MAX_DEFAULT);
    let scattered = |step: u64| KeyAddress::credential(step * 2_503 % NUMBERS_PER_BLOCK);
    keyring.shred(&(0..before).map(scattered).collect::<Vec<_>>()).unwrap();
    let next = AtomicU64::new(before);
    bencher.bench(|| keyring.shred(&[scattered(next.fetch_add(1, Ordering::Relaxed))]).unwrap());
}

/// A batch of scattered credentials in a fresh block.
#[divan::bench(args = [100, 2_000], sample_count = 5, sample_size = 1)]
fn shred_a_batch(bencher: Bencher, count: u64) {
    let scattered = |step: u64| KeyAddress::credential(step * 2_503 % NUMBERS_PER_BLOCK);
    let batch: Vec<KeyAddress> = (0..count).map(scattered).collect();
    bencher
        .with_inputs(|| keyring(CACHE_KEYS_MAX_DEFAULT))
        .bench_refs(|(_home, keyring)| keyring.shred(&batch).unwrap());
}

/// Every block of a million subjects under a fresh wrapping key, since something was shredded in each.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn rotate_for_1_000_000_subjects(bencher: Bencher) {
    let (_home, keyring) = keyring(0);
    keyring.provision(KeySpace::Subject, 1_000_000).unwrap();
    let group = AtomicU64::new(0);
    let shred_in_each = || {
        let group = group.fetch_add(1, Ordering::Relaxed) as u8;
        let firsts = (0..1_000_000).step_by(NUMBERS_PER_BLOCK as usize);
        keyring.revoke(&firsts.map(|first| KeyAddress::subject(first, group)).collect::<Vec<_>>()).unwrap();
    };
    bencher.with_inputs(shred_in_each).bench_values(|()| keyring.rotate_wrapping_keys().unwrap());
}

/// One subject erased who has a block of such a million, after this many others of it.
#[divan::bench(args = [0, 2_000], sample_count = 20, sample_size = 1)]
fn erase_one_of_1_000_000_subjects(bencher: Bencher, before: u64) {
    let (_home, keyring) = keyring(0);
    keyring.provision(KeySpace::Subject, 1_000_000).unwrap();
    let scattered = |step: u64| KeyAddress::subject(step * 2_503 % NUMBERS_PER_BLOCK, 0);
    keyring.shred(&(0..before).map(scattered).collect::<Vec<_>>()).unwrap();
    let next = AtomicU64::new(before);
    bencher.bench(|| keyring.erase(&[scattered(next.fetch_add(1, Ordering::Relaxed))]).unwrap());
}
