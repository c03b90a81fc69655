//! A sealed value: its bytes as stored, how it is made under a leaf's key, and how it is opened.

use crate::cipher::{self, NONCE_BYTES, TAG_BYTES};
use crate::entropy::Entropy;
use crate::secret::{SECRET_BYTES, Secret};
use std::fmt;
use thiserror::Error;
use zeroize::Zeroizing;

/// Bytes a sealed value has beyond its plaintext: version, nonce, commitment, tag.
pub const SEALED_OVERHEAD_BYTES: usize = HEADER_BYTES + TAG_BYTES;
/// Bytes of one plaintext.
pub const PLAINTEXT_BYTES_MAX: usize = 16 << 20;
/// Bytes of a key's fingerprint.
pub const FINGERPRINT_BYTES: usize = 16;

const VERSION: u8 = 1;
const COMMITMENT_BYTES: usize = 32;
const HEADER_BYTES: usize = 1 + NONCE_BYTES + COMMITMENT_BYTES;

/// A value only its key opens, as the bytes to store:
/// version (1), nonce (24), commitment to the key (32), ciphertext, tag (16).
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Takes stored bytes; checks version and length, which is all that can be checked without a key.
    pub fn decode(bytes: Vec<u8>) -> Result<Sealed, OpenFault> {
        Parts::of(&bytes)?;
        Ok(Sealed(bytes))
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes to store.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Fingerprint of the key it was sealed under: who holds no key can still see which values an erasure covers.
    pub fn fingerprint(&self) -> [u8; FINGERPRINT_BYTES] {
        let mut fingerprint = [0; FINGERPRINT_BYTES];
        fingerprint.copy_from_slice(&self.0[1 + NONCE_BYTES..][..FINGERPRINT_BYTES]);
        fingerprint
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

/// What opening gave: erasure is a value, not a failure.
#[derive(PartialEq, Eq)]
pub enum Opened {
    /// The plaintext, wiped when dropped.
    Value(Zeroizing<Vec<u8>>),
    /// The key is destroyed.
    Erased,
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Opened::Value(_) => "Value(..)",
            Opened::Erased => "Erased",
        })
    }
}

/// Why a value was not sealed.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum SealFault {
    /// The key of this address is destroyed; nothing can be sealed there again.
    #[error("the key of this address is destroyed")]
    Erased,
    /// No block is provisioned for the number.
    #[error("no key is provisioned for this number")]
    NotProvisioned,
    /// The group or the number lies outside the key space.
    #[error("the address lies outside its key space")]
    NoSuchAddress,
    /// Longer than [`PLAINTEXT_BYTES_MAX`].
    #[error("the value is larger than can be sealed")]
    TooLarge,
}

/// Why a value whose key still stands did not open.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum OpenFault {
    /// Too short, or of a version this program does not know.
    #[error("the bytes are not a sealed value of a known version")]
    Malformed,
    /// Sealed under another key: moved from another address, or the keyring is not the one that sealed it.
    #[error("the value was sealed under another key")]
    WrongKey,
    /// The right key, but the bytes or the associated bytes are not those that were sealed.
    #[error("the sealed bytes or the bytes bound to them were changed")]
    Damaged,
    /// No block is provisioned for the number: the keyring is older than the value.
    #[error("no key is provisioned for this number")]
    NotProvisioned,
    /// The group or the number lies outside the key space.
    #[error("the address lies outside its key space")]
    NoSuchAddress,
}

/// The keys of one leaf.
pub(crate) struct LeafKey {
    seal: Secret,
    /// One-way from the leaf, like the key itself, so it commits to the key and tells nothing of it.
    commitment: [u8; COMMITMENT_BYTES],
}

impl LeafKey {
    pub fn of(leaf: &Secret) -> LeafKey {
        const _: () = assert!(SECRET_BYTES == COMMITMENT_BYTES);
        LeafKey {
            seal: leaf.derive(b"rollbook/keyring/1/seal"),
            commitment: *leaf.derive(b"rollbook/keyring/1/commit").bytes(),
        }
    }

    /// The first half of the commitment, so it can be compared with what stands beside each sealed value.
    pub fn fingerprint(&self) -> [u8; FINGERPRINT_BYTES] {
        let mut fingerprint = [0; FINGERPRINT_BYTES];
        fingerprint.copy_from_slice(&self.commitment[..FINGERPRINT_BYTES]);
        fingerprint
    }

    pub fn seal(&self, associated: &[u8], plaintext: &[u8], entropy: &dyn Entropy) -> Sealed {
        let nonce = cipher::nonce(entropy);
        let mut bytes = Vec::with_capacity(plaintext.len() + SEALED_OVERHEAD_BYTES);
        bytes.push(VERSION);
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&self.commitment);
        cipher::encrypt(&self.seal, &nonce, associated, plaintext, &mut bytes);
        Sealed(bytes)
    }

    pub fn open(&self, associated: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenFault> {
        let parts = Parts::of(sealed)?;
        // blake3::Hash compares in constant time.
        if blake3::Hash::from_bytes(*parts.commitment) != blake3::Hash::from_bytes(self.commitment) {
            return Err(OpenFault::WrongKey);
        }
        cipher::decrypt(&self.seal, parts.nonce, associated, parts.encrypted).map_err(|_| OpenFault::Damaged)
    }
}

struct Parts<'a> {
    nonce: &'a [u8; NONCE_BYTES],
    commitment: &'a [u8; COMMITMENT_BYTES],
    encrypted: &'a [u8],
}

impl Parts<'_> {
    fn of(bytes: &[u8]) -> Result<Parts<'_>, OpenFault> {
        let (&VERSION, rest) = bytes.split_first().ok_or(OpenFault::Malformed)? else {
            return Err(OpenFault::Malformed);
        };
        let (nonce, rest) = rest.split_first_chunk().ok_or(OpenFault::Malformed)?;
        let (commitment, encrypted) = rest.split_first_chunk().ok_or(OpenFault::Malformed)?;
        if encrypted.len() < TAG_BYTES {
            return Err(OpenFault::Malformed);
        }
        Ok(Parts { nonce, commitment, encrypted })
    }
}
