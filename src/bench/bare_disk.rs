//! The measure of every durable write: a file, appended to and synced, and nothing else.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

/// A file that is appended to by one thread.
#[derive(Debug)]
pub struct BareDisk {
    file: File,
}

impl BareDisk {
    /// Makes a new file, or goes on with the one that is there.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(BareDisk { file: OpenOptions::new().create(true).append(true).open(path)? })
    }

    /// One write and one fdatasync.
    ///
    /// # Errors
    /// What the system says.
    pub fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.file.sync_data()
    }

    /// Appends each batch, and says how long all took.
    ///
    /// # Errors
    /// What the system says.
    pub fn append_all<'a>(&mut self, batches: impl IntoIterator<Item = &'a [u8]>) -> io::Result<Duration> {
        let start = Instant::now();
        batches.into_iter().try_for_each(|batch| self.append(batch))?;
        Ok(start.elapsed())
    }
}
