//! The few steps on files that the keyring needs, as a seam: tests fail each step, or cut the power after it.

use crate::fault::KeyringFault;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Ending of a file that is not yet the file it will become.
pub(crate) const FRESH_SUFFIX: &str = ".fresh";

pub(crate) trait Disk: Send + Sync {
    fn create_directory(&self, path: &Path) -> io::Result<()>;
    /// File names in a directory; none if it is absent.
    fn names(&self, directory: &Path) -> io::Result<Vec<String>>;
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>>;
    /// Makes or truncates the file, readable by its owner alone.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    fn sync_file(&self, path: &Path) -> io::Result<()>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn remove(&self, path: &Path) -> io::Result<()>;
    fn sync_directory(&self, path: &Path) -> io::Result<()>;
    /// A hold on the file that now bears this name, to overwrite it once another has taken the name; `None` if absent.
    fn hold(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>>;
    /// Claims the directory for one process until the claim is dropped; `None` if another holds it.
    fn claim(&self, path: &Path) -> io::Result<Option<Claim>>;
}

/// A lock that lives as long as this value.
pub(crate) struct Claim(#[allow(dead_code, reason = "held for its lock")] pub Option<File>);

/// A file held past the loss of its name.
pub(crate) trait Held: Send {
    /// Overwrites every byte in place, durably. A file system that copies on write, or a drive that moves its blocks,
    /// may still keep them.
    fn wipe(&mut self) -> io::Result<()>;
}

pub(crate) struct RealDisk;

impl Disk for RealDisk {
    fn create_directory(&self, path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)
    }

    fn names(&self, directory: &Path) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    }

    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read.map(Some),
        }
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        file.write_all(bytes)
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_directory(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn hold(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>> {
        match OpenOptions::new().write(true).open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            file => Ok(Some(Box::new(file?))),
        }
    }

    fn claim(&self, path: &Path) -> io::Result<Option<Claim>> {
        let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Claim(Some(file)))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

impl Held for File {
    fn wipe(&mut self) -> io::Result<()> {
        let length = self.metadata()?.len();
        self.rewind()?;
        io::copy(&mut io::repeat(0).take(length), self)?;
        self.sync_all()
    }
}

/// Writes files whole: each is either its old self or its new self, and durably the new one when this returns.
pub(crate) fn write_whole(
    disk: &dyn Disk,
    directory: &Path,
    files: &[(String, Vec<u8>)],
) -> Result<(), KeyringFault> {
    let fresh = |name: &str| directory.join(format!("{name}{FRESH_SUFFIX}"));
    for (name, bytes) in files {
        let path = fresh(name);
        disk.write(&path, bytes).map_err(on_disk("write", &path))?;
        disk.sync_file(&path).map_err(on_disk("sync", &path))?;
    }
    for (name, _) in files {
        let path = directory.join(name);
        disk.rename(&fresh(name), &path).map_err(on_disk("replace", &path))?;
    }
    disk.sync_directory(directory).map_err(on_disk("sync", directory))
}

/// Names the step and the path of a failure.
pub(crate) fn on_disk(step: &'static str, path: &Path) -> impl FnOnce(io::Error) -> KeyringFault + use<> {
    let path = PathBuf::from(path);
    move |source| KeyringFault::Disk { step, path, source }
}
