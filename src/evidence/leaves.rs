//! The hashes of all leaves, in one file: 32 bytes for each record, at 32 times the position before it.
//!
//! It is what makes the place of a change known, where somebody rewrote the log and recomputed every digest
//! in it; and it spares reading 256 records for each tile. It can be made again from the log, so it is
//! synced only before a checkpoint over it is signed, and whatever lies beyond the last checkpoint is
//! not trusted after a start.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::Path;

use rollbook_schema::id::Digest;

/// Bytes of one hash.
const HASH_BYTES: u64 = 32;
/// Leaves of a full tile (C2SP tlog-tiles).
pub const TILE_LEAVES: u64 = 256;

/// The file of leaf hashes.
pub struct LeafFile {
    file: File,
}

impl LeafFile {
    /// Opens the file, or makes an empty one, readable by its owner only.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(path: &Path) -> io::Result<LeafFile> {
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
        Ok(LeafFile { file })
    }

    /// Opens the file to read it; `None` where there is none.
    ///
    /// # Errors
    /// What the system says.
    pub fn open_existing(path: &Path) -> io::Result<Option<LeafFile>> {
        match File::open(path) {
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(None),
            file => Ok(Some(LeafFile { file: file? })),
        }
    }

    /// Whole hashes in it.
    ///
    /// # Errors
    /// What the system says.
    pub fn len(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len() / HASH_BYTES)
    }

    /// Whether nothing is in it.
    ///
    /// # Errors
    /// What the system says.
    pub fn is_empty(&self) -> io::Result<bool> {
        Ok(self.len()? == 0)
    }

    /// Forgets every hash from the given index on.
    ///
    /// # Errors
    /// What the system says.
    pub fn truncate(&self, leaves: u64) -> io::Result<()> {
        self.file.set_len(leaves * HASH_BYTES)
    }

    /// Writes hashes from the given index on. Durable after [`LeafFile::sync`].
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, index: u64, leaves: &[Digest]) -> io::Result<()> {
        let bytes: Vec<u8> = leaves.iter().flat_map(|leaf| leaf.0).collect();
        self.file.write_all_at(&bytes, index * HASH_BYTES)
    }

    /// Makes everything written durable.
    ///
    /// # Errors
    /// What the system says.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// The hashes from `start` to `end`.
    ///
    /// # Errors
    /// What the system says; `UnexpectedEof` where there are fewer.
    pub fn read(&self, start: u64, end: u64) -> io::Result<Vec<Digest>> {
        let count = usize::try_from(end.saturating_sub(start)).map_err(io::Error::other)?;
        let mut bytes = vec![0_u8; count * HASH_BYTES as usize];
        self.file.read_exact_at(&mut bytes, start * HASH_BYTES)?;
        let (hashes, _) = bytes.as_chunks::<{ HASH_BYTES as usize }>();
        Ok(hashes.iter().map(|hash| Digest(*hash)).collect())
    }
}
