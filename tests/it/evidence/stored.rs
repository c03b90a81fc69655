//! The file of checkpoints: only grows, and knows a torn end from damage.

use std::fs;
use std::path::PathBuf;

use rollbook::evidence::checkpoint::Checkpoint;
use rollbook::evidence::fault::EvidenceFault;
use rollbook::evidence::note::{Note, SignatureLine};
use rollbook::evidence::store::{CheckpointStore, SignedCheckpoint};
use rollbook_schema::id::Digest;
use rollbook_schema::value::Timestamp;
use tempfile::TempDir;

fn signed(size: u64, signatures: u8) -> SignedCheckpoint {
    let checkpoint = Checkpoint { origin: "log.example".to_owned(), size, root: Digest([7; 32]) };
    let line =
        |number| SignatureLine { name: format!("key{number}"), id: [number; 4], signature: vec![number; 64] };
    let note = Note { text: checkpoint.to_string(), signatures: (0..signatures).map(line).collect() };
    SignedCheckpoint { checkpoint, signed_at: Timestamp::from_millis(1_000 + size as i64), note }
}

fn kept(folder: &TempDir, all: &[SignedCheckpoint]) -> PathBuf {
    let path = folder.path().join("checkpoints");
    let mut store = CheckpointStore::open(&path).unwrap();
    all.iter().for_each(|one| store.keep(one).unwrap());
    path
}

#[test]
fn what_was_kept_is_there_after_a_start() {
    let folder = TempDir::new().unwrap();
    let all = [signed(3, 1), signed(9, 1), signed(12, 2)];
    let store = CheckpointStore::open(&kept(&folder, &all)).unwrap();
    assert_eq!((store.count(), store.last_size()), (3, 12));
    assert_eq!(store.get(1).unwrap().unwrap(), all[1]);
    assert_eq!((store.find(9), store.find(10), store.first_after(9)), (Some(1), None, 2));
}

#[test]
fn a_checkpoint_with_more_signatures_takes_the_place_of_the_one_before() {
    let folder = TempDir::new().unwrap();
    let path = kept(&folder, &[signed(3, 1), signed(9, 1), signed(3, 2)]);
    let store = CheckpointStore::open(&path).unwrap();
    assert_eq!(store.count(), 2);
    assert_eq!(store.get(0).unwrap().unwrap(), signed(3, 2));
    assert_eq!(store.last().unwrap().unwrap(), signed(9, 1));
}

#[test]
fn an_entry_cut_short_anywhere_is_taken_away_and_the_others_stay() {
    let folder = TempDir::new().unwrap();
    let path = kept(&folder, &[signed(3, 1), signed(9, 1)]);
    let whole = fs::read(&path).unwrap();
    let first = whole.len() / 2;
    for cut in first..whole.len() {
        fs::write(&path, &whole[..cut]).unwrap();
        let mut store = CheckpointStore::open(&path).unwrap();
        assert_eq!(store.count(), 1, "cut at {cut}");
        store.keep(&signed(9, 1)).unwrap();
        assert_eq!(fs::read(&path).unwrap(), whole);
    }
}

#[test]
fn damage_in_the_middle_is_told_and_nothing_is_taken_away() {
    let folder = TempDir::new().unwrap();
    let path = kept(&folder, &[signed(3, 1), signed(9, 1)]);
    let mut bytes = fs::read(&path).unwrap();
    bytes[2] ^= 1;
    fs::write(&path, &bytes).unwrap();
    assert!(matches!(CheckpointStore::open(&path), Err(EvidenceFault::Damaged { at: 0, .. })));
    assert_eq!(fs::read(&path).unwrap(), bytes);
}
