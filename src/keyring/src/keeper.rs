//! What the keyring holds in memory, and the way its changes reach the disk.

use crate::address::{BlockId, KeySpace, Place};
use crate::block_file::{self, Stored};
use crate::disk::{Disk, Held, on_disk, write_whole};
use crate::entropy::Entropy;
use crate::fault::KeyringFault;
use crate::manifest::{self, Manifest};
use crate::master::MasterWrap;
use crate::secret::Secret;
use crate::tree::Tree;
use crate::wrapping::WrappingKey;
use std::mem;
use std::path::PathBuf;
use std::sync::Arc;

/// Where the keyring lives and what it was handed.
pub(crate) struct Site {
    pub disk: Arc<dyn Disk>,
    pub directory: PathBuf,
    pub entropy: Arc<dyn Entropy>,
    pub master: Arc<dyn MasterWrap>,
}

impl Site {
    pub fn write(&self, files: &[(String, Vec<u8>)]) -> Result<(), KeyringFault> {
        write_whole(self.disk.as_ref(), &self.directory, files)
    }
}

/// The living trees.
#[derive(Default)]
pub(crate) struct Blocks {
    spaces: [Vec<Block>; 2],
}

struct Block {
    tree: Tree,
    /// Whether the disk durably has the tree as it stands here.
    settled: bool,
    /// Whether its wrapping key may open an older file, which holds what was shredded since.
    is_stale: bool,
}

impl Blocks {
    /// Adds the next block of a space, which the disk already has.
    pub fn push(&mut self, space: KeySpace, Stored { tree, is_stale }: Stored) {
        self.spaces[space as usize].push(Block { tree, settled: true, is_stale });
    }

    pub fn tree(&self, id: BlockId) -> Option<&Tree> {
        self.block(id).map(|block| &block.tree)
    }

    pub fn shred(&mut self, place: Place) {
        if let Some(block) = self.block_mut(place.block)
            && block.tree.shred(place.leaf)
        {
            block.settled = false;
            block.is_stale = true;
        }
    }

    /// Whether the block has an older file that its wrapping key may open.
    pub fn is_stale(&self, id: BlockId) -> bool {
        self.block(id).is_some_and(|block| block.is_stale)
    }

    /// Told when blocks have got wrapping keys that never wrapped anything.
    pub fn mark_turned(&mut self, ids: impl Iterator<Item = BlockId>) {
        for id in ids {
            if let Some(block) = self.block_mut(id) {
                block.is_stale = false;
            }
        }
    }

    pub fn is_shredded(&self, place: Place) -> bool {
        self.block(place.block).is_some_and(|block| block.settled && !block.tree.holds(place.leaf))
    }

    pub fn is_settled(&self, id: BlockId) -> bool {
        self.block(id).is_some_and(|block| block.settled)
    }

    pub fn mark_settled(&mut self, ids: &[BlockId]) {
        for id in ids {
            if let Some(block) = self.block_mut(*id) {
                block.settled = true;
            }
        }
    }

    fn block(&self, id: BlockId) -> Option<&Block> {
        self.spaces[id.space as usize].get(id.index as usize)
    }

    fn block_mut(&mut self, id: BlockId) -> Option<&mut Block> {
        self.spaces[id.space as usize].get_mut(id.index as usize)
    }
}

/// What only one change at a time may touch.
pub(crate) struct Keeper {
    /// As the disk durably has it.
    pub manifest: Manifest,
    /// Seeds whose first writing failed. They are tried again, since the disk may have them all the same.
    unsettled: [Vec<Tree>; 2],
    /// The last block of those that were rotated in parts, whose turn comes last.
    pub rotated_up_to: Option<BlockId>,
    /// Files that bore the manifest's name before.
    replaced: Vec<Box<dyn Held>>,
}

impl Keeper {
    /// Blocks encoded at once, which bounds the memory a rotation takes.
    pub const BLOCKS_PER_WRITE_MAX: usize = 32;

    pub fn new(manifest: Manifest) -> Keeper {
        Keeper { manifest, unsettled: Default::default(), rotated_up_to: None, replaced: Vec::new() }
    }

    /// Makes the next blocks of a space durable, then the manifest that counts them. As many, at least, as failed
    /// before.
    pub fn provision_next(
        &mut self,
        site: &Site,
        space: KeySpace,
        blocks: u32,
    ) -> Result<Vec<Stored>, KeyringFault> {
        let (first, entropy) = (self.manifest.blocks[space as usize], site.entropy.as_ref());
        let mut trees = mem::take(&mut self.unsettled[space as usize]);
        while trees.len() < blocks as usize {
            trees.push(Tree::whole(space.tree_depth(), Secret::random(entropy)));
        }
        let written = self.write_next(site, (space, first), &trees);
        if let Err(fault) = written {
            self.unsettled[space as usize] = trees;
            return Err(fault);
        }
        Ok(trees.into_iter().map(|tree| Stored { tree, is_stale: false }).collect())
    }

    fn write_next(
        &mut self,
        site: &Site,
        (space, first): (KeySpace, u32),
        trees: &[Tree],
    ) -> Result<(), KeyringFault> {
        let (count, entropy) = (trees.len() as u32, site.entropy.as_ref());
        // Keys first, or a file that a stop leaves uncounted could not be read.
        self.save(site, self.manifest.with_keys_ahead(space, count, entropy))?;
        for (index, tree) in (first..).zip(trees) {
            let id = BlockId { space, index };
            // Written again after a failure it holds the same: nothing of it is shredded before it is used. One after
            // the other, so that a stop leaves no gap.
            let bytes = block_file::encode(id, tree, false, self.key_of(id)?, entropy);
            site.write(&[(id.file_name(), bytes)])?;
        }
        self.save(site, self.manifest.with_more_blocks(space, count))
    }

    /// How many seeds of a space wait to be written again.
    pub fn unsettled(&self, space: KeySpace) -> u32 {
        self.unsettled[space as usize].len() as u32
    }

    /// Makes the next manifest durable. The bytes of the one before wait to be wiped.
    pub fn save(&mut self, site: &Site, next: Manifest) -> Result<(), KeyringFault> {
        let path = site.directory.join(manifest::FILE_NAME);
        let before = site.disk.hold(&path).map_err(on_disk("open", &path))?;
        site.write(&[(manifest::FILE_NAME.to_owned(), next.encode(site.entropy.as_ref()))])?;
        self.manifest = next;
        self.replaced.extend(before);
        Ok(())
    }

    /// Overwrites what earlier manifests held: keys that are gone must not be found there. A failure is tried again
    /// with the next call.
    pub fn wipe_replaced(&mut self, site: &Site) -> Result<(), KeyringFault> {
        while let Some(file) = self.replaced.last_mut() {
            let path = site.directory.join(manifest::FILE_NAME);
            file.wipe().map_err(on_disk("wipe what was", &path))?;
            self.replaced.pop();
        }
        Ok(())
    }

    pub fn encode(
        &self,
        site: &Site,
        blocks: &Blocks,
        ids: &[BlockId],
    ) -> Result<Vec<(String, Vec<u8>)>, KeyringFault> {
        let known = ids.iter().filter_map(|id| Some((*id, blocks.block(*id)?)));
        let encoded = known.map(|(id, Block { tree, is_stale, .. })| {
            let bytes = block_file::encode(id, tree, *is_stale, self.key_of(id)?, site.entropy.as_ref());
            Ok((id.file_name(), bytes))
        });
        encoded.collect()
    }

    fn key_of(&self, id: BlockId) -> Result<&WrappingKey, KeyringFault> {
        let unknown = || KeyringFault::WrappingKeyUnknown { file: id.file_name(), generation: 0 };
        self.manifest.keys.newest_of(id).ok_or_else(unknown)
    }
}
