//! Where each word of many texts stands.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::words::words;

/// Places by word. Texts come folded, and go with the same words that they came with.
#[derive(Clone, Serialize, Deserialize)]
#[serde(bound(serialize = "P: Serialize", deserialize = "P: Ord + Deserialize<'de>"))]
pub(super) struct WordIndex<P>(HashMap<Box<str>, BTreeSet<P>>);

impl<P> Default for WordIndex<P> {
    fn default() -> Self {
        WordIndex(HashMap::new())
    }
}

impl<P: Ord + Copy> WordIndex<P> {
    pub(super) fn put(&mut self, word: &str, place: P) {
        self.0.entry(word.into()).or_default().insert(place);
    }

    pub(super) fn take(&mut self, word: &str, place: P) {
        let Some(places) = self.0.get_mut(word) else { return };
        places.remove(&place);
        if places.is_empty() {
            self.0.remove(word);
        }
    }

    /// Places of one word.
    pub(super) fn of(&self, word: &str) -> impl Iterator<Item = P> {
        self.0.get(word).into_iter().flatten().copied()
    }

    /// Places where a name may stand: those of its rarest word.
    pub(super) fn of_rarest(&self, name: &str) -> impl Iterator<Item = P> + use<'_, P> {
        let places = words(name).map(|word| self.0.get(word)).min_by_key(|places| places.map(BTreeSet::len));
        places.flatten().into_iter().flatten().copied()
    }
}
