//! Sealed pictures as files: written whole before the log names them, removed when nobody has them.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use rollbook_schema::id::Digest;
use sha2::{Digest as _, Sha256};

/// The name of sealed bytes.
#[must_use]
pub fn name_of(sealed: &[u8]) -> Digest {
    Digest(Sha256::digest(sealed).into())
}

/// Writes sealed bytes under their name; durable when this returns.
///
/// # Errors
/// Whatever the disk says; then nothing has the name.
pub fn keep(folder: &Path, sealed: &[u8]) -> io::Result<Digest> {
    let name = name_of(sealed);
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let temporary = folder.join(format!("{name}.new"));
    let mut file = File::create(&temporary)?;
    file.write_all(sealed)?;
    file.sync_all()?;
    fs::rename(&temporary, path(folder, &name))?;
    File::open(folder)?.sync_all()?;
    if let Some(parent) = folder.parent() {
        File::open(parent)?.sync_all()?;
    }
    Ok(name)
}

/// The sealed bytes of that name; `None` if there are none, or if they are not those any more.
#[must_use]
pub fn read(folder: &Path, name: &Digest) -> Option<Vec<u8>> {
    let sealed = fs::read(path(folder, name)).ok()?;
    (name_of(&sealed) == *name).then_some(sealed)
}

/// Removes what nobody has any more. What stays behind is sealed.
pub fn remove(folder: &Path, name: &Digest) {
    if let Err(fault) = fs::remove_file(path(folder, name))
        && fault.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%fault, "a picture that nobody has could not be removed");
    }
}

fn path(folder: &Path, name: &Digest) -> PathBuf {
    folder.join(name.to_string())
}
