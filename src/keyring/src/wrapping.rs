//! The keys that wrap block files: one for each block something was shredded in, one for all the others.
//!
//! What was shredded must not be read from an older file of its block, so the key of that file has to go. A block
//! with a key of its own lets it go alone; a shared key takes with it every block that it wraps.

use crate::address::BlockId;
use crate::entropy::Entropy;
use crate::secret::{SECRET_BYTES, Secret};
use std::collections::{BTreeMap, BTreeSet};
use std::iter;

pub(crate) struct WrappingKeys {
    /// Wraps blocks from their making until something is shredded in any of them.
    shared: Turn,
    own: BTreeMap<BlockId, Turn>,
}

/// One key, or two while the older is to go.
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
    pub fn new(entropy: &dyn Entropy) -> WrappingKeys {
        WrappingKeys::read(Turn::to(WrappingKey::fresh(1, entropy), None), BTreeMap::new())
    }

    /// As they were stored.
    pub fn read(shared: Turn, own: BTreeMap<BlockId, Turn>) -> WrappingKeys {
        WrappingKeys { shared, own }
    }

    /// The key that a block's file is written under.
    pub fn newest_of(&self, block: BlockId) -> &WrappingKey {
        &self.own.get(&block).unwrap_or(&self.shared).newest
    }

    /// The key of this generation, if a file of the block may be under it.
    pub fn of(&self, block: BlockId, generation: u64) -> Option<&Secret> {
        let turns = self.own.get(&block).into_iter().chain([&self.shared]);
        turns.flat_map(Turn::keys).find(|key| key.generation == generation).map(|key| &key.secret)
    }

    /// Every key with the block it belongs to, and the shared one first; of each the newest first.
    pub fn all(&self) -> impl Iterator<Item = (Option<BlockId>, &WrappingKey)> {
        let own = self.own.iter().map(|(block, turn)| (Some(*block), turn));
        iter::once((None, &self.shared))
            .chain(own)
            .flat_map(|(block, turn)| turn.keys().map(move |key| (block, key)))
    }

    pub fn is_rotating(&self) -> bool {
        iter::once(&self.shared).chain(self.own.values()).any(|turn| turn.retiring.is_some())
    }

    /// Whether a file of the block may be under a key that is to go.
    pub fn is_moving(&self, block: BlockId) -> bool {
        let shared_goes = self.shared.retiring.is_some();
        match self.own.get(&block) {
            None => shared_goes,
            Some(turn) => {
                let left_shared = turn.newest.generation > self.shared.newest.generation;
                turn.retiring.is_some() || shared_goes && left_shared
            }
        }
    }

    /// The same with a fresh key for each of the `stale` blocks, beside those that are to go. Where the shared key is
    /// one of these, every one of the `blocks` it wraps moves.
    pub fn turned(
        &self,
        stale: &BTreeSet<BlockId>,
        blocks: impl Iterator<Item = BlockId>,
        entropy: &dyn Entropy,
    ) -> WrappingKeys {
        let mut generation = self.newest_generation();
        let mut fresh = || {
            generation += 1;
            WrappingKey::fresh(generation, entropy)
        };
        let mut next = self.copy();
        let mut moving = stale.clone();
        if !stale.iter().all(|block| self.own.contains_key(block)) {
            moving.extend(blocks.filter(|block| !self.own.contains_key(block)));
            next.shared = Turn::to(fresh(), Some(&self.shared.newest));
        }
        for block in moving {
            let before = self.own.get(&block).map(|turn| &turn.newest);
            next.own.insert(block, Turn::to(fresh(), before));
        }
        next
    }

    /// The same without the keys that were to go.
    pub fn settled(&self) -> WrappingKeys {
        let settled = |turn: &Turn| Turn::to(turn.newest.copy(), None);
        let own = self.own.iter().map(|(block, turn)| (*block, settled(turn)));
        WrappingKeys { shared: settled(&self.shared), own: own.collect() }
    }

    pub fn copy(&self) -> WrappingKeys {
        let copy = |turn: &Turn| Turn::to(turn.newest.copy(), turn.retiring.as_ref());
        let own = self.own.iter().map(|(block, turn)| (*block, copy(turn)));
        WrappingKeys { shared: copy(&self.shared), own: own.collect() }
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
