//! Copies of the keys: one file each, with a life of its own.
//!
//! A copy is the wrapped files of the keyring without those that sign, in the frames of a segment. It opens nothing
//! without the master key. When it is older than the setting says, its bytes are overwritten and its name is removed:
//! so long, and no longer, it could bring back whoever was forgotten.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{BufReader, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rollbook_schema::id::Digest;
use rollbook_schema::value::Timestamp;

use super::fault::{BackupFault, on_disk};
use super::frame::{FrameReader, FrameWriter, StreamFault};
use super::part::{End, Holding, Part, Title};
use super::set::sync_folder;

const PREFIX: &str = "keys-";
const SUFFIX: &str = ".rollbook";
const PARTIAL: &str = "keys.partial";
const MILLIS_PER_DAY: i64 = 24 * 60 * 60 * 1000;

/// A copy of the keys.
#[derive(Debug)]
pub struct KeyCopy {
    /// When, and how far the log was.
    pub title: Title,
    /// Name and wrapped bytes of each file.
    pub files: Vec<(String, Vec<u8>)>,
}

/// The stream of a copy. `through` is how far the log was *after* the files had been read.
#[must_use]
pub fn stream(origin: &str, made_at: Timestamp, through: u64, files: Vec<(String, Vec<u8>)>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut frames = FrameWriter::begin(&mut out);
    let (holding, origin, digest) = (Holding::Keys, origin.to_owned(), Digest::default());
    let title = Title { holding, origin, made_at, after: 0, after_digest: digest, through };
    Part::Title(title).write(&mut frames, &mut out);
    let count = files.len() as u64;
    files.into_iter().for_each(|(name, bytes)| Part::KeyFile { name, bytes }.write(&mut frames, &mut out));
    Part::End(End { count, pictures: 0, digest }).write(&mut frames, &mut out);
    out
}

/// Reads and checks a copy.
///
/// # Errors
/// [`BackupFault::Segment`] where it is cut or damaged.
pub fn read(path: &Path) -> Result<KeyCopy, BackupFault> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let wrong = |source| BackupFault::Segment { name: name.clone(), source };
    let file = File::open(path).map_err(on_disk("open", path))?;
    let mut frames = FrameReader::begin(BufReader::new(file)).map_err(wrong)?;
    let (mut title, mut files) = (None, Vec::new());
    loop {
        let at = frames.at();
        let Some((kind, body)) = frames.frame().map_err(wrong)? else {
            return Err(wrong(StreamFault::CutShort { at }));
        };
        match (Part::read(kind, body, at).map_err(wrong)?, &title) {
            (Part::Title(found), None) if found.holding == Holding::Keys => title = Some(found),
            (Part::KeyFile { name, bytes }, Some(_)) if is_plain(&name) => files.push((name, bytes)),
            (Part::End(end), Some(_)) if end.count == files.len() as u64 => break,
            _ => return Err(wrong(StreamFault::Damaged { at })),
        }
    }
    let title = title.ok_or_else(|| wrong(StreamFault::NotABackup))?;
    Ok(KeyCopy { title, files })
}

/// A name of the keyring, and no way to another folder.
fn is_plain(name: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '.';
    !name.is_empty() && !name.starts_with('.') && name.chars().all(is_letter)
}

/// Writes a copy into a folder, reads it back, and ends those whose time is over. Gives its path and how many ended.
///
/// # Errors
/// What the disk says. Nothing ends before the new copy is durable and whole.
pub fn keep(folder: &Path, stream: &[u8], days: u16, now: Timestamp) -> Result<(PathBuf, u64), BackupFault> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(on_disk("make", folder))?;
    let partial = folder.join(PARTIAL);
    let opened = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&partial);
    let mut file = opened.map_err(on_disk("make", &partial))?;
    file.write_all(stream).map_err(on_disk("write", &partial))?;
    file.sync_all().map_err(on_disk("sync", &partial))?;
    let title = read(&partial)?.title;
    let path =
        folder.join(format!("{PREFIX}{:012}-{}{SUFFIX}", title.through, title.made_at.millis().max(0)));
    fs::rename(&partial, &path).map_err(on_disk("name", &path))?;
    sync_folder(folder)?;
    let mut ended = 0;
    for old in copies(folder)?.into_iter().filter(|old| *old != path) {
        // One that cannot be read tells no time: it is left for somebody to look at.
        let Ok(copy) = read(&old) else { continue };
        if now.millis() - copy.title.made_at.millis() > i64::from(days) * MILLIS_PER_DAY {
            wipe(&old).map_err(on_disk("overwrite", &old))?;
            ended += 1;
        }
    }
    sync_folder(folder)?;
    Ok((path, ended))
}

/// The newest copy that is not newer than the end of what is restored. `path` is one copy, or a folder of them.
///
/// # Errors
/// [`BackupFault::Absent`] where there is none at all, [`BackupFault::KeysTooNew`] where all are newer.
pub fn at_most(path: &Path, until: u64) -> Result<KeyCopy, BackupFault> {
    let paths = if path.is_file() { vec![path.to_owned()] } else { copies(path)? };
    let mut oldest = None;
    // The newest first.
    for path in paths.iter().rev() {
        let copy = read(path)?;
        if copy.title.through <= until {
            return Ok(copy);
        }
        oldest = Some(copy.title.through);
    }
    Err(match oldest {
        Some(oldest) => BackupFault::KeysTooNew { until, oldest },
        None => BackupFault::Absent { path: path.to_owned() },
    })
}

/// Copies in a folder, by position and time.
fn copies(folder: &Path) -> Result<Vec<PathBuf>, BackupFault> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Err(BackupFault::Absent { path: folder.to_owned() });
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let is_copy = |path: &PathBuf| name(path).starts_with(PREFIX) && name(path).ends_with(SUFFIX);
    let mut paths: Vec<PathBuf> = paths.filter(is_copy).collect();
    paths.sort();
    Ok(paths)
}

/// Overwrites the bytes, then takes the name away. A drive that moves its blocks may still keep them.
fn wipe(path: &Path) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    let length = usize::try_from(file.metadata()?.len()).map_err(std::io::Error::other)?;
    file.write_all(&vec![0; length])?;
    file.sync_all()?;
    fs::remove_file(path)
}
