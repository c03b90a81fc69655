//! Keys that sign: Ed25519, one file each, beside the keys that seal.
//!
//! A file holds the secret under a key of its own, which the master key wraps: so without the master key
//! nobody signs. Its name begins with the public key's first bytes. Which of the keys is in force is not said
//! here but by whoever uses them; a key that is no longer in force is destroyed.

use crate::cipher;
use crate::disk::on_disk;
use crate::fault::KeyringFault;
use crate::keyring::Keyring;
use crate::secret::{SECRET_BYTES, Secret};
use ed25519_dalek::{Signer as _, SigningKey as Ed25519};
use std::fmt;

/// Bytes of a public key.
pub const PUBLIC_KEY_BYTES: usize = 32;
/// Bytes of a signature.
pub const SIGNATURE_BYTES: usize = 64;

const MAGIC: &[u8; 8] = b"rollkeys";
const VERSION: u8 = 1;
const CHECKSUM_BYTES: usize = 32;
const PREFIX: &str = "signing-";
const SUFFIX: &str = ".key";
/// Bytes of the public key that its file is named after.
const NAMED_BYTES: usize = 8;

/// A key that signs. Its secret is wiped when dropped, and shown by nothing.
pub struct SigningKey {
    secret: Secret,
    public: [u8; PUBLIC_KEY_BYTES],
}

impl SigningKey {
    fn new(secret: Secret) -> SigningKey {
        let public = Ed25519::from_bytes(secret.bytes()).verifying_key().to_bytes();
        SigningKey { secret, public }
    }

    /// What verifies its signatures.
    #[must_use]
    pub fn public(&self) -> [u8; PUBLIC_KEY_BYTES] {
        self.public
    }

    /// The Ed25519 signature over a message (RFC 8032).
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_BYTES] {
        Ed25519::from_bytes(self.secret.bytes()).sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

impl Keyring {
    /// Every signing key there is, in the order of their files' names.
    ///
    /// # Errors
    /// [`KeyringFault`] where a file cannot be read or opened.
    pub fn signing_keys(&self) -> Result<Vec<SigningKey>, KeyringFault> {
        let _changes_wait = self.keeper();
        let directory = &self.site.directory;
        let mut names = self.site.disk.names(directory).map_err(on_disk("list", directory))?;
        names.retain(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        names.sort();
        names.iter().map(|name| self.read_signing_key(name)).collect()
    }

    /// Makes a signing key, durable when this returns.
    ///
    /// # Errors
    /// [`KeyringFault`] where its file cannot be written.
    pub fn make_signing_key(&self) -> Result<SigningKey, KeyringFault> {
        let _changes_wait = self.keeper();
        let entropy = self.site.entropy.as_ref();
        let key = SigningKey::new(Secret::random(entropy));
        let envelope = Secret::random(entropy);
        let wrapped = self.site.master.wrap(envelope.bytes())?;
        let length = u16::try_from(wrapped.len()).map_err(|_| {
            crate::master::MasterFault::Keeper("the wrapped key is longer than 65,535 bytes".into())
        })?;
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        bytes.extend(length.to_le_bytes());
        bytes.extend(wrapped);
        bytes.extend(cipher::wrap(&envelope, &bytes, key.secret.bytes(), entropy));
        bytes.extend(blake3::hash(&bytes).as_bytes());
        self.site.write(&[(file_name(&key.public), bytes)])?;
        Ok(key)
    }

    /// Destroys a signing key, if it is there: its name goes, then its bytes are overwritten.
    ///
    /// # Errors
    /// [`KeyringFault`] where its file cannot be removed; it may be asked again.
    pub fn destroy_signing_key(&self, public: &[u8; PUBLIC_KEY_BYTES]) -> Result<(), KeyringFault> {
        let _changes_wait = self.keeper();
        let (disk, directory) = (self.site.disk.as_ref(), &self.site.directory);
        let path = directory.join(file_name(public));
        let Some(mut held) = disk.hold(&path).map_err(on_disk("open", &path))? else { return Ok(()) };
        // The name goes first: a file of zeros under its name would stop the next start.
        disk.remove(&path).map_err(on_disk("remove", &path))?;
        disk.sync_directory(directory).map_err(on_disk("sync", directory))?;
        held.wipe().map_err(on_disk("overwrite", &path))
    }

    fn read_signing_key(&self, name: &str) -> Result<SigningKey, KeyringFault> {
        let path = self.site.directory.join(name);
        let damaged = || KeyringFault::BlockDamaged { file: name.to_owned() };
        let bytes = self.site.disk.read(&path).map_err(on_disk("read", &path))?.ok_or_else(damaged)?;
        let (written, checksum) = bytes.split_last_chunk::<CHECKSUM_BYTES>().ok_or_else(damaged)?;
        let rest = written.strip_prefix(MAGIC).ok_or_else(damaged)?;
        if blake3::hash(written) != blake3::Hash::from_bytes(*checksum) {
            return Err(damaged());
        }
        let (&version, rest) = rest.split_first().ok_or_else(damaged)?;
        if version != VERSION {
            return Err(KeyringFault::FormatUnknown { file: name.to_owned(), version });
        }
        let (length, rest) = rest.split_first_chunk().ok_or_else(damaged)?;
        let (wrapped, encrypted) =
            rest.split_at_checked(u16::from_le_bytes(*length).into()).ok_or_else(damaged)?;
        let envelope = Secret::new(*self.site.master.unwrap(wrapped)?);
        let head = &written[..written.len() - encrypted.len()];
        let secret = cipher::unwrap(&envelope, head, encrypted).map_err(|_| damaged())?;
        let secret: &[u8; SECRET_BYTES] = secret.as_slice().try_into().map_err(|_| damaged())?;
        let key = SigningKey::new(Secret::new(*secret));
        if file_name(&key.public) == name { Ok(key) } else { Err(damaged()) }
    }
}

fn file_name(public: &[u8; PUBLIC_KEY_BYTES]) -> String {
    let digits: String = public.iter().take(NAMED_BYTES).map(|byte| format!("{byte:02x}")).collect();
    format!("{PREFIX}{digits}{SUFFIX}")
}
