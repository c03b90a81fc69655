//! A bounded cache that drops what was used least recently.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Hash = [u8; 32];

/// Checked documents by the hash of their text. A look-up holds the lock for one hash map access.
pub(super) struct DocumentCache<T> {
    entries_max: usize,
    state: Mutex<State<T>>,
}

struct State<T> {
    entries: HashMap<Hash, Entry<T>>,
    /// Counts uses, so that entries have an order without a clock.
    uses: u64,
}

struct Entry<T> {
    value: Arc<T>,
    last_use: u64,
}

impl<T> DocumentCache<T> {
    /// A cache of at most `entries_max` entries; with 0 it keeps nothing.
    pub fn new(entries_max: usize) -> Self {
        Self { entries_max, state: Mutex::new(State { entries: HashMap::new(), uses: 0 }) }
    }

    pub fn get(&self, hash: &Hash) -> Option<Arc<T>> {
        let mut state = self.lock();
        state.uses += 1;
        let now = state.uses;
        let entry = state.entries.get_mut(hash)?;
        entry.last_use = now;
        Some(Arc::clone(&entry.value))
    }

    pub fn len(&self) -> usize {
        self.lock().entries.len()
    }

    pub fn insert(&self, hash: Hash, value: Arc<T>) {
        if self.entries_max == 0 {
            return;
        }
        let mut state = self.lock();
        // A scan of a few hundred entries costs less than the validation that led here.
        if state.entries.len() >= self.entries_max {
            let oldest = state.entries.iter().min_by_key(|(_, entry)| entry.last_use).map(|(hash, _)| *hash);
            oldest.and_then(|oldest| state.entries.remove(&oldest));
        }
        state.uses += 1;
        let last_use = state.uses;
        state.entries.insert(hash, Entry { value, last_use });
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // Nothing panics while the lock is held, and a cache has no invariant worth dying for.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
