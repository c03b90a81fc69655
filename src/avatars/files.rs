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

/// Removes what nobody has any more; durable when this returns.
///
/// # Errors
/// Whatever the disk says; what stays behind is sealed. A name that nothing has is no fault.
pub fn remove(folder: &Path, name: &Digest) -> io::Result<()> {
    match fs::remove_file(path(folder, name)) {
        Ok(()) => File::open(folder)?.sync_all(),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// Removes every file that nobody has: what was half written, or named by nothing when the program stopped.
/// Only while nobody writes.
///
/// # Errors
/// Whatever the disk says.
pub fn sweep(folder: &Path, is_held: impl Fn(&str) -> bool) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if !is_held(&entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path())?;
        }
    }
    File::open(folder)?.sync_all()
}

fn path(folder: &Path, name: &Digest) -> PathBuf {
    folder.join(name.to_string())
}
