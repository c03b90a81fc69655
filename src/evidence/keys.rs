//! Which keys sign for a log, and which ever did.
//!
//! The secret keys are the keyring's. Which of them is in force says the log: the last rotation in it, or,
//! before the first, the file of public keys. That file holds every key that ever signed, one a line in the
//! form that others are told it; whoever verifies without any secret reads it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rollbook_keyring::{Keyring, SigningKey};
use rollbook_schema::event::SigningKeyRotated;
use rollbook_schema::value::{PublicKey, Signature};

use super::fault::{EvidenceFault, on_disk};
use super::note::{Note, SignatureKind, SignatureLine, VerifierKey};

/// The file of public keys.
pub struct KeyFile {
    path: PathBuf,
    keys: Vec<VerifierKey>,
}

impl KeyFile {
    /// Reads the file; none is an empty one.
    ///
    /// # Errors
    /// [`EvidenceFault::Damaged`] where a line is no key.
    pub fn open(path: &Path) -> Result<KeyFile, EvidenceFault> {
        let text = match fs::read_to_string(path) {
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => String::new(),
            read => read.map_err(on_disk("read", path))?,
        };
        let keys: Result<Vec<VerifierKey>, _> = text.lines().map(str::parse).collect();
        let keys = keys.map_err(|_| EvidenceFault::Damaged { path: path.to_owned(), at: 0 })?;
        Ok(KeyFile { path: path.to_owned(), keys })
    }

    /// Every key that ever signed, in the order of their first use.
    #[must_use]
    pub fn all(&self) -> &[VerifierKey] {
        &self.keys
    }

    /// Adds a key, if it is new. Durable when this returns.
    ///
    /// # Errors
    /// What writing meets.
    pub fn add(&mut self, key: VerifierKey) -> Result<(), EvidenceFault> {
        if self.keys.contains(&key) {
            return Ok(());
        }
        self.keys.push(key);
        let text: String = self.keys.iter().map(|key| format!("{key}\n")).collect();
        write_whole(&self.path, text.as_bytes()).map_err(on_disk("write", &self.path))
    }
}

/// Replaces a file: it is either its old self or its new self, and durably the new one when this returns.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = path.with_extension("fresh");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&fresh, path)?;
    File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
}

/// The keys that sign now.
pub struct Signers {
    /// `None` where the key in force is lost: only its public half is known.
    pub current: Option<SigningKey>,
    /// A key that a rotation took out of force and that has still to sign what comes after it.
    pub retiring: Option<SigningKey>,
    /// The key in force that is not in the keyring.
    pub lost: Option<PublicKey>,
}

impl Signers {
    /// Finds the keys in force, and makes the first where there never was one. Keys that nobody needs are
    /// destroyed.
    ///
    /// # Errors
    /// What the keyring meets.
    pub fn find(
        keyring: &Keyring,
        rotated: Option<&SigningKeyRotated>,
        known: &[VerifierKey],
    ) -> Result<Signers, EvidenceFault> {
        let mut found = keyring.signing_keys()?;
        let in_force = rotated.map(|rotated| rotated.to.0.0).or(known.last().map(|key| *key.public()));
        let Some(in_force) = in_force else {
            let mut left = found.into_iter();
            let current = left.next().map_or_else(|| keyring.make_signing_key(), Ok)?;
            left.try_for_each(|key| keyring.destroy_signing_key(&key.public()))?;
            return Ok(Signers { current: Some(current), retiring: None, lost: None });
        };
        let mut take = |public: [u8; 32]| {
            let index = found.iter().position(|key| key.public() == public)?;
            Some(found.swap_remove(index))
        };
        let current = take(in_force);
        let retiring = rotated.and_then(|rotated| take(rotated.from.0.0));
        found.iter().try_for_each(|key| keyring.destroy_signing_key(&key.public()))?;
        let lost = current.is_none().then_some(PublicKey::from(in_force));
        Ok(Signers { current, retiring, lost })
    }

    /// The public key in force.
    #[must_use]
    pub fn in_force(&self) -> Option<PublicKey> {
        self.current.as_ref().map(|key| PublicKey::from(key.public())).or(self.lost)
    }

    /// The signature of the key in force over a text, and that key by both its names.
    ///
    /// # Errors
    /// [`EvidenceFault::NoKey`] where none is in force.
    pub fn sign_text(
        &self,
        origin: &str,
        text: &str,
    ) -> Result<(PublicKey, Signature, VerifierKey), EvidenceFault> {
        let key = self.current.as_ref().ok_or(EvidenceFault::NoKey)?;
        let verifier = VerifierKey::new(origin, SignatureKind::Log, key.public());
        let verifier = verifier.ok_or(EvidenceFault::NoKey)?;
        Ok((key.public().into(), key.sign(text.as_bytes()).into(), verifier))
    }

    /// The text, signed under the origin by every key that signs now.
    ///
    /// # Errors
    /// [`EvidenceFault::NoKey`] where none does.
    pub fn sign(&self, origin: &str, text: &str) -> Result<(Note, Vec<VerifierKey>), EvidenceFault> {
        let signers = [self.current.as_ref().ok_or(EvidenceFault::NoKey)?];
        let signers = signers.into_iter().chain(self.retiring.as_ref());
        let mut keys = Vec::new();
        let mut signatures = Vec::new();
        for key in signers {
            let verifier = VerifierKey::new(origin, SignatureKind::Log, key.public());
            let verifier = verifier.ok_or(EvidenceFault::NoKey)?;
            signatures.push(SignatureLine::of(&verifier, key.sign(text.as_bytes()).to_vec()));
            keys.push(verifier);
        }
        // The key in force comes last among those that are known.
        keys.reverse();
        Ok((Note { text: text.to_owned(), signatures }, keys))
    }
}
