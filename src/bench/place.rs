//! Directories to measure with: as in production, but for hashing, which is left out of every figure.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::fault::BenchFault;
use super::server::{CHEAP_HASHING, PASSWORD};
use crate::directory::{Directory, DirectoryOptions, FirstAdministrator};

/// The options of a measured directory in a folder.
#[must_use]
pub fn options(data: impl Into<PathBuf>) -> DirectoryOptions {
    let mut options = DirectoryOptions::new(data);
    options.hashing = CHEAP_HASHING;
    options
}

/// Opens a directory, off the threads that serve.
///
/// # Errors
/// [`BenchFault::Open`].
pub async fn open(options: DirectoryOptions) -> Result<Directory, BenchFault> {
    let opened = tokio::task::spawn_blocking(move || Directory::open(options)).await;
    Ok(opened.map_err(|fault| BenchFault::Start(fault.into()))??)
}

/// A new directory with its administrator, whose password is [`PASSWORD`].
///
/// # Errors
/// [`BenchFault::Open`] and [`BenchFault::FirstStart`].
pub async fn first_start(options: DirectoryOptions) -> Result<Directory, BenchFault> {
    let directory = open(options).await?;
    let password = Some(Zeroizing::new(PASSWORD.to_owned()));
    directory.first_start(FirstAdministrator { email: None, password }).await?;
    Ok(directory)
}

/// Bytes of all files below a folder.
///
/// # Errors
/// What the system says.
pub fn bytes_below(folder: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let found = entry.metadata()?;
        bytes += if found.is_dir() { bytes_below(&entry.path())? } else { found.len() };
    }
    Ok(bytes)
}
