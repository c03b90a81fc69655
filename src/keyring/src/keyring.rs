//! The keyring in use: sealing and opening by address, shredding for good, rotating the wrapping keys.

use crate::address::{BLOCKS_MAX, BlockId, KeyAddress, KeySpace, NUMBERS_PER_BLOCK, Place};
use crate::cache::LeafCache;
use crate::disk::Claim;
use crate::fault::KeyringFault;
use crate::keeper::{Blocks, Keeper, Site};
use crate::sealed::{FINGERPRINT_BYTES, LeafKey, OpenFault, Opened, PLAINTEXT_BYTES_MAX, SealFault, Sealed};
use crate::secret::Secret;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// Blocks a single call provisions at most: numbers are dense, so one further ahead is a mistake.
pub const BLOCKS_AHEAD_MAX: u64 = 1024;
/// Blocks provisioned together once there are as many: who creates many users seldom waits for the disk.
const BLOCKS_TOGETHER_MAX: u32 = 16;
/// Bytes of a keyed digest.
pub const DIGEST_BYTES: usize = 32;

/// Every key of one directory of users. Shared by all threads; one process at a time holds it.
pub struct Keyring {
    pub(crate) site: Site,
    /// Read by whoever derives a key. Written only by the holder of the keeper, and never across a disk step.
    pub(crate) blocks: RwLock<Blocks>,
    /// Blocks durable and ready per space; rises after the disk has them.
    pub(crate) provisioned: [AtomicU64; 2],
    pub(crate) cache: LeafCache,
    /// Held through every change, disk steps included: changes go one at a time.
    pub(crate) keeper: Mutex<Keeper>,
    pub(crate) digest_key: Secret,
    pub(crate) _claim: Claim,
}

/// What the reconciliation found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reconciled {
    /// Keys that should have been gone and were not: more than none means the keyring was restored from a backup.
    pub destroyed_again: u64,
}

/// What a rotation does to the key of snapshots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Snapshots {
    /// Somebody was forgotten whom snapshots hold.
    Forgotten,
    /// Nothing was shredded that they hold.
    Kept,
}

/// A key as it stands.
enum Standing {
    Key(Arc<LeafKey>),
    Shredded,
    NotProvisioned,
}

impl Keyring {
    /// Makes durable the block of a number, and some after it, so that the next block is seldom waited for.
    ///
    /// Costs two atomic reads when they are there. A number's keys can be used once this has returned.
    pub fn provision(&self, space: KeySpace, number: u64) -> Result<(), KeyringFault> {
        let provisioned = self.provisioned[space as usize].load(Ordering::Acquire);
        let wanted = number / NUMBERS_PER_BLOCK + 2;
        if wanted.min(BLOCKS_MAX) <= provisioned && wanted <= BLOCKS_MAX + 1 {
            return Ok(());
        }
        if wanted > BLOCKS_MAX + 1 || wanted > provisioned + BLOCKS_AHEAD_MAX {
            let provisioned = provisioned * NUMBERS_PER_BLOCK;
            return Err(KeyringFault::NumberTooFar { space, number, provisioned });
        }
        let mut keeper = self.keeper();
        loop {
            let provisioned = keeper.manifest.blocks[space as usize];
            if u64::from(provisioned) >= wanted.min(BLOCKS_MAX) {
                return Ok(());
            }
            let left = BLOCKS_MAX as u32 - provisioned;
            self.provision_next(&mut keeper, space, provisioned.clamp(1, BLOCKS_TOGETHER_MAX).min(left))?;
        }
    }

    /// Seals a value under an address's key, bound to the associated bytes, which must be given again to open it.
    /// The result is [`crate::SEALED_OVERHEAD_BYTES`] longer than the plaintext, whose length it shows.
    pub fn seal(
        &self,
        address: KeyAddress,
        associated: &[u8],
        plaintext: &[u8],
    ) -> Result<Sealed, SealFault> {
        if plaintext.len() > PLAINTEXT_BYTES_MAX {
            return Err(SealFault::TooLarge);
        }
        let place = Place::of(address).ok_or(SealFault::NoSuchAddress)?;
        match self.standing(place) {
            Standing::Key(key) => Ok(key.seal(associated, plaintext, self.site.entropy.as_ref())),
            Standing::Shredded => Err(SealFault::Erased),
            Standing::NotProvisioned => Err(SealFault::NotProvisioned),
        }
    }

    /// Opens a sealed value; a destroyed key gives [`Opened::Erased`], whatever the bytes are.
    pub fn open_sealed(
        &self,
        address: KeyAddress,
        associated: &[u8],
        sealed: &Sealed,
    ) -> Result<Opened, OpenFault> {
        self.open_bytes(address, associated, sealed.as_bytes())
    }

    /// [`Keyring::open_sealed`] on stored bytes, without copying them first.
    pub fn open_bytes(
        &self,
        address: KeyAddress,
        associated: &[u8],
        sealed: &[u8],
    ) -> Result<Opened, OpenFault> {
        let place = Place::of(address).ok_or(OpenFault::NoSuchAddress)?;
        match self.standing(place) {
            Standing::Key(key) => key.open(associated, sealed).map(Opened::Value),
            Standing::Shredded => Ok(Opened::Erased),
            Standing::NotProvisioned => Err(OpenFault::NotProvisioned),
        }
    }

    /// Destroys keys, for good and durably when this returns `Ok`. Shredding again does no harm and costs nothing.
    ///
    /// A fault about an address leaves all keys as they were. After a fault of the disk none of the keys works in this
    /// process, but some may come back with the next start: shred again until it is `Ok`.
    pub fn shred(&self, addresses: &[KeyAddress]) -> Result<(), KeyringFault> {
        let keeper = self.keeper();
        let touched = self.take_out(addresses)?;
        self.settle(&keeper, touched.into_iter().filter(|block| !self.is_settled(*block)))
    }

    /// Destroys keys in this process at once, and writes nothing. Their bytes leave the disk with the next erasure or
    /// rotation that reaches their blocks; a stop before that brings them back, until [`Keyring::reconcile`] is told
    /// of them.
    ///
    /// A fault leaves all keys as they were.
    pub fn revoke(&self, addresses: &[KeyAddress]) -> Result<(), KeyringFault> {
        let _changes_wait = self.keeper();
        self.take_out(addresses).map(drop)
    }

    /// Destroys keys so that no file opens them any more, older ones included, durably when this returns `Ok`: writes
    /// their blocks once, under fresh wrapping keys, and destroys the old ones, and the key of snapshots. Costs nothing
    /// where that was done before. Stopped at any step, the rotation is finished at the next start or the next call.
    ///
    /// A fault leaves keys as one of [`Keyring::shred`] does.
    pub fn erase(&self, addresses: &[KeyAddress]) -> Result<(), KeyringFault> {
        let mut keeper = self.keeper();
        let touched = self.take_out(addresses)?;
        self.rotate(&mut keeper, touched, Snapshots::Forgotten)
    }

    /// Whether a key works no longer: destroyed, if perhaps not durably yet.
    pub fn is_gone(&self, address: KeyAddress) -> bool {
        Place::of(address).is_some_and(|place| {
            self.read(|blocks| blocks.tree(place.block).is_some_and(|tree| !tree.holds(place.leaf)))
        })
    }

    /// Whether a key is durably destroyed. `false` while a failed shredding waits to be done again.
    pub(crate) fn is_shredded(&self, address: KeyAddress) -> bool {
        Place::of(address).is_some_and(|place| self.read(|blocks| blocks.is_shredded(place)))
    }

    /// The fence at start: destroys again every key the log says is gone, before anyone is served.
    ///
    /// [`KeyringFault::NotProvisioned`] means that the keyring is older than the log by whole blocks.
    pub fn reconcile(
        &self,
        must_be_gone: impl Iterator<Item = KeyAddress>,
    ) -> Result<Reconciled, KeyringFault> {
        let back: BTreeSet<KeyAddress> = must_be_gone.filter(|address| !self.is_shredded(*address)).collect();
        let back: Vec<KeyAddress> = back.into_iter().collect();
        self.shred(&back)?;
        Ok(Reconciled { destroyed_again: back.len() as u64 })
    }

    /// Makes noise of what remains of old files with keys that were shredded: rewrites the blocks these were in under
    /// fresh wrapping keys, and destroys the old ones. Costs as much as was shredded since the last time, not as much as
    /// there is. Stopped at any step, it is finished at the next start or the next call.
    ///
    /// The key of snapshots goes with the others: who rotates has forgotten somebody.
    pub fn rotate_wrapping_keys(&self) -> Result<(), KeyringFault> {
        let mut keeper = self.keeper();
        let all = keeper.manifest.block_ids().collect();
        self.rotate(&mut keeper, all, Snapshots::Forgotten)
    }

    /// The same for so many of the blocks that wait for it, at most, each in its turn; keeps the key of snapshots. Says
    /// whether blocks are left that wait.
    pub fn rotate_some(&self, blocks_max: usize) -> Result<bool, KeyringFault> {
        let mut keeper = self.keeper();
        let stale: Vec<BlockId> =
            self.read(|blocks| keeper.manifest.block_ids().filter(|block| blocks.is_stale(*block)).collect());
        let next = stale.iter().filter(|block| Some(**block) > keeper.rotated_up_to);
        let turn: Vec<BlockId> = next.chain(&stale).copied().take(stale.len().min(blocks_max)).collect();
        keeper.rotated_up_to = turn.last().copied();
        let is_any_left = turn.len() < stale.len();
        self.rotate(&mut keeper, turn.into_iter().collect(), Snapshots::Kept)?;
        Ok(is_any_left)
    }

    /// A name for a key that tells nothing of it, and that its sealed values bear too; `None` without a key.
    pub fn fingerprint(&self, address: KeyAddress) -> Option<[u8; FINGERPRINT_BYTES]> {
        match self.standing(Place::of(address)?) {
            Standing::Key(key) => Some(key.fingerprint()),
            Standing::Shredded | Standing::NotProvisioned => None,
        }
    }

    /// A digest that only this keyring can make, so that a dictionary does not reverse it. The purpose separates
    /// uses. It stays the same for the keyring's life, through every rotation.
    pub fn keyed_digest(&self, purpose: &'static str, bytes: &[u8]) -> [u8; DIGEST_BYTES] {
        let mut hasher = blake3::Hasher::new_keyed(self.digest_key.bytes());
        hasher.update(&(purpose.len() as u64).to_le_bytes());
        hasher.update(purpose.as_bytes());
        hasher.update(bytes);
        *hasher.finalize().as_bytes()
    }

    /// Gives fresh wrapping keys to those of the blocks in which something was shredded.
    fn rotate(
        &self,
        keeper: &mut Keeper,
        blocks: BTreeSet<BlockId>,
        snapshots: Snapshots,
    ) -> Result<(), KeyringFault> {
        // A seed whose writing failed may be on disk under the old key: with that gone, the next start would refuse it.
        for space in KeySpace::ALL {
            if keeper.unsettled(space) > 0 {
                self.provision_next(keeper, space, keeper.unsettled(space))?;
            }
        }
        if keeper.manifest.keys.is_rotating() {
            self.finish_rotation(keeper, snapshots)?;
        }
        let stale: BTreeSet<BlockId> =
            self.read(|known| blocks.into_iter().filter(|block| known.is_stale(*block)).collect());
        if stale.is_empty() {
            return keeper.wipe_replaced(&self.site);
        }
        let next = keeper.manifest.with_fresh_keys(&stale, self.site.entropy.as_ref());
        keeper.save(&self.site, next)?;
        self.change(|blocks| blocks.mark_turned(moving(keeper)));
        self.finish_rotation(keeper, snapshots)
    }

    pub(crate) fn finish_rotation(
        &self,
        keeper: &mut Keeper,
        snapshots: Snapshots,
    ) -> Result<(), KeyringFault> {
        self.settle(keeper, moving(keeper))?;
        let (master, entropy) = (self.site.master.as_ref(), self.site.entropy.as_ref());
        let next = keeper.manifest.with_old_keys_gone(master, entropy, snapshots)?;
        keeper.save(&self.site, next)?;
        keeper.wipe_replaced(&self.site)
    }

    /// Takes keys out of the trees in memory; says which blocks these are in.
    fn take_out(&self, addresses: &[KeyAddress]) -> Result<BTreeSet<BlockId>, KeyringFault> {
        let places = self.places(addresses)?;
        self.change(|blocks| {
            for place in &places {
                blocks.shred(*place);
                // Inside the change: a reader fills the cache only while no change is under way.
                self.cache.remove(place.packed());
            }
        });
        Ok(places.iter().map(|place| place.block).collect())
    }

    pub(crate) fn keeper(&self) -> MutexGuard<'_, Keeper> {
        // Each change to the keeper is one assignment, so a panic elsewhere leaves it whole.
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn provision_next(&self, keeper: &mut Keeper, space: KeySpace, blocks: u32) -> Result<(), KeyringFault> {
        let next = keeper.provision_next(&self.site, space, blocks)?;
        self.change(|blocks| next.into_iter().for_each(|block| blocks.push(space, block)));
        // The next rotation insists on it.
        let _ = keeper.wipe_replaced(&self.site);
        let provisioned = keeper.manifest.blocks[space as usize];
        self.provisioned[space as usize].store(provisioned.into(), Ordering::Release);
        Ok(())
    }

    fn standing(&self, place: Place) -> Standing {
        if let Some(key) = self.cache.get(place.packed()) {
            return Standing::Key(key);
        }
        self.read(|blocks| {
            let Some(tree) = blocks.tree(place.block) else { return Standing::NotProvisioned };
            let Some(leaf) = tree.leaf(place.leaf) else { return Standing::Shredded };
            let key = Arc::new(LeafKey::of(&leaf));
            // Under the lock, or a shredding in between would leave its key here.
            self.cache.insert(place.packed(), &key);
            Standing::Key(key)
        })
    }

    fn places(&self, addresses: &[KeyAddress]) -> Result<Vec<Place>, KeyringFault> {
        self.read(|blocks| {
            let place = |address: &KeyAddress| {
                let place = Place::of(*address).ok_or(KeyringFault::NoSuchAddress(*address))?;
                let provisioned = blocks.tree(place.block).is_some();
                provisioned.then_some(place).ok_or(KeyringFault::NotProvisioned(*address))
            };
            addresses.iter().map(place).collect()
        })
    }

    /// Writes blocks as they stand in memory; no reader waits for the disk.
    fn settle(&self, keeper: &Keeper, ids: impl Iterator<Item = BlockId>) -> Result<(), KeyringFault> {
        let ids: Vec<BlockId> = ids.collect();
        for ids in ids.chunks(Keeper::BLOCKS_PER_WRITE_MAX) {
            let files = self.read(|blocks| keeper.encode(&self.site, blocks, ids))?;
            self.site.write(&files)?;
            self.change(|blocks| blocks.mark_settled(ids));
        }
        Ok(())
    }

    fn is_settled(&self, block: BlockId) -> bool {
        self.read(|blocks| blocks.is_settled(block))
    }

    fn read<T>(&self, read: impl FnOnce(&Blocks) -> T) -> T {
        // No change to the blocks can panic half way (see `Tree::shred`).
        read(&self.blocks.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn change<T>(&self, change: impl FnOnce(&mut Blocks) -> T) -> T {
        change(&mut self.blocks.write().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Blocks whose files may be under keys that are to go.
fn moving(keeper: &Keeper) -> impl Iterator<Item = BlockId> {
    keeper.manifest.block_ids().filter(|block| keeper.manifest.keys.is_moving(*block))
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring({})", self.site.directory.display())
    }
}
