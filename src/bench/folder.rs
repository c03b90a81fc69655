//! A temporary folder, removed with all that is in it.

use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

/// Names tried before giving up.
const NAMES_TRIED_MAX: u32 = 1000;

/// Lives as long as its value. Nobody but the owner may look inside.
#[derive(Debug)]
pub struct TemporaryFolder {
    path: PathBuf,
}

impl TemporaryFolder {
    /// Makes one in a folder that exists.
    ///
    /// # Errors
    /// What the system says.
    pub fn make_in(parent: &Path) -> io::Result<Self> {
        let process = std::process::id();
        for number in 0..NAMES_TRIED_MAX {
            let path = parent.join(format!("rollbook-bench-{process}-{number}"));
            match fs::DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(TemporaryFolder { path }),
                Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => {}
                Err(fault) => return Err(fault),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, which clears its temporary folders.
        let _ = fs::remove_dir_all(&self.path);
    }
}
