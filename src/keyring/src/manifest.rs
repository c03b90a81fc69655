//! The manifest: how many blocks exist, and the keys that wrap them, themselves wrapped by the master key.

use crate::address::{BlockId, KeySpace};
use crate::cipher;
use crate::entropy::Entropy;
use crate::fault::KeyringFault;
use crate::keyring::Snapshots;
use crate::master::{MasterFault, MasterWrap};
use crate::secret::{SECRET_BYTES, Secret};
use crate::wide::WideKeys;
use crate::wrapping::{Turn, WrappingKey, WrappingKeys};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use zeroize::Zeroizing;

pub(crate) const FILE_NAME: &str = "manifest";

const MAGIC: &[u8; 8] = b"rollkeym";
const VERSION: u8 = 3;
/// Wide blocks, some with a wrapping key of their own; only read.
const VERSION_WIDE: u8 = 2;
/// Wide blocks, and one wrapping key for all; only read.
const VERSION_OF_ONE_KEY: u8 = 1;
const CHECKSUM_BYTES: usize = 32;
const WRAPPING_KEY_BYTES: usize = 8 + SECRET_BYTES;
/// What the key belongs to, then the key.
const OWNED_KEY_BYTES: usize = 1 + 4 + WRAPPING_KEY_BYTES;
/// Stands where the space of a block stands, for the key that wide blocks share.
const SHARED: u8 = u8::MAX;
/// The same for the key of snapshots, whose other numbers are 0.
const SNAPSHOTS: u8 = SHARED - 1;

pub(crate) struct Manifest {
    /// Blocks provisioned per space, in the order of the spaces' numbers. The next ones may have keys already.
    pub blocks: [u32; 2],
    pub envelope: Envelope,
    pub keys: WrappingKeys,
    /// Key of the keyed digests. It outlives every rotation, or no digest could be found again.
    pub digest_key: Secret,
    /// Key of snapshots; `None` where there is nothing to be opened with it.
    pub snapshot_key: Option<Secret>,
}

/// A manifest as it was read.
pub(crate) enum Decoded {
    Current(Manifest),
    /// It counts wide blocks, and their keys are beside it.
    Wide(Manifest, WideKeys),
}

/// The key of the manifest's own secret part, with its wrapping by the master key.
pub(crate) struct Envelope {
    key: Secret,
    wrapped: Vec<u8>,
}

impl Manifest {
    pub fn new(master: &dyn MasterWrap, entropy: &dyn Entropy) -> Result<Manifest, MasterFault> {
        Ok(Manifest {
            blocks: [0, 0],
            envelope: Envelope::new(master, entropy)?,
            keys: WrappingKeys::default(),
            digest_key: Secret::random(entropy),
            snapshot_key: None,
        })
    }

    /// The same with keys for so many blocks of a space that come next.
    pub fn with_keys_ahead(&self, space: KeySpace, blocks: u32, entropy: &dyn Entropy) -> Manifest {
        let next = self.blocks[space as usize];
        let ahead = (next..next + blocks).map(|index| BlockId { space, index });
        Manifest { keys: self.keys.with_keys_for(ahead, entropy), ..self.copy() }
    }

    /// The same with so many more blocks in a space.
    pub fn with_more_blocks(&self, space: KeySpace, blocks: u32) -> Manifest {
        let mut next = self.copy();
        next.blocks[space as usize] += blocks;
        next
    }

    /// The same for so many blocks, each under a key that never wrapped anything.
    pub fn renewed(
        &self,
        blocks: [u32; 2],
        master: &dyn MasterWrap,
        entropy: &dyn Entropy,
    ) -> Result<Manifest, MasterFault> {
        let mut next = Manifest { blocks, envelope: Envelope::new(master, entropy)?, ..self.copy() };
        next.keys = WrappingKeys::default().with_keys_for(next.block_ids(), entropy);
        Ok(next)
    }

    /// The same with fresh keys for the blocks something was shredded in, beside those that are to go.
    pub fn with_fresh_keys(&self, stale: &BTreeSet<BlockId>, entropy: &dyn Entropy) -> Manifest {
        Manifest { keys: self.keys.turned(stale, entropy), ..self.copy() }
    }

    /// The same without the keys that were to go, in an envelope that never held them.
    pub fn with_old_keys_gone(
        &self,
        master: &dyn MasterWrap,
        entropy: &dyn Entropy,
        snapshots: Snapshots,
    ) -> Result<Manifest, MasterFault> {
        let mut next = Manifest { envelope: Envelope::new(master, entropy)?, ..self.copy() };
        next.keys = self.keys.settled();
        if snapshots == Snapshots::Forgotten {
            next.snapshot_key = None;
        }
        Ok(next)
    }

    /// The same with a key of snapshots.
    pub fn with_snapshot_key(&self, key: Secret) -> Manifest {
        Manifest { snapshot_key: Some(key), ..self.copy() }
    }

    /// The same without it, in an envelope that never held it.
    pub fn without_snapshot_key(
        &self,
        master: &dyn MasterWrap,
        entropy: &dyn Entropy,
    ) -> Result<Manifest, MasterFault> {
        let envelope = Envelope::new(master, entropy)?;
        Ok(Manifest { envelope, snapshot_key: None, ..self.copy() })
    }

    /// Every block, in order.
    pub fn block_ids(&self) -> impl Iterator<Item = BlockId> + use<> {
        let blocks = self.blocks;
        KeySpace::ALL
            .into_iter()
            .flat_map(move |space| (0..blocks[space as usize]).map(move |index| BlockId { space, index }))
    }

    /// Magic, version, block counts, the wrapped envelope key; nonce, encrypted keys, tag; checksum.
    pub fn encode(&self, entropy: &dyn Entropy) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        for count in self.blocks {
            bytes.extend(count.to_le_bytes());
        }
        bytes.extend((self.envelope.wrapped.len() as u16).to_le_bytes());
        bytes.extend(&self.envelope.wrapped);
        // Room for all at once: a vector that grows leaves its secrets behind.
        let room = SECRET_BYTES + (self.keys.all().count() + 1) * OWNED_KEY_BYTES;
        let mut secrets = Zeroizing::new(Vec::with_capacity(room));
        secrets.extend_from_slice(self.digest_key.bytes());
        for (block, key) in self.keys.all() {
            secrets.push(block.space as u8);
            secrets.extend_from_slice(&block.index.to_le_bytes());
            secrets.extend_from_slice(&key.generation.to_le_bytes());
            secrets.extend_from_slice(key.secret.bytes());
        }
        if let Some(key) = &self.snapshot_key {
            secrets.push(SNAPSHOTS);
            secrets.extend_from_slice(&[0; OWNED_KEY_BYTES - 1 - SECRET_BYTES]);
            secrets.extend_from_slice(key.bytes());
        }
        bytes.extend(cipher::wrap(&self.envelope.key, &bytes, &secrets, entropy));
        // Tells damage apart from a wrong master key; the cipher's tag is what proves the bytes.
        bytes.extend(blake3::hash(&bytes).as_bytes());
        bytes
    }

    pub fn decode(bytes: &[u8], master: &dyn MasterWrap) -> Result<Decoded, KeyringFault> {
        Parts::of(bytes)?.open(master)
    }

    pub fn copy(&self) -> Manifest {
        Manifest {
            blocks: self.blocks,
            envelope: Envelope { key: self.envelope.key.copy(), wrapped: self.envelope.wrapped.clone() },
            keys: self.keys.copy(),
            digest_key: self.digest_key.copy(),
            snapshot_key: self.snapshot_key.as_ref().map(Secret::copy),
        }
    }
}

impl Envelope {
    pub fn new(master: &dyn MasterWrap, entropy: &dyn Entropy) -> Result<Envelope, MasterFault> {
        let key = Secret::random(entropy);
        let wrapped = master.wrap(key.bytes())?;
        if wrapped.len() > usize::from(u16::MAX) {
            return Err(MasterFault::Keeper("the wrapped key is longer than 65,535 bytes".into()));
        }
        Ok(Envelope { key, wrapped })
    }
}

struct Parts<'a> {
    version: u8,
    blocks: [u32; 2],
    /// Everything before the encrypted part, which it is bound to.
    head: &'a [u8],
    wrapped_envelope: &'a [u8],
    encrypted: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(bytes: &'a [u8]) -> Result<Parts<'a>, KeyringFault> {
        Self::parse(bytes).unwrap_or(Err(KeyringFault::ManifestDamaged))
    }

    /// `None` when the bytes end too soon or are not a manifest's.
    fn parse(bytes: &'a [u8]) -> Option<Result<Parts<'a>, KeyringFault>> {
        let (written, checksum) = bytes.split_last_chunk::<CHECKSUM_BYTES>()?;
        let rest = written.strip_prefix(MAGIC)?;
        if blake3::hash(written) != blake3::Hash::from_bytes(*checksum) {
            return None;
        }
        let (&version, rest) = rest.split_first()?;
        if ![VERSION_OF_ONE_KEY, VERSION_WIDE, VERSION].contains(&version) {
            return Some(Err(KeyringFault::FormatUnknown { file: FILE_NAME.to_owned(), version }));
        }
        let (subjects, rest) = rest.split_first_chunk()?;
        let (credentials, rest) = rest.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (wrapped_envelope, encrypted) = rest.split_at_checked(u16::from_le_bytes(*length).into())?;
        Some(Ok(Parts {
            version,
            blocks: [u32::from_le_bytes(*subjects), u32::from_le_bytes(*credentials)],
            head: &written[..written.len() - encrypted.len()],
            wrapped_envelope,
            encrypted,
        }))
    }

    fn open(self, master: &dyn MasterWrap) -> Result<Decoded, KeyringFault> {
        let key = Secret::new(*master.unwrap(self.wrapped_envelope)?);
        let secrets =
            cipher::unwrap(&key, self.head, self.encrypted).map_err(|_| KeyringFault::ManifestDamaged)?;
        let damaged = || KeyringFault::ManifestDamaged;
        let (digest_key, wrapping) = secrets.split_first_chunk().ok_or_else(damaged)?;
        let stored = match self.version {
            VERSION_OF_ONE_KEY => read_shared(wrapping),
            _ => read_owned(wrapping),
        };
        let StoredKeys { wrapping, snapshots } = stored.ok_or_else(damaged)?;
        let manifest = Manifest {
            blocks: self.blocks,
            envelope: Envelope { key, wrapped: self.wrapped_envelope.to_vec() },
            keys: WrappingKeys::default(),
            digest_key: Secret::new(*digest_key),
            snapshot_key: snapshots,
        };
        if self.version != VERSION {
            return Ok(Decoded::Wide(manifest, WideKeys(wrapping)));
        }
        let keys = turns(wrapping).map(WrappingKeys::read).ok_or_else(damaged)?;
        Ok(Decoded::Current(Manifest { keys, ..manifest }))
    }
}

struct StoredKeys {
    /// Each with the block it belongs to.
    wrapping: Vec<(Option<BlockId>, WrappingKey)>,
    snapshots: Option<Secret>,
}

/// The key of all blocks, and the one before while it is to go.
fn read_shared(bytes: &[u8]) -> Option<StoredKeys> {
    let (keys, []) = bytes.as_chunks::<WRAPPING_KEY_BYTES>() else { return None };
    Some(StoredKeys { wrapping: keys.iter().map(|key| (None, read_key(key))).collect(), snapshots: None })
}

/// The wrapping keys, and the key of snapshots.
fn read_owned(bytes: &[u8]) -> Option<StoredKeys> {
    let (keys, []) = bytes.as_chunks::<OWNED_KEY_BYTES>() else { return None };
    let mut stored = StoredKeys { wrapping: Vec::with_capacity(keys.len()), snapshots: None };
    for [space, a, b, c, d, key @ ..] in keys {
        let (key, index) = (read_key(key), u32::from_le_bytes([*a, *b, *c, *d]));
        match *space {
            SNAPSHOTS => stored.snapshots = Some(key.secret),
            SHARED => stored.wrapping.push((None, key)),
            space => {
                let space = KeySpace::ALL.into_iter().find(|own| *own as u8 == space)?;
                stored.wrapping.push((Some(BlockId { space, index }), key));
            }
        }
    }
    Some(stored)
}

/// The keys of each block, of which the newest comes first.
fn turns(keys: Vec<(Option<BlockId>, WrappingKey)>) -> Option<BTreeMap<BlockId, Turn>> {
    let mut turns: BTreeMap<BlockId, Turn> = BTreeMap::new();
    for (owner, key) in keys {
        match turns.entry(owner?) {
            Entry::Vacant(place) => _ = place.insert(Turn { newest: key, retiring: None }),
            Entry::Occupied(turn) if turn.get().retiring.is_none() => turn.into_mut().retiring = Some(key),
            Entry::Occupied(_) => return None,
        }
    }
    Some(turns)
}

fn read_key(bytes: &[u8; WRAPPING_KEY_BYTES]) -> WrappingKey {
    let [a, b, c, d, e, f, g, h, key @ ..] = bytes;
    WrappingKey::new(u64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]), *key)
}
