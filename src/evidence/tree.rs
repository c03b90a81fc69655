//! The tree over all records: leaves in their file, the levels from 8 upwards in memory.
//!
//! Memory is 64 bytes for each 256 records: 2.5 MB at ten million. Whatever lies below is hashed again out
//! of one read of at most 256 leaves.

use std::io;

use rollbook_schema::id::Digest;

use super::leaves::{LeafFile, TILE_LEAVES};
use super::merkle::{Frontier, node_hash};
use super::proof::{Subtrees, root};

/// Levels of one tile.
pub const TILE_LEVELS: u32 = 8;

/// The tree of one log.
pub struct Tree {
    leaves: LeafFile,
    frontier: Frontier,
    /// The roots of complete subtrees, by level from 8 upwards.
    above: Vec<Vec<Digest>>,
}

impl Tree {
    /// The tree over the first `size` leaves of a file, as far as it has so many; it forgets the rest.
    ///
    /// # Errors
    /// What reading meets.
    pub fn over(leaves: LeafFile, size: u64) -> io::Result<Tree> {
        let mut tree = Tree::empty(leaves);
        tree.fill(size)?;
        Ok(tree)
    }

    /// The tree without leaves, whatever the file holds.
    #[must_use]
    pub fn empty(leaves: LeafFile) -> Tree {
        Tree { leaves, frontier: Frontier::default(), above: Vec::new() }
    }

    /// Makes it the tree over the first `size` leaves of its file, as far as there are so many; the file
    /// forgets the rest.
    ///
    /// # Errors
    /// What reading meets.
    pub fn fill(&mut self, size: u64) -> io::Result<()> {
        let size = size.min(self.leaves.len()?);
        self.leaves.truncate(size)?;
        (self.frontier, self.above) = (Frontier::default(), Vec::new());
        while self.size() < size {
            let end = size.min(self.size() + TILE_LEAVES);
            self.leaves.read(self.size(), end)?.into_iter().for_each(|leaf| self.push(leaf));
        }
        Ok(())
    }

    /// Leaves in it.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The root over all of them.
    #[must_use]
    pub fn root(&self) -> Digest {
        self.frontier.root()
    }

    /// Adds leaves. Durable after [`Tree::sync`].
    ///
    /// # Errors
    /// What writing meets; nothing is added then.
    pub fn extend(&mut self, leaves: &[Digest]) -> io::Result<()> {
        self.leaves.write(self.size(), leaves)?;
        leaves.iter().for_each(|leaf| self.push(*leaf));
        Ok(())
    }

    fn push(&mut self, leaf: Digest) {
        let above = &mut self.above;
        self.frontier.push(leaf, |level, hash| {
            let Some(level) = level.checked_sub(TILE_LEVELS) else { return };
            let level = level as usize;
            if above.len() <= level {
                above.resize_with(level + 1, Vec::new);
            }
            above[level].push(hash);
        });
    }

    /// Makes every leaf durable.
    ///
    /// # Errors
    /// What the system says.
    pub fn sync(&self) -> io::Result<()> {
        self.leaves.sync()
    }

    /// The root over the first `size` leaves, of which there are so many.
    ///
    /// # Errors
    /// What reading meets.
    pub fn root_at(&self, size: u64) -> io::Result<Digest> {
        root(self, size)
    }

    /// The hash of one leaf, from 0; `None` past the end.
    ///
    /// # Errors
    /// What reading meets.
    pub fn leaf(&self, index: u64) -> io::Result<Option<Digest>> {
        if index >= self.size() {
            return Ok(None);
        }
        Ok(self.leaves.read(index, index + 1)?.first().copied())
    }

    /// A tile of C2SP tlog-tiles: the first `width` (1 to 256) hashes of the tile; `None` where the tree does not
    /// have so many yet.
    ///
    /// # Errors
    /// What reading meets.
    pub fn tile(&self, level: u32, index: u64, width: u64) -> io::Result<Option<Vec<Digest>>> {
        let Some(start) = index.checked_mul(TILE_LEAVES) else { return Ok(None) };
        let end = start.saturating_add(width);
        if level == 0 {
            return if end <= self.size() { self.leaves.read(start, end).map(Some) } else { Ok(None) };
        }
        let hashes = self.above.get(((level - 1) * TILE_LEVELS) as usize);
        let (Ok(start), Ok(end)) = (usize::try_from(start), usize::try_from(end)) else { return Ok(None) };
        Ok(hashes.and_then(|hashes| hashes.get(start..end)).map(<[Digest]>::to_vec))
    }
}

impl Subtrees for Tree {
    type Fault = io::Error;

    fn subtree(&self, level: u32, index: u64) -> io::Result<Digest> {
        if let Some(above) = level.checked_sub(TILE_LEVELS) {
            let found =
                self.above.get(above as usize).and_then(|hashes| hashes.get(usize::try_from(index).ok()?));
            return found.copied().ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        let mut hashes = self.leaves.read(index << level, (index + 1) << level)?;
        while hashes.len() > 1 {
            hashes = hashes.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
        }
        hashes.first().copied().ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))
    }
}
