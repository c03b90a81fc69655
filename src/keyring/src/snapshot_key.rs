//! The key of snapshots: of what folds come to, kept so that a start need not fold the whole log.
//!
//! A snapshot holds everybody, so it cannot outlive anybody: its key goes with every rotation, and on request. A new
//! one is made when it is asked for.

use crate::cipher;
use crate::entropy::Entropy;
use crate::fault::KeyringFault;
use crate::keyring::Keyring;
use crate::secret::Secret;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Bytes of a snapshot key's name.
pub const SNAPSHOT_KEY_NAME_BYTES: usize = 16;

const NAME_LABEL: &[u8] = b"rollbook/keyring/1/snapshot name";

/// A key that seals snapshots, as long as the keyring holds it; after that, what it sealed is noise to the next start.
pub struct SnapshotKey {
    secret: Secret,
    entropy: Arc<dyn Entropy>,
}

impl SnapshotKey {
    /// A name that tells nothing of it, to be kept beside what it seals.
    pub fn name(&self) -> [u8; SNAPSHOT_KEY_NAME_BYTES] {
        let mut name = [0; SNAPSHOT_KEY_NAME_BYTES];
        name.copy_from_slice(&self.secret.derive(NAME_LABEL).bytes()[..SNAPSHOT_KEY_NAME_BYTES]);
        name
    }

    /// Seals a piece, bound to the associated bytes.
    pub fn seal(&self, associated: &[u8], piece: &[u8]) -> Vec<u8> {
        cipher::wrap(&self.secret, associated, piece, self.entropy.as_ref())
    }

    /// What was sealed with the same associated bytes; `None` if it is not that.
    pub fn open(&self, associated: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        cipher::unwrap(&self.secret, associated, sealed).ok()
    }
}

impl Keyring {
    /// The key that snapshots are sealed under now, if there is one.
    pub fn snapshot_key(&self) -> Option<SnapshotKey> {
        let keeper = self.keeper();
        keeper.manifest.snapshot_key.as_ref().map(|secret| self.snapshot_key_of(secret))
    }

    /// The same, made and durable if there was none.
    pub fn snapshot_key_or_new(&self) -> Result<SnapshotKey, KeyringFault> {
        let mut keeper = self.keeper();
        if let Some(secret) = &keeper.manifest.snapshot_key {
            return Ok(self.snapshot_key_of(secret));
        }
        let secret = Secret::random(self.site.entropy.as_ref());
        let next = keeper.manifest.with_snapshot_key(secret.copy());
        keeper.save(&self.site, next)?;
        // The next rotation insists on it; the one before held no such key.
        let _ = keeper.wipe_replaced(&self.site);
        Ok(self.snapshot_key_of(&secret))
    }

    /// Destroys the key: what was sealed under it is noise when this returns `Ok`. Without a key it costs nothing.
    pub fn forget_snapshot_key(&self) -> Result<(), KeyringFault> {
        let mut keeper = self.keeper();
        if keeper.manifest.snapshot_key.is_some() {
            let (master, entropy) = (self.site.master.as_ref(), self.site.entropy.as_ref());
            let next = keeper.manifest.without_snapshot_key(master, entropy)?;
            keeper.save(&self.site, next)?;
        }
        keeper.wipe_replaced(&self.site)
    }

    fn snapshot_key_of(&self, secret: &Secret) -> SnapshotKey {
        SnapshotKey { secret: secret.copy(), entropy: Arc::clone(&self.site.entropy) }
    }
}
