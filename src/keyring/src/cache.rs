//! Opened leaf keys, so that a second use costs no walk down the tree. Bounded, and wiped when entries leave.
//!
//! A table of small sets, each with its own lock: it cannot grow, it needs no clearing, and readers seldom meet.

use crate::sealed::LeafKey;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Entries that share a lock and compete for the same room.
const WAYS: usize = 4;

pub(crate) struct LeafCache {
    /// Empty if the limit is below one set: then nothing is cached.
    sets: Box<[Mutex<Set>]>,
}

#[derive(Default)]
struct Set {
    entries: [Option<Entry>; WAYS],
    /// Where the next key goes when all ways are taken.
    next: usize,
}

struct Entry {
    place: u64,
    key: Arc<LeafKey>,
}

impl LeafCache {
    pub fn new(keys_max: usize) -> LeafCache {
        LeafCache { sets: (0..keys_max / WAYS).map(|_| Mutex::default()).collect() }
    }

    pub fn get(&self, place: u64) -> Option<Arc<LeafKey>> {
        let set = self.set(place)?;
        set.entries.iter().flatten().find(|entry| entry.place == place).map(|entry| Arc::clone(&entry.key))
    }

    pub fn insert(&self, place: u64, key: &Arc<LeafKey>) {
        let Some(mut set) = self.set(place) else { return };
        let entry = Some(Entry { place, key: Arc::clone(key) });
        let known = |way: &Option<Entry>| way.as_ref().is_none_or(|entry| entry.place == place);
        if let Some(way) = set.entries.iter_mut().find(|way| known(way)) {
            *way = entry;
        } else {
            let next = set.next;
            set.entries[next] = entry;
            set.next = (next + 1) % WAYS;
        }
    }

    pub fn remove(&self, place: u64) {
        let Some(mut set) = self.set(place) else { return };
        for way in &mut set.entries {
            if way.as_ref().is_some_and(|entry| entry.place == place) {
                *way = None;
            }
        }
    }

    fn set(&self, place: u64) -> Option<MutexGuard<'_, Set>> {
        // Fibonacci hashing spreads dense numbers evenly.
        let spread = place.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        let index = (spread * self.sets.len() as u64) >> 32;
        let set = self.sets.get(index as usize)?;
        Some(set.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
