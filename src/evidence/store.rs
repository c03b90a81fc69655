//! Every checkpoint that was ever handed out, in one file that only grows.
//!
//! An entry is a line `rollbook-checkpoint 1 MILLIS BYTES` and then the signed note of so many bytes; MILLIS
//! is when it was signed, since 1970. A checkpoint that witnesses cosigned later is written again with their
//! signatures, and the later entry counts. An entry is durable before anybody sees it, so one that is cut
//! short at the end of the file was never seen, and is taken away at the next start.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rollbook_schema::value::Timestamp;

use super::checkpoint::Checkpoint;
use super::fault::{EvidenceFault, on_disk};
use super::note::{NOTE_BYTES_MAX, Note};

const TITLE: &str = "rollbook-checkpoint 1 ";
/// Longest first line of an entry.
const TITLE_BYTES_MAX: usize = 80;

/// A checkpoint with who signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// What is said.
    pub checkpoint: Checkpoint,
    /// When the log signed it.
    pub signed_at: Timestamp,
    /// The note.
    pub note: Note,
}

/// Where an entry stands in the file.
#[derive(Clone, Copy, Debug)]
struct Entry {
    size: u64,
    signed_at: Timestamp,
    at: u64,
    bytes: usize,
}

/// The file of checkpoints, and where each is: 32 bytes of memory for each.
pub struct CheckpointStore {
    path: PathBuf,
    file: File,
    end: u64,
    entries: Vec<Entry>,
}

/// What stands at one place of the file.
enum Found {
    Entry { signed_at: Timestamp, text: usize, bytes: usize },
    CutShort,
    Damage,
}

impl CheckpointStore {
    /// Opens the file, or makes an empty one, and takes away an entry that was cut short.
    ///
    /// # Errors
    /// [`EvidenceFault::Damaged`] where it holds what was never written.
    pub fn open(path: &Path) -> Result<CheckpointStore, EvidenceFault> {
        let bytes = match fs::read(path) {
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read.map_err(on_disk("read", path))?,
        };
        let (entries, end) = read_entries(path, &bytes)?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let file = options.open(path).map_err(on_disk("open", path))?;
        file.set_len(end).map_err(on_disk("shorten", path))?;
        Ok(CheckpointStore { path: path.to_owned(), file, end, entries })
    }

    /// How many different checkpoints there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.entries.len()
    }

    /// The size of the last one; 0 where there is none.
    #[must_use]
    pub fn last_size(&self) -> u64 {
        self.entries.last().map_or(0, |entry| entry.size)
    }

    /// When the last one was signed.
    #[must_use]
    pub fn last_signed_at(&self) -> Option<Timestamp> {
        self.entries.last().map(|entry| entry.signed_at)
    }

    /// Where the checkpoint over so many records is in the order of signing.
    #[must_use]
    pub fn find(&self, size: u64) -> Option<usize> {
        self.entries.binary_search_by_key(&size, |entry| entry.size).ok()
    }

    /// The place of the first one over more than so many records.
    #[must_use]
    pub fn first_after(&self, size: u64) -> usize {
        self.entries.partition_point(|entry| entry.size <= size)
    }

    /// One by its place in the order of signing.
    ///
    /// # Errors
    /// What reading meets.
    pub fn get(&self, index: usize) -> Result<Option<SignedCheckpoint>, EvidenceFault> {
        let Some(entry) = self.entries.get(index) else { return Ok(None) };
        let mut bytes = vec![0; entry.bytes];
        self.file.read_exact_at(&mut bytes, entry.at).map_err(on_disk("read", &self.path))?;
        let signed = String::from_utf8(bytes).ok().and_then(|text| parse(&text, entry.signed_at));
        signed.map(Some).ok_or(EvidenceFault::Damaged { path: self.path.clone(), at: entry.at })
    }

    /// The last one.
    ///
    /// # Errors
    /// What reading meets.
    pub fn last(&self) -> Result<Option<SignedCheckpoint>, EvidenceFault> {
        self.entries.len().checked_sub(1).map_or(Ok(None), |last| self.get(last))
    }

    /// Keeps a checkpoint, or one that is kept already with more signatures. Durable when this returns.
    ///
    /// # Errors
    /// What writing meets; nothing is kept then.
    pub fn keep(&mut self, signed: &SignedCheckpoint) -> Result<(), EvidenceFault> {
        let bytes = entry(signed);
        let note_bytes = signed.note.to_string().len();
        self.file.write_all_at(&bytes, self.end).map_err(on_disk("write", &self.path))?;
        self.file.sync_data().map_err(on_disk("sync", &self.path))?;
        let at = self.end + (bytes.len() - note_bytes) as u64;
        let entry =
            Entry { size: signed.checkpoint.size, signed_at: signed.signed_at, at, bytes: note_bytes };
        self.end += bytes.len() as u64;
        place(&mut self.entries, entry);
        Ok(())
    }
}

/// The bytes that keep a checkpoint in such a file.
#[must_use]
pub fn entry(signed: &SignedCheckpoint) -> Vec<u8> {
    let note = signed.note.to_string();
    format!("{TITLE}{} {}\n{note}", signed.signed_at.millis(), note.len()).into_bytes()
}

/// Every checkpoint in the bytes of such a file, in the order of signing.
///
/// # Errors
/// [`EvidenceFault::Damaged`] where the bytes are no such file.
pub fn read_all(path: &Path, bytes: &[u8]) -> Result<Vec<SignedCheckpoint>, EvidenceFault> {
    let damaged = |at| EvidenceFault::Damaged { path: path.to_owned(), at };
    let (entries, _) = read_entries(path, bytes)?;
    let read = |entry: &Entry| {
        let start = usize::try_from(entry.at).ok()?;
        parse(str::from_utf8(bytes.get(start..start + entry.bytes)?).ok()?, entry.signed_at)
    };
    entries.iter().map(|entry| read(entry).ok_or_else(|| damaged(entry.at))).collect()
}

fn read_entries(path: &Path, bytes: &[u8]) -> Result<(Vec<Entry>, u64), EvidenceFault> {
    let mut entries = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let damaged = EvidenceFault::Damaged { path: path.to_owned(), at: at as u64 };
        let (signed_at, text, length) = match find(&bytes[at..]) {
            Found::Entry { signed_at, text, bytes } => (signed_at, text, bytes),
            Found::CutShort => break,
            Found::Damage => return Err(damaged),
        };
        let start = at + text;
        let note = str::from_utf8(&bytes[start..start + length]).ok();
        let Some(signed) = note.and_then(|text| parse(text, signed_at)) else { return Err(damaged) };
        let size = signed.checkpoint.size;
        if entries.last().is_some_and(|last: &Entry| last.size > size) && !is_there(&entries, size) {
            return Err(damaged);
        }
        place(&mut entries, Entry { size, signed_at, at: start as u64, bytes: length });
        at = start + length;
    }
    Ok((entries, at as u64))
}

fn is_there(entries: &[Entry], size: u64) -> bool {
    entries.binary_search_by_key(&size, |entry| entry.size).is_ok()
}

fn place(entries: &mut Vec<Entry>, entry: Entry) {
    match entries.binary_search_by_key(&entry.size, |entry| entry.size) {
        Ok(index) => entries[index] = entry,
        Err(index) => entries.insert(index, entry),
    }
}

fn find(bytes: &[u8]) -> Found {
    let title = &bytes[..bytes.len().min(TITLE_BYTES_MAX)];
    let Some(end) = title.iter().position(|byte| *byte == b'\n') else {
        let is_beginning = bytes.starts_with(TITLE.as_bytes()) || TITLE.as_bytes().starts_with(bytes);
        return if bytes.len() < TITLE_BYTES_MAX && is_beginning { Found::CutShort } else { Found::Damage };
    };
    let numbers = str::from_utf8(&title[..end]).ok().and_then(|line| line.strip_prefix(TITLE));
    let numbers = numbers.and_then(|numbers| numbers.split_once(' '));
    let Some((Ok(millis), Ok(length))) = numbers.map(|(millis, length)| (millis.parse(), length.parse()))
    else {
        return Found::Damage;
    };
    if length > NOTE_BYTES_MAX {
        return Found::Damage;
    }
    if bytes.len() < end + 1 + length {
        return Found::CutShort;
    }
    Found::Entry { signed_at: Timestamp::from_millis(millis), text: end + 1, bytes: length }
}

fn parse(text: &str, signed_at: Timestamp) -> Option<SignedCheckpoint> {
    let note: Note = text.parse().ok()?;
    let checkpoint = note.text.parse().ok()?;
    Some(SignedCheckpoint { checkpoint, signed_at, note })
}
