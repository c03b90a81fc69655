//! What the log asks of the disk itself, apart so that a test can make it fail.

use std::fs::File;
use std::io;
use std::path::Path;

/// The disk beneath the log.
pub trait Disk: Send + Sync {
    /// Returns when the file's bytes survive a power cut.
    ///
    /// # Errors
    /// What the system says. Bytes may be lost then, even if a later call succeeds.
    fn sync(&self, file: &File) -> io::Result<()>;

    /// Bytes that an unprivileged process may still write where `directory` stands.
    ///
    /// # Errors
    /// What the system says.
    fn free_bytes(&self, directory: &Path) -> io::Result<u64>;
}

/// The machine's own disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_data()
    }

    fn free_bytes(&self, directory: &Path) -> io::Result<u64> {
        let space = rustix::fs::statvfs(directory)?;
        Ok(space.f_bavail.saturating_mul(space.f_frsize))
    }
}
