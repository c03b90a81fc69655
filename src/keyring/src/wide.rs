//! Keyrings as versions 1 and 2 left them: sixteen times as many numbers in a block, and a wrapping key that blocks may
//! share. They are read once, and become what this version writes.

use crate::address::{BlockId, KeySpace};
use crate::block_file::{self, Width};
use crate::disk::on_disk;
use crate::fault::KeyringFault;
use crate::keeper::{Blocks, Keeper, Site};
use crate::manifest::Manifest;
use crate::secret::Secret;
use crate::wrapping::WrappingKey;

/// A wide block has 2^4 of today's in it.
pub(crate) const WIDTH_BITS: u8 = 4;

/// Each key with the block it belongs to; those of none are shared.
pub(crate) struct WideKeys(pub Vec<(Option<BlockId>, WrappingKey)>);

impl WideKeys {
    pub fn of(&self, block: BlockId, generation: u64) -> Option<&Secret> {
        let may_wrap = |owner: &Option<BlockId>| owner.is_none_or(|owner| owner == block);
        let found = self.0.iter().find(|(owner, key)| may_wrap(owner) && key.generation == generation);
        found.map(|(_, key)| &key.secret)
    }
}

/// Whether a file of this name holds a wide block, and which.
pub(crate) fn parse(file_name: &str) -> Option<BlockId> {
    let (name, index) = file_name.strip_suffix(".keys")?.split_once('-')?;
    let space = KeySpace::ALL.into_iter().find(|space| space.name() == name)?;
    let block = BlockId { space, index: index.parse().ok()? };
    (self::file_name(block) == file_name).then_some(block)
}

fn file_name(block: BlockId) -> String {
    format!("{}-{:05}.keys", block.space.name(), block.index)
}

/// Writes the keyring anew, in blocks of today's size under keys that never wrapped anything. The old files are noise
/// once this returns; [`remove`] takes them away. Stopped before the manifest, all of it is done again.
pub(crate) fn narrow(
    site: &Site,
    (manifest, keys): (Manifest, WideKeys),
) -> Result<(Keeper, Blocks), KeyringFault> {
    let names = site.disk.names(&site.directory).map_err(on_disk("list", &site.directory))?;
    let mut blocks = Blocks::default();
    let mut counts = [0; 2];
    for space in KeySpace::ALL {
        let found = names.iter().filter_map(|name| parse(name)).filter(|block| block.space == space);
        // A stop between a block and the manifest that counts it left a whole block.
        let uncounted = found.map(|block| block.index + 1).max().unwrap_or_default();
        let counted = manifest.blocks[space as usize].max(uncounted);
        for index in 0..counted {
            let trees = load(site, BlockId { space, index }, &keys)?;
            trees.into_iter().for_each(|tree| blocks.push(space, tree));
        }
        counts[space as usize] = counted << WIDTH_BITS;
    }
    let next = manifest.renewed(counts, site.master.as_ref(), site.entropy.as_ref())?;
    let mut keeper = Keeper::new(next.copy());
    let ids: Vec<BlockId> = next.block_ids().collect();
    for ids in ids.chunks(Keeper::BLOCKS_PER_WRITE_MAX) {
        site.write(&keeper.encode(site, &blocks, ids)?)?;
    }
    keeper.save(site, next)?;
    keeper.wipe_replaced(site)?;
    Ok((keeper, blocks))
}

/// Removes files of wide blocks, once a manifest of this version stands.
pub(crate) fn remove(site: &Site) -> Result<(), KeyringFault> {
    for name in site.disk.names(&site.directory).map_err(on_disk("list", &site.directory))? {
        if parse(&name).is_some() {
            let path = site.directory.join(name);
            site.disk.remove(&path).map_err(on_disk("remove", &path))?;
        }
    }
    Ok(())
}

fn load(site: &Site, id: BlockId, keys: &WideKeys) -> Result<Vec<block_file::Stored>, KeyringFault> {
    let path = site.directory.join(file_name(id));
    let bytes = site.disk.read(&path).map_err(on_disk("read", &path))?;
    let bytes = bytes.ok_or_else(|| KeyringFault::BlockMissing { file: file_name(id) })?;
    let wide =
        block_file::decode(Width::Wide, (id, file_name(id)), &bytes, |generation| keys.of(id, generation))?;
    let narrow = wide.tree.split(WIDTH_BITS).into_iter();
    // Fresh keys wrap them, under which there is no older file.
    Ok(narrow.map(|tree| block_file::Stored { tree, is_stale: false }).collect())
}
