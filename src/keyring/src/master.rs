//! The master key: it wraps one small key in the manifest, and through it everything else.

use crate::cipher;
use crate::disk::{Disk, on_disk, write_whole};
use crate::entropy::Entropy;
use crate::fault::KeyringFault;
use crate::secret::{SECRET_BYTES, Secret};
use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

const ASSOCIATED: &[u8] = b"rollbook/keyring/1/master";

/// Where the master key comes from.
pub struct MasterKey(Source);

enum Source {
    File(PathBuf),
    Given(Secret),
    Hook(Arc<dyn MasterWrap>),
}

impl MasterKey {
    /// A file of 64 hexadecimal digits, made with fresh entropy (mode 0600) when a new keyring is made and none is
    /// there. Keep a copy apart from the keyring's backups: whoever has both has the keys.
    pub fn file(path: impl Into<PathBuf>) -> MasterKey {
        MasterKey(Source::File(path.into()))
    }

    /// A file `keyring.master` next to the keyring's directory, as [`MasterKey::file`].
    pub fn beside(directory: &Path) -> MasterKey {
        MasterKey::file(directory.with_file_name("keyring.master"))
    }

    /// 64 hexadecimal digits, such as an environment variable holds.
    pub fn hex(digits: &str) -> Result<MasterKey, MasterFault> {
        Ok(MasterKey(Source::Given(parse_hex(digits)?)))
    }

    /// A key that never leaves its keeper.
    pub fn hook(hook: Arc<dyn MasterWrap>) -> MasterKey {
        MasterKey(Source::Hook(hook))
    }

    /// Makes the key ready. Only a keyring that is being made may find its key file absent.
    pub(crate) fn resolve(
        self,
        disk: &dyn Disk,
        entropy: &Arc<dyn Entropy>,
        new_keyring: bool,
    ) -> Result<Arc<dyn MasterWrap>, KeyringFault> {
        let key = match self.0 {
            Source::Hook(hook) => return Ok(hook),
            Source::Given(key) => key,
            Source::File(path) => match disk.read(&path).map_err(on_disk("read", &path))? {
                Some(digits) => {
                    let digits = Zeroizing::new(digits);
                    parse_hex(str::from_utf8(&digits).map_err(|_| MasterFault::Malformed)?)?
                }
                None if new_keyring => create_file(disk, entropy.as_ref(), &path)?,
                None => return Err(MasterFault::Missing { path }.into()),
            },
        };
        Ok(Arc::new(LocalMaster { key, entropy: Arc::clone(entropy) }))
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::File(path) => write!(f, "MasterKey(file {})", path.display()),
            Source::Given(_) => f.write_str("MasterKey(given)"),
            Source::Hook(_) => f.write_str("MasterKey(hook)"),
        }
    }
}

/// Wrapping and unwrapping by a key kept elsewhere, such as a key management system.
///
/// Called at start, and at each rotation of the wrapping key; never on the way of a command.
pub trait MasterWrap: Send + Sync {
    /// Wraps 32 secret bytes into at most 65,535 bytes that say nothing without the master key.
    fn wrap(&self, secret: &[u8; SECRET_BYTES]) -> Result<Vec<u8>, MasterFault>;
    /// Gives back what was wrapped, or [`MasterFault::WrongKey`].
    fn unwrap(&self, wrapped: &[u8]) -> Result<Zeroizing<[u8; SECRET_BYTES]>, MasterFault>;
}

/// Why the master key cannot be used.
#[derive(Debug, Error)]
pub enum MasterFault {
    /// It is not the key the keyring was written under.
    #[error("it is not the master key the keyring was written under")]
    WrongKey,
    /// The keyring exists and its master key file does not. Restore the file.
    #[error("the master key file {path} is missing", path = path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Not 64 hexadecimal digits.
    #[error("a master key is 64 hexadecimal digits")]
    Malformed,
    /// The keeper of the key did not answer, or answered with what cannot be stored.
    #[error("the keeper of the master key failed")]
    Keeper(#[source] Box<dyn Error + Send + Sync>),
}

struct LocalMaster {
    key: Secret,
    entropy: Arc<dyn Entropy>,
}

impl MasterWrap for LocalMaster {
    fn wrap(&self, secret: &[u8; SECRET_BYTES]) -> Result<Vec<u8>, MasterFault> {
        Ok(cipher::wrap(&self.key, ASSOCIATED, secret, self.entropy.as_ref()))
    }

    fn unwrap(&self, wrapped: &[u8]) -> Result<Zeroizing<[u8; SECRET_BYTES]>, MasterFault> {
        let bytes = cipher::unwrap(&self.key, ASSOCIATED, wrapped).map_err(|_| MasterFault::WrongKey)?;
        let mut secret = Zeroizing::new([0; SECRET_BYTES]);
        // Authentic bytes of another length were never a master's wrapping.
        let bytes: &[u8; SECRET_BYTES] = bytes.as_slice().try_into().map_err(|_| MasterFault::WrongKey)?;
        secret.copy_from_slice(bytes);
        Ok(secret)
    }
}

fn create_file(disk: &dyn Disk, entropy: &dyn Entropy, path: &Path) -> Result<Secret, KeyringFault> {
    let key = Secret::random(entropy);
    let mut digits = Vec::with_capacity(2 * SECRET_BYTES + 1);
    for byte in key.bytes() {
        digits.extend([byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[usize::from(digit)]));
    }
    digits.push(b'\n');
    let name = path.file_name().ok_or(MasterFault::Missing { path: path.to_owned() })?;
    let parent = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    disk.create_directory(parent).map_err(on_disk("create", parent))?;
    let mut files = [(name.to_string_lossy().into_owned(), digits)];
    let written = write_whole(disk, parent, &files);
    files[0].1.zeroize();
    written.map(|()| key)
}

fn parse_hex(digits: &str) -> Result<Secret, MasterFault> {
    let (pairs, []) = digits.trim().as_bytes().as_chunks::<2>() else { return Err(MasterFault::Malformed) };
    if pairs.len() != SECRET_BYTES {
        return Err(MasterFault::Malformed);
    }
    let mut key = Zeroizing::new([0; SECRET_BYTES]);
    for (byte, pair) in key.iter_mut().zip(pairs) {
        let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
        let (Some(high), Some(low)) = (high, low) else { return Err(MasterFault::Malformed) };
        *byte = (high << 4 | low) as u8;
    }
    Ok(Secret::new(*key))
}
