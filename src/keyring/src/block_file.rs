//! The bytes of a block's file: a header in clear, bound to the wrapped nodes of its tree.

use crate::address::BlockId;
use crate::cipher;
use crate::entropy::Entropy;
use crate::fault::KeyringFault;
use crate::secret::Secret;
use crate::tree::Tree;
use crate::wide::WIDTH_BITS;
use crate::wrapping::WrappingKey;

const MAGIC: &[u8; 8] = b"rollkeyb";
const VERSION: u8 = 3;
/// A wide block; only read.
const VERSION_WIDE: u8 = 2;
/// The same, ending before the mark; only read.
const VERSION_WITHOUT_MARK: u8 = 1;
const HEADER_BYTES: usize = VERSION_1_HEADER_BYTES + 1;
const VERSION_1_HEADER_BYTES: usize = 8 + 1 + 1 + 4 + 8;

/// A block as it is stored.
pub(crate) struct Stored {
    pub tree: Tree,
    /// The key that wraps it may open an older file, which holds what was shredded since.
    pub is_stale: bool,
}

/// How many numbers a block has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Width {
    /// As in this version.
    Narrow,
    /// As in versions 1 and 2.
    Wide,
}

/// Header (magic, version, space, block, generation of the wrapping key, whether it is stale), nonce, encrypted
/// nodes, tag.
pub(crate) fn encode(
    block: BlockId,
    tree: &Tree,
    is_stale: bool,
    key: &WrappingKey,
    entropy: &dyn Entropy,
) -> Vec<u8> {
    let mut bytes = header(VERSION, block, key.generation).to_vec();
    bytes.push(is_stale.into());
    bytes.extend(cipher::wrap(&key.secret, &bytes, &tree.encode(), entropy));
    bytes
}

/// Reads the file of a block, whose wrapping key is asked for by its generation.
pub(crate) fn decode<'a>(
    width: Width,
    (block, file): (BlockId, String),
    bytes: &[u8],
    key: impl FnOnce(u64) -> Option<&'a Secret>,
) -> Result<Stored, KeyringFault> {
    let damaged = || KeyringFault::BlockDamaged { file: file.clone() };
    let (magic, rest) = bytes.split_first_chunk().ok_or_else(damaged)?;
    if magic != MAGIC {
        return Err(damaged());
    }
    let version = *rest.first().ok_or_else(damaged)?;
    let (header_bytes, tree_depth) = match (version, width) {
        (VERSION, Width::Narrow) => (HEADER_BYTES, block.space.tree_depth()),
        (VERSION_WIDE, Width::Wide) => (HEADER_BYTES, block.space.tree_depth() + WIDTH_BITS),
        (VERSION_WITHOUT_MARK, Width::Wide) => {
            (VERSION_1_HEADER_BYTES, block.space.tree_depth() + WIDTH_BITS)
        }
        _ => return Err(KeyringFault::FormatUnknown { file, version }),
    };
    let (stored_header, wrapped) = bytes.split_at_checked(header_bytes).ok_or_else(damaged)?;
    let (common, mark) = stored_header.split_first_chunk::<VERSION_1_HEADER_BYTES>().ok_or_else(damaged)?;
    let generation = common.last_chunk().map(|bytes| u64::from_le_bytes(*bytes)).ok_or_else(damaged)?;
    if *common != header(version, block, generation) {
        return Err(damaged());
    }
    let is_stale = match mark {
        [0] => false,
        // Nothing is known of what came before a file without the mark.
        [1] | [] => true,
        _ => return Err(damaged()),
    };
    let key =
        key(generation).ok_or_else(|| KeyringFault::WrappingKeyUnknown { file: file.clone(), generation })?;
    let nodes = cipher::unwrap(key, stored_header, wrapped).map_err(|_| damaged())?;
    let tree = Tree::decode(tree_depth, &nodes).map_err(|_| damaged())?;
    Ok(Stored { tree, is_stale })
}

fn header(version: u8, block: BlockId, generation: u64) -> [u8; VERSION_1_HEADER_BYTES] {
    let mut header = [0; VERSION_1_HEADER_BYTES];
    header[..8].copy_from_slice(MAGIC);
    header[8] = version;
    header[9] = block.space as u8;
    header[10..14].copy_from_slice(&block.index.to_le_bytes());
    header[14..].copy_from_slice(&generation.to_le_bytes());
    header
}
