//! A backup on disk: a folder of segments, each a file named after what it holds, or one stream in a file.
//!
//! A segment is written under another name, synced, read back with all before it, and only then given its own. A file
//! that ends in `.partial` is what a run left that did not come to its end; the next run writes it anew.

use std::fs::{self, DirBuilder, File};
use std::io::{self, BufReader, BufWriter, Read, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use super::examine::{Examination, Examined};
use super::fault::{BackupFault, on_disk};
use super::part::Part;
use super::segment::After;
use crate::evidence::note::VerifierKey;

/// Before the positions in the name of a segment.
const PREFIX: &str = "records-";
/// Behind them.
const SUFFIX: &str = ".rollbook";
/// Of a segment that is not whole yet.
const PARTIAL: &str = "records.partial";
/// Bytes read at one go.
const READ_BYTES: usize = 256 << 10;

/// The segments of a backup, in their order.
#[derive(Clone, Debug)]
pub struct BackupSet {
    folder: PathBuf,
    segments: Vec<PathBuf>,
}

/// A stream that was laid down in a file to be read more than once. The file goes with it.
#[derive(Debug)]
pub struct Spooled {
    path: PathBuf,
}

impl Spooled {
    /// Reads a stream to its end, into a file of this name.
    ///
    /// # Errors
    /// What the disk says, or whoever sends the stream.
    pub fn read(stream: &mut dyn Read, path: PathBuf) -> Result<Spooled, BackupFault> {
        let spooled = Spooled { path };
        write_synced(&spooled.path, stream)?;
        Ok(spooled)
    }

    /// Its file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Spooled {
    fn drop(&mut self) {
        // What stays is sealed, and overwritten by the next.
        let _ = fs::remove_file(&self.path);
    }
}

impl BackupSet {
    /// Finds a backup: a folder, or one file.
    ///
    /// # Errors
    /// [`BackupFault::Absent`] where there is none.
    pub fn find(path: &Path) -> Result<BackupSet, BackupFault> {
        let absent = || BackupFault::Absent { path: path.to_owned() };
        if path.is_file() {
            return Ok(BackupSet { folder: path.to_owned(), segments: vec![path.to_owned()] });
        }
        let set = BackupSet::list(path)?;
        if set.segments.is_empty() { Err(absent()) } else { Ok(set) }
    }

    /// The folder to write into, made where it is not there.
    ///
    /// # Errors
    /// What the disk says.
    pub fn in_folder(folder: &Path) -> Result<BackupSet, BackupFault> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.map_err(on_disk("make", folder))?;
        BackupSet::list(folder)
    }

    fn list(folder: &Path) -> Result<BackupSet, BackupFault> {
        let entries = match fs::read_dir(folder) {
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => {
                return Err(BackupFault::Absent { path: folder.to_owned() });
            }
            entries => entries.map_err(on_disk("list", folder))?,
        };
        let mut segments = Vec::new();
        for entry in entries {
            let path = entry.map_err(on_disk("list", folder))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
                segments.push(path);
            }
        }
        // Positions have leading zeros.
        segments.sort();
        Ok(BackupSet { folder: folder.to_owned(), segments })
    }

    /// Whether nothing was backed up yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Reads and checks all of it, and shows each part. `pinned` are the keys to trust, in the place of those in it.
    ///
    /// # Errors
    /// [`BackupFault`] at the first thing that does not hold, and what `visit` gave.
    pub fn read(
        &self,
        pinned: Vec<VerifierKey>,
        visit: &mut dyn FnMut(Part) -> Result<(), BackupFault>,
    ) -> Result<Examined, BackupFault> {
        let mut examination = Examination::begin(pinned);
        for path in &self.segments {
            let file = File::open(path).map_err(on_disk("open", path))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            examination.segment(&name, BufReader::with_capacity(READ_BYTES, file), visit)?;
        }
        examination.end()
    }

    /// Reads and checks all of it.
    ///
    /// # Errors
    /// As [`BackupSet::read`].
    pub fn examine(&self) -> Result<Examined, BackupFault> {
        self.read(Vec::new(), &mut |_| Ok(()))
    }

    /// Writes a segment that follows `before`, reads everything back, and gives it its name. What was there before
    /// stays as it is, whatever happens.
    ///
    /// # Errors
    /// [`BackupFault`] where it could not be written, or does not hold as it was written.
    pub fn add(&mut self, before: After, stream: &mut dyn Read) -> Result<Examined, BackupFault> {
        let partial = self.folder.join(PARTIAL);
        write_synced(&partial, stream)?;
        let mut whole = self.clone();
        whole.segments.push(partial.clone());
        let examined = whole.examine()?;
        let name = format!("{PREFIX}{:012}-{:012}{SUFFIX}", before.position + 1, examined.reached().position);
        let path = self.folder.join(name);
        fs::rename(&partial, &path).map_err(on_disk("name", &path))?;
        sync_folder(&self.folder)?;
        self.segments.push(path);
        Ok(examined)
    }
}

fn write_synced(path: &Path, stream: &mut dyn Read) -> Result<(), BackupFault> {
    let file = File::create(path).map_err(on_disk("make", path))?;
    let mut out = BufWriter::with_capacity(READ_BYTES, &file);
    io::copy(stream, &mut out).map_err(on_disk("write", path))?;
    out.flush().map_err(on_disk("write", path))?;
    drop(out);
    file.sync_all().map_err(on_disk("sync", path))
}

/// Makes the names in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> Result<(), BackupFault> {
    File::open(folder).and_then(|opened| opened.sync_all()).map_err(on_disk("sync", folder))
}
