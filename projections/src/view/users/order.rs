//! An order that is always sorted: blocks of entries, each with the first bytes of its key.
//!
//! A search compares those bytes and reads a row only where they are equal, and a page is a walk
//! along the entries. Twelve bytes a user and order, where a tree of strings would cost a hundred.

use std::cmp::Ordering;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use roaring::RoaringBitmap;
use rollbook_schema::UserId;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::{DefaultIsZeroes, Zeroize};

use super::query::UserOrder;
use super::row::UserRow;
use super::rows::Rows;

/// Entries in a full block.
const BLOCK_MAX: usize = 512;
/// A block this small joins its neighbour, if both fit into [`BLOCK_JOINED`].
const BLOCK_MIN: usize = 96;
const BLOCK_JOINED: usize = 384;

/// What users are compared by in an order.
#[derive(Clone, Copy)]
pub(super) struct Key<'a> {
    /// The first eight bytes of the text, or the number itself.
    pub(super) number: u64,
    /// Decides where the numbers are equal.
    pub(super) text: Option<&'a str>,
    /// Decides where all else is equal.
    pub(super) id: UserId,
}

impl<'a> Key<'a> {
    pub(super) fn of(row: &'a UserRow, order: UserOrder) -> Key<'a> {
        match order {
            UserOrder::DisplayName => Key::of_text(row.folded.display_name(), row.id),
            UserOrder::Email => Key::of_text(row.folded.email(), row.id),
            UserOrder::Username => Key::of_text(row.folded.username(), row.id),
            UserOrder::CreatedAt => Key::of_number(row.created_at.millis() as u64, row.id),
            UserOrder::LastSignIn => {
                Key::of_number(row.last_sign_in.map_or(0, |at| at.millis() as u64 + 1), row.id)
            }
            UserOrder::Id => Key::of_number(row.id.0, row.id),
        }
    }

    /// A missing text comes last: no UTF-8 begins with 0xFF.
    pub(super) fn of_text(text: Option<&'a str>, id: UserId) -> Key<'a> {
        let Some(text) = text else { return Key::of_number(u64::MAX, id) };
        let mut first = [0; 8];
        let length = text.len().min(8);
        first[..length].copy_from_slice(&text.as_bytes()[..length]);
        Key { number: u64::from_be_bytes(first), text: Some(text), id }
    }

    fn of_number(number: u64, id: UserId) -> Key<'a> {
        Key { number, text: None, id }
    }

    fn rest(&self) -> (Option<&'a str>, UserId) {
        (self.text, self.id)
    }
}

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.number.cmp(&other.number).then_with(|| self.rest().cmp(&other.rest()))
    }
}

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Key<'_> {}

/// Halves of the number, so that an entry needs no padding. Wiped where it was: its number is the
/// beginning of a name.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
struct Entry {
    high: u32,
    low: u32,
    ordinal: u32,
}

impl DefaultIsZeroes for Entry {}

impl Entry {
    fn new(number: u64, ordinal: u32) -> Entry {
        Entry { high: (number >> 32) as u32, low: number as u32, ordinal }
    }

    fn number(self) -> u64 {
        u64::from(self.high) << 32 | u64::from(self.low)
    }
}

/// A block is never empty. A clone shares its entries until it is written to.
#[derive(Clone)]
struct Block {
    first: Entry,
    entries: Arc<Entries>,
}

/// Wiped when dropped, as clones are that nobody needs any more.
#[derive(Clone)]
struct Entries(Vec<Entry>);

impl Deref for Entries {
    type Target = Vec<Entry>;

    fn deref(&self) -> &Vec<Entry> {
        &self.0
    }
}

impl DerefMut for Entries {
    fn deref_mut(&mut self) -> &mut Vec<Entry> {
        &mut self.0
    }
}

impl Drop for Entries {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl Block {
    fn of(entries: Vec<Entry>, first: Entry) -> Block {
        Block { first, entries: Arc::new(Entries(entries)) }
    }

    fn entries_mut(&mut self) -> &mut Entries {
        Arc::make_mut(&mut self.entries)
    }
}

/// A gap between two entries: behind the `1`th entry of block `0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap(usize, usize);

/// Ordinals of all rows, sorted by one key.
#[derive(Clone)]
pub(super) struct Order {
    by: UserOrder,
    blocks: Vec<Block>,
}

impl Order {
    pub(super) fn new(by: UserOrder) -> Order {
        Order { by, blocks: Vec::new() }
    }

    pub(super) fn by(&self) -> UserOrder {
        self.by
    }

    /// The gap before every entry that is not less than the key.
    pub(super) fn before(&self, rows: &Rows, key: &Key<'_>) -> Gap {
        self.gap(|entry| self.compare(rows, entry, key).is_lt())
    }

    /// The gap behind every entry that is not greater than the key.
    pub(super) fn behind(&self, rows: &Rows, key: &Key<'_>) -> Gap {
        self.gap(|entry| self.compare(rows, entry, key).is_le())
    }

    pub(super) fn start(&self) -> Gap {
        Gap(0, 0)
    }

    pub(super) fn end(&self) -> Gap {
        Gap(self.blocks.len(), 0)
    }

    /// Ordinals behind a gap, ascending.
    pub(super) fn forward(&self, gap: Gap) -> impl Iterator<Item = u32> {
        let Gap(block, index) = gap;
        let first = self.blocks.get(block).and_then(|block| block.entries.get(index..)).unwrap_or(&[]);
        let rest = self.blocks.get(block + 1..).unwrap_or(&[]);
        first.iter().chain(rest.iter().flat_map(|block| block.entries.iter())).map(|entry| entry.ordinal)
    }

    /// Ordinals before a gap, descending.
    pub(super) fn backward(&self, gap: Gap) -> impl Iterator<Item = u32> {
        let Gap(block, index) = gap;
        let last = self.blocks.get(block).and_then(|block| block.entries.get(..index)).unwrap_or(&[]);
        let rest = self.blocks.get(..block).unwrap_or(&[]);
        let rest = rest.iter().rev().flat_map(|block| block.entries.iter().rev());
        last.iter().rev().chain(rest).map(|entry| entry.ordinal)
    }

    /// Files a row that is not in the order, by its key of now.
    pub(super) fn insert(&mut self, rows: &Rows, ordinal: u32) {
        let key = Key::of(rows.at(ordinal), self.by);
        let entry = Entry::new(key.number, ordinal);
        let Gap(block, index) = self.before(rows, &key);
        if block == self.blocks.len() {
            return self.append(entry);
        }
        let target = &mut self.blocks[block];
        let entries = target.entries_mut();
        entries.insert(index, entry);
        let first = entries[0];
        let mut split = Vec::new();
        if entries.len() > BLOCK_MAX {
            split.reserve_exact(BLOCK_MAX + 1);
            split.extend_from_slice(&entries[BLOCK_MAX / 2..]);
            entries[BLOCK_MAX / 2..].zeroize();
            entries.truncate(BLOCK_MAX / 2);
        }
        target.first = first;
        if let Some(first) = split.first().copied() {
            self.blocks.insert(block + 1, Block::of(split, first));
        }
    }

    /// Takes a row out. Its key must be the one it was filed by.
    pub(super) fn remove(&mut self, rows: &Rows, ordinal: u32) {
        let key = Key::of(rows.at(ordinal), self.by);
        let Gap(block, index) = self.before(rows, &key);
        let Some(target) = self.blocks.get_mut(block) else { return };
        if target.entries.get(index).map(|entry| entry.ordinal) != Some(ordinal) {
            debug_assert!(false, "a row is filed by another key than its own");
            return;
        }
        let entries = target.entries_mut();
        entries[index..].rotate_left(1);
        if let Some(last) = entries.last_mut() {
            last.zeroize();
        }
        entries.pop();
        self.mend(block);
    }

    /// Gives many rows their places at once: those that are not in the order yet, and those whose
    /// keys changed while they stood in it. Costs a pass over all entries, and a search for each row.
    pub(super) fn place_all(&mut self, rows: &Rows, loose: &RoaringBitmap) {
        if loose.is_empty() {
            return;
        }
        let mut placed: Vec<(Key<'_>, u32)> =
            loose.iter().map(|ordinal| (Key::of(rows.at(ordinal), self.by), ordinal)).collect();
        placed.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        // One bit a row: every entry is asked for, and a compressed set would take most of the time.
        let mut is_loose = vec![0_u64; rows.len() as usize / 64 + 1];
        loose.iter().for_each(|ordinal| is_loose[ordinal as usize / 64] |= 1 << (ordinal % 64));
        let stays = |entry: &&Entry| is_loose[entry.ordinal as usize / 64] >> (entry.ordinal % 64) & 1 == 0;
        let blocks = std::mem::take(&mut self.blocks);
        let standing = blocks.iter().flat_map(|block| block.entries.iter());
        let mut standing: Vec<Entry> = standing.filter(stays).copied().collect();
        let mut rest = standing.as_slice();
        for (key, ordinal) in placed {
            let before = gallop(rest, |entry| self.compare(rows, entry, &key).is_lt());
            let (passed, behind) = rest.split_at(before);
            passed.iter().for_each(|entry| self.append(*entry));
            self.append(Entry::new(key.number, ordinal));
            rest = behind;
        }
        rest.iter().for_each(|entry| self.append(*entry));
        if self.by.is_by_text() {
            standing.zeroize();
        }
    }

    /// Behind the last entry. A full last block stays full: times and ids come in ascending order.
    fn append(&mut self, entry: Entry) {
        match self.blocks.last_mut() {
            Some(last) if last.entries.len() < BLOCK_MAX => last.entries_mut().push(entry),
            _ => {
                // Never grown, so no copies stay behind; a block has at most one entry too many.
                let mut entries = Vec::with_capacity(BLOCK_MAX + 1);
                entries.push(entry);
                self.blocks.push(Block::of(entries, entry));
            }
        }
    }

    /// Restores a block after a removal: right first entry, not empty, not too small.
    fn mend(&mut self, block: usize) {
        let target = &mut self.blocks[block];
        let Some(first) = target.entries.first() else {
            self.blocks.remove(block);
            return;
        };
        target.first = *first;
        let length = target.entries.len();
        if length < BLOCK_MIN
            && let Some(next) = self.blocks.get(block + 1)
            && length + next.entries.len() <= BLOCK_JOINED
        {
            let next = self.blocks.remove(block + 1);
            self.blocks[block].entries_mut().extend_from_slice(&next.entries);
        }
    }

    /// The gap where `is_before` turns from true to false. Never behind the last entry of a block
    /// that has a successor, and `end` behind everything.
    fn gap(&self, is_before: impl Fn(Entry) -> bool) -> Gap {
        let behind = self.blocks.partition_point(|block| is_before(block.first));
        let Some(block) = behind.checked_sub(1) else { return self.start() };
        let entries = &self.blocks[block].entries;
        let index = entries.partition_point(|entry| is_before(*entry));
        if index == entries.len() { Gap(block + 1, 0) } else { Gap(block, index) }
    }

    fn compare(&self, rows: &Rows, entry: Entry, key: &Key<'_>) -> Ordering {
        entry.number().cmp(&key.number).then_with(|| {
            let found = Key::of(rows.at(entry.ordinal), self.by);
            found.rest().cmp(&key.rest())
        })
    }
}

/// Block after block.
impl Serialize for Order {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let blocks: Vec<&[Entry]> = self.blocks.iter().map(|block| block.entries.as_slice()).collect();
        (self.by, blocks).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Order {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Order, D::Error> {
        let (by, blocks): (UserOrder, Vec<Vec<Entry>>) = Deserialize::deserialize(deserializer)?;
        let mut order = Order::new(by);
        for entries in blocks.into_iter().map(Entries) {
            let Some(first) = entries.first().copied() else { continue };
            let mut whole = Vec::with_capacity(BLOCK_MAX + 1);
            whole.extend_from_slice(&entries);
            order.blocks.push(Block::of(whole, first));
        }
        Ok(order)
    }
}

/// Where `is_before` turns from true to false, in time that grows with the distance only slowly.
fn gallop(entries: &[Entry], is_before: impl Fn(Entry) -> bool) -> usize {
    let (mut from, mut step) = (0, 1);
    while entries.get(from + step - 1).is_some_and(|entry| is_before(*entry)) {
        from += step;
        step *= 2;
    }
    let to = entries.len().min(from + step);
    from + entries[from..to].partition_point(|entry| is_before(*entry))
}
