//! A copy of the keyring for a backup: what opens, and nothing that signs.
//!
//! Taken while no change is under way, so that its files belong together. A signing key is left out: in two places it
//! could sign two histories under one name.

use crate::address::BlockId;
use crate::disk::on_disk;
use crate::fault::KeyringFault;
use crate::keyring::Keyring;
use crate::manifest;

impl Keyring {
    /// Name and wrapped bytes of every file that a keyring is restored from. They open nothing without the master key.
    ///
    /// # Errors
    /// [`KeyringFault`] where a file cannot be read.
    pub fn copy(&self) -> Result<Vec<(String, Vec<u8>)>, KeyringFault> {
        let _changes_wait = self.keeper();
        let (disk, directory) = (self.site.disk.as_ref(), &self.site.directory);
        let mut names = disk.names(directory).map_err(on_disk("list", directory))?;
        names.retain(|name| name == manifest::FILE_NAME || BlockId::parse(name).is_some());
        names.sort();
        let mut files = Vec::new();
        for name in names {
            let path = directory.join(&name);
            let bytes = disk.read(&path).map_err(on_disk("read", &path))?;
            files.push((name, bytes.ok_or(KeyringFault::ManifestDamaged)?));
        }
        Ok(files)
    }
}
