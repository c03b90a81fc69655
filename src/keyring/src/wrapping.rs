//! The keys that wrap block files: one for each block, from before its file is first written.
//!
//! What was shredded must not be read from an older file of its block, so the key of that file has to go. With a key of
//! its own a block goes alone.

use crate::address::BlockId;
use crate::entropy::Entropy;
use crate::secret::{SECRET_BYTES, Secret};
use std::collections::{BTreeMap, BTreeSet};
use std::iter;

#[derive(Default)]
pub(crate) struct WrappingKeys {
    turns: BTreeMap<BlockId, Turn>,
}

/// The key of a block, or two while the older is to go.
#[derive(Debug)]
pub(crate) struct Turn {
    pub newest: WrappingKey,
    pub retiring: Option<WrappingKey>,
}

/// Keys are told apart by their generation, which is never given twice.
#[derive(Debug)]
pub(crate) struct WrappingKey {
    pub generation: u64,
    pub secret: Secret,
}

impl WrappingKeys {
    /// As they were stored.
    pub fn read(turns: BTreeMap<BlockId, Turn>) -> WrappingKeys {
        WrappingKeys { turns }
    }

    /// The key that a block's file is written under.
    pub fn newest_of(&self, block: BlockId) -> Option<&WrappingKey> {
        self.turns.get(&block).map(|turn| &turn.newest)
    }

    /// The key of this generation, if a file of the block may be under it.
    pub fn of(&self, block: BlockId, generation: u64) -> Option<&Secret> {
        let mut keys = self.turns.get(&block)?.keys();
        keys.find(|key| key.generation == generation).map(|key| &key.secret)
    }

    /// Every key with the block it belongs to; of each block the newest first.
    pub fn all(&self) -> impl Iterator<Item = (BlockId, &WrappingKey)> {
        self.turns.iter().flat_map(|(block, turn)| turn.keys().map(|key| (*block, key)))
    }

    pub fn is_rotating(&self) -> bool {
        self.turns.values().any(|turn| turn.retiring.is_some())
    }

    /// Whether a file of the block may be under a key that is to go.
    pub fn is_moving(&self, block: BlockId) -> bool {
        self.turns.get(&block).is_some_and(|turn| turn.retiring.is_some())
    }

    /// The same with a key for each of the blocks that has none.
    pub fn with_keys_for(
        &self,
        blocks: impl Iterator<Item = BlockId>,
        entropy: &dyn Entropy,
    ) -> WrappingKeys {
        let mut next = self.copy();
        let mut generation = self.newest_generation();
        for block in blocks {
            next.turns.entry(block).or_insert_with(|| {
                generation += 1;
                Turn::to(WrappingKey::fresh(generation, entropy), None)
            });
        }
        next
    }

    /// The same with a fresh key for each of the `stale` blocks, beside those that are to go.
    pub fn turned(&self, stale: &BTreeSet<BlockId>, entropy: &dyn Entropy) -> WrappingKeys {
        let mut next = self.copy();
        for (generation, block) in (self.newest_generation() + 1..).zip(stale) {
            let before = self.newest_of(*block);
            next.turns.insert(*block, Turn::to(WrappingKey::fresh(generation, entropy), before));
        }
        next
    }

    /// The same without the keys that were to go.
    pub fn settled(&self) -> WrappingKeys {
        let settled = |turn: &Turn| Turn::to(turn.newest.copy(), None);
        WrappingKeys { turns: self.turns.iter().map(|(block, turn)| (*block, settled(turn))).collect() }
    }

    pub fn copy(&self) -> WrappingKeys {
        let copy = |turn: &Turn| Turn::to(turn.newest.copy(), turn.retiring.as_ref());
        WrappingKeys { turns: self.turns.iter().map(|(block, turn)| (*block, copy(turn))).collect() }
    }

    fn newest_generation(&self) -> u64 {
        self.all().map(|(_, key)| key.generation).max().unwrap_or_default()
    }
}

impl Turn {
    fn to(newest: WrappingKey, retiring: Option<&WrappingKey>) -> Turn {
        Turn { newest, retiring: retiring.map(WrappingKey::copy) }
    }

    fn keys(&self) -> impl Iterator<Item = &WrappingKey> {
        iter::once(&self.newest).chain(&self.retiring)
    }
}

impl WrappingKey {
    pub fn new(generation: u64, secret: [u8; SECRET_BYTES]) -> WrappingKey {
        WrappingKey { generation, secret: Secret::new(secret) }
    }

    fn fresh(generation: u64, entropy: &dyn Entropy) -> WrappingKey {
        WrappingKey { generation, secret: Secret::random(entropy) }
    }

    fn copy(&self) -> WrappingKey {
        WrappingKey { generation: self.generation, secret: self.secret.copy() }
    }
}
