//! The manifest: how many blocks exist, and the keys that wrap them, themselves wrapped by the master key.

use crate::address::KeySpace;
use crate::cipher;
use crate::entropy::Entropy;
use crate::fault::KeyringFault;
use crate::master::{MasterFault, MasterWrap};
use crate::secret::{SECRET_BYTES, Secret};
use zeroize::Zeroizing;

pub(crate) const FILE_NAME: &str = "manifest";

const MAGIC: &[u8; 8] = b"rollkeym";
const VERSION: u8 = 1;
const CHECKSUM_BYTES: usize = 32;
const WRAPPING_KEY_BYTES: usize = 8 + SECRET_BYTES;

pub(crate) struct Manifest {
    /// Blocks provisioned per space, in the order of the spaces' numbers.
    pub blocks: [u32; 2],
    pub envelope: Envelope,
    pub keys: WrappingKeys,
    /// Key of the keyed digests. It outlives every rotation, or no digest could be found again.
    pub digest_key: Secret,
}

/// The key of the manifest's own secret part, with its wrapping by the master key.
pub(crate) struct Envelope {
    key: Secret,
    wrapped: Vec<u8>,
}

/// The keys that wrap block files: one, or two while a rotation is under way.
pub(crate) struct WrappingKeys {
    newest: (u64, Secret),
    retiring: Option<(u64, Secret)>,
}

impl Manifest {
    pub fn new(master: &dyn MasterWrap, entropy: &dyn Entropy) -> Result<Manifest, MasterFault> {
        Ok(Manifest {
            blocks: [0, 0],
            envelope: Envelope::new(master, entropy)?,
            keys: WrappingKeys { newest: (1, Secret::random(entropy)), retiring: None },
            digest_key: Secret::random(entropy),
        })
    }

    /// The same with one more block in a space.
    pub fn with_one_more_block(&self, space: KeySpace) -> Manifest {
        let mut next = self.copy();
        next.blocks[space as usize] += 1;
        next
    }

    /// The same with a fresh wrapping key beside the one that is to go.
    pub fn with_fresh_key(&self, entropy: &dyn Entropy) -> Manifest {
        let (generation, key) = self.keys.newest();
        let newest = (generation + 1, Secret::random(entropy));
        Manifest { keys: WrappingKeys { newest, retiring: Some((generation, key.copy())) }, ..self.copy() }
    }

    /// The same without the key that was to go, in an envelope that never held it.
    pub fn with_old_key_gone(
        &self,
        master: &dyn MasterWrap,
        entropy: &dyn Entropy,
    ) -> Result<Manifest, MasterFault> {
        let (generation, key) = self.keys.newest();
        let keys = WrappingKeys { newest: (generation, key.copy()), retiring: None };
        Ok(Manifest { keys, envelope: Envelope::new(master, entropy)?, ..self.copy() })
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
        let mut secrets = Zeroizing::new(Vec::with_capacity(SECRET_BYTES + 2 * WRAPPING_KEY_BYTES));
        secrets.extend_from_slice(self.digest_key.bytes());
        for (generation, key) in [Some(&self.keys.newest), self.keys.retiring.as_ref()].into_iter().flatten()
        {
            secrets.extend_from_slice(&generation.to_le_bytes());
            secrets.extend_from_slice(key.bytes());
        }
        bytes.extend(cipher::wrap(&self.envelope.key, &bytes, &secrets, entropy));
        // Tells damage apart from a wrong master key; the cipher's tag is what proves the bytes.
        bytes.extend(blake3::hash(&bytes).as_bytes());
        bytes
    }

    pub fn decode(bytes: &[u8], master: &dyn MasterWrap) -> Result<Manifest, KeyringFault> {
        Parts::of(bytes)?.open(master)
    }

    fn copy(&self) -> Manifest {
        let copy = |(generation, key): &(u64, Secret)| (*generation, key.copy());
        let keys = &self.keys;
        Manifest {
            blocks: self.blocks,
            envelope: Envelope { key: self.envelope.key.copy(), wrapped: self.envelope.wrapped.clone() },
            keys: WrappingKeys { newest: copy(&keys.newest), retiring: keys.retiring.as_ref().map(copy) },
            digest_key: self.digest_key.copy(),
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

impl WrappingKeys {
    /// The generation and key that files are written under.
    pub fn newest(&self) -> (u64, &Secret) {
        (self.newest.0, &self.newest.1)
    }

    pub fn of(&self, generation: u64) -> Option<&Secret> {
        [Some(&self.newest), self.retiring.as_ref()]
            .into_iter()
            .flatten()
            .find(|(own, _)| *own == generation)
            .map(|(_, key)| key)
    }

    pub fn is_rotating(&self) -> bool {
        self.retiring.is_some()
    }
}

struct Parts<'a> {
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
        if version != VERSION {
            return Some(Err(KeyringFault::FormatUnknown { file: FILE_NAME.to_owned(), version }));
        }
        let (subjects, rest) = rest.split_first_chunk()?;
        let (credentials, rest) = rest.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (wrapped_envelope, encrypted) = rest.split_at_checked(u16::from_le_bytes(*length).into())?;
        Some(Ok(Parts {
            blocks: [u32::from_le_bytes(*subjects), u32::from_le_bytes(*credentials)],
            head: &written[..written.len() - encrypted.len()],
            wrapped_envelope,
            encrypted,
        }))
    }

    fn open(self, master: &dyn MasterWrap) -> Result<Manifest, KeyringFault> {
        let key = Secret::new(*master.unwrap(self.wrapped_envelope)?);
        let secrets =
            cipher::unwrap(&key, self.head, self.encrypted).map_err(|_| KeyringFault::ManifestDamaged)?;
        let damaged = || KeyringFault::ManifestDamaged;
        let (digest_key, wrapping) = secrets.split_first_chunk().ok_or_else(damaged)?;
        let (wrapping, []) = wrapping.as_chunks::<WRAPPING_KEY_BYTES>() else { return Err(damaged()) };
        let mut keys = wrapping.iter().map(read_wrapping_key);
        let newest = keys.next().ok_or_else(damaged)?;
        let retiring = keys.next();
        if keys.next().is_some() {
            return Err(damaged());
        }
        Ok(Manifest {
            blocks: self.blocks,
            envelope: Envelope { key, wrapped: self.wrapped_envelope.to_vec() },
            keys: WrappingKeys { newest, retiring },
            digest_key: Secret::new(*digest_key),
        })
    }
}

fn read_wrapping_key(bytes: &[u8; WRAPPING_KEY_BYTES]) -> (u64, Secret) {
    let [a, b, c, d, e, f, g, h, key @ ..] = bytes;
    (u64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]), Secret::new(*key))
}
