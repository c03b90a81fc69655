//! The bytes of a block's file: a header in clear, bound to the wrapped nodes of its tree.

use crate::address::BlockId;
use crate::cipher;
use crate::entropy::Entropy;
use crate::fault::KeyringFault;
use crate::manifest::WrappingKeys;
use crate::tree::Tree;

const MAGIC: &[u8; 8] = b"rollkeyb";
const VERSION: u8 = 1;
const HEADER_BYTES: usize = 8 + 1 + 1 + 4 + 8;

/// Header (magic, version, space, block, generation of the wrapping key), nonce, encrypted nodes, tag.
pub(crate) fn encode(block: BlockId, tree: &Tree, keys: &WrappingKeys, entropy: &dyn Entropy) -> Vec<u8> {
    let (generation, key) = keys.newest();
    let mut bytes = header(block, generation).to_vec();
    bytes.extend(cipher::wrap(key, &bytes, &tree.encode(), entropy));
    bytes
}

pub(crate) fn decode(block: BlockId, bytes: &[u8], keys: &WrappingKeys) -> Result<Tree, KeyringFault> {
    let damaged = || KeyringFault::BlockDamaged { file: block.file_name() };
    let (stored_header, wrapped) = bytes.split_first_chunk::<HEADER_BYTES>().ok_or_else(damaged)?;
    let (magic, rest) = stored_header.split_first_chunk().ok_or_else(damaged)?;
    let version = rest[0];
    if magic != MAGIC {
        return Err(damaged());
    }
    if version != VERSION {
        return Err(KeyringFault::FormatUnknown { file: block.file_name(), version });
    }
    let generation = rest.last_chunk().map(|bytes| u64::from_le_bytes(*bytes)).ok_or_else(damaged)?;
    if *stored_header != header(block, generation) {
        return Err(damaged());
    }
    let key = keys
        .of(generation)
        .ok_or_else(|| KeyringFault::WrappingKeyUnknown { file: block.file_name(), generation })?;
    let nodes = cipher::unwrap(key, stored_header, wrapped).map_err(|_| damaged())?;
    Tree::decode(block.space.tree_depth(), &nodes).map_err(|_| damaged())
}

fn header(block: BlockId, generation: u64) -> [u8; HEADER_BYTES] {
    let mut header = [0; HEADER_BYTES];
    header[..8].copy_from_slice(MAGIC);
    header[8] = VERSION;
    header[9] = block.space as u8;
    header[10..14].copy_from_slice(&block.index.to_le_bytes());
    header[14..].copy_from_slice(&generation.to_le_bytes());
    header
}
