//! Restores a directory into a new folder, up to a position.
//!
//! Everything is built in a folder beside, checked as it is read, and takes its name at the end: what was interrupted
//! is no data folder and is never served. Nothing is opened here; the keys meet the log at the first start.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rollbook_event_log::{Batch, BatchId, EventLog, SledLog, SledLogOptions};
use rollbook_schema::id::Digest;
use rollbook_schema::{KeyOwner, Record};
use zeroize::Zeroizing;

use super::examine::{Examined, KeyName};
use super::fault::{BackupFault, on_disk};
use super::forgotten;
use super::keys::{self, KeyCopy};
use super::part::Part;
use super::set::{BackupSet, sync_folder};
use crate::avatars::files;
use crate::evidence::live::{checkpoints_path, keys_path};
use crate::evidence::note::VerifierKey;
use crate::evidence::store::{SignedCheckpoint, entry};

/// Records in one batch of the restored log, at most.
const BATCH_RECORDS: usize = 1024;
/// Bytes of records in one batch, about.
const BATCH_BYTES: usize = 4 << 20;
/// Checkpoints over more records than were restored.
const ABANDONED: &str = "abandoned";

/// What is restored from where.
#[derive(Debug)]
pub struct Restoring {
    /// The records.
    pub from: PathBuf,
    /// A copy of the keys, or a folder of them.
    pub keys: PathBuf,
    /// The file of the master key; `None` where it is given in another way.
    pub master_key: Option<PathBuf>,
    /// Where to.
    pub data: PathBuf,
    /// The last position to restore; `None`: all.
    pub until: Option<u64>,
    /// Lists of what was forgotten later.
    pub forgotten: Vec<PathBuf>,
    /// Verifier keys to trust, in the place of those in the backup.
    pub pinned: Vec<VerifierKey>,
}

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    /// The last position.
    pub position: u64,
    /// Of the record there.
    pub digest: Digest,
    /// Records that the last signed checkpoint covers.
    pub covered: u64,
    /// How far the log was when the keys were copied.
    pub keys_through: u64,
    /// Checkpoints that were signed over more records than there are now.
    pub abandoned: u64,
    /// Keys that every start destroys again.
    pub forgotten: u64,
}

/// Restores.
///
/// # Errors
/// [`BackupFault`]; the folder is as it was then.
pub fn restore(restoring: &Restoring) -> Result<Restored, BackupFault> {
    let Restoring { data, .. } = restoring;
    refuse_not_empty(data)?;
    let building = beside(data);
    remove(&building)?;
    let restored = build(restoring, &building);
    if restored.is_err() {
        // What it met matters more than what is left of it.
        let _ = remove(&building);
    }
    let restored = restored?;
    fs::rename(&building, data).map_err(on_disk("name", data))?;
    sync_folder(parent(data))?;
    Ok(restored)
}

fn build(restoring: &Restoring, data: &Path) -> Result<Restored, BackupFault> {
    let set = BackupSet::find(&restoring.from)?;
    // All of it is checked first, also what lies beyond: it tells what was signed and who was forgotten.
    let examined = set.read(restoring.pinned.clone(), &mut |_| Ok(()))?;
    let through = examined.reached().position;
    let until = restoring.until.unwrap_or(through);
    if until > through {
        return Err(BackupFault::EndsBefore { through, until });
    }
    let copy = keys::at_most(&restoring.keys, until)?;
    make(data)?;
    write_keys(data, &copy, restoring.master_key.as_deref())?;
    let mut building = Building::begin(data, until)?;
    set.read(restoring.pinned.clone(), &mut |part| building.take(part))?;
    let built = building.end(data)?;
    let forgotten = forgotten_here(restoring, &examined, &built.owners)?;
    forgotten::write(&data.join(forgotten::FILE), &forgotten)?;
    sync_folder(data)?;
    Ok(Restored {
        position: until,
        digest: built.digest,
        covered: built.covered,
        keys_through: copy.title.through,
        abandoned: built.abandoned,
        forgotten: forgotten.len() as u64,
    })
}

/// Keys that are gone by a later state. Only of those whom this log knows: the numbers of all others it gives anew.
fn forgotten_here(
    restoring: &Restoring,
    examined: &Examined,
    owners: &BTreeSet<KeyOwner>,
) -> Result<BTreeSet<KeyName>, BackupFault> {
    let mut keys = examined.forgotten.clone();
    for list in &restoring.forgotten {
        if !list.exists() {
            return Err(BackupFault::Absent { path: list.clone() });
        }
        keys.extend(forgotten::read(list)?);
    }
    keys.retain(|(owner, _)| owners.contains(owner));
    Ok(keys)
}

fn write_keys(data: &Path, copy: &KeyCopy, master_key: Option<&Path>) -> Result<(), BackupFault> {
    let folder = data.join("keyring");
    make(&folder)?;
    for (name, bytes) in &copy.files {
        write(&folder.join(name), bytes)?;
    }
    sync_folder(&folder)?;
    let Some(from) = master_key else { return Ok(()) };
    let digits = Zeroizing::new(fs::read(from).map_err(on_disk("read", from))?);
    write(&data.join("keyring.master"), &digits)
}

/// A directory under way.
struct Building {
    until: u64,
    log: SledLog,
    position: u64,
    waiting: Vec<Vec<u8>>,
    waiting_bytes: usize,
    digest: Digest,
    owners: BTreeSet<KeyOwner>,
    pictures: PathBuf,
    keys: String,
    checkpoints: Vec<u8>,
    abandoned: Vec<u8>,
    built: Built,
}

#[derive(Default)]
struct Built {
    digest: Digest,
    covered: u64,
    abandoned: u64,
    owners: BTreeSet<KeyOwner>,
}

impl Building {
    fn begin(data: &Path, until: u64) -> Result<Building, BackupFault> {
        let log = SledLog::open(SledLogOptions::new(data.join("log"), data.join("log.witness")))?;
        Ok(Building {
            until,
            log,
            position: 0,
            waiting: Vec::new(),
            waiting_bytes: 0,
            digest: Digest::default(),
            owners: BTreeSet::new(),
            pictures: data.join("avatars"),
            keys: String::new(),
            checkpoints: Vec::new(),
            abandoned: Vec::new(),
            built: Built::default(),
        })
    }

    fn take(&mut self, part: Part) -> Result<(), BackupFault> {
        match part {
            Part::VerifierKey(key) => {
                let line = format!("{key}\n");
                if !self.keys.contains(&line) {
                    self.keys.push_str(&line);
                }
            }
            Part::Checkpoint(signed) => self.checkpoint(&signed),
            Part::Record(bytes) => self.record(bytes)?,
            // Pictures of records beyond the end are swept away at the first start, since nobody has them.
            Part::Picture(sealed) => {
                files::keep(&self.pictures, &sealed).map_err(on_disk("write into", &self.pictures))?;
            }
            Part::Title(_) | Part::KeyFile { .. } | Part::End(_) => {}
        }
        Ok(())
    }

    fn checkpoint(&mut self, signed: &SignedCheckpoint) {
        if signed.checkpoint.size <= self.until {
            self.built.covered = signed.checkpoint.size;
            self.checkpoints.extend(entry(signed));
        } else {
            self.built.abandoned += 1;
            self.abandoned.extend(entry(signed));
        }
    }

    fn record(&mut self, bytes: Vec<u8>) -> Result<(), BackupFault> {
        if self.position + self.waiting.len() as u64 >= self.until {
            return Ok(());
        }
        // It was checked before it was shown.
        if let Ok(record) = Record::from_bytes(&bytes) {
            self.digest = record.digest();
            self.owners.extend(record.header.parts.iter().map(|(owner, _)| *owner));
        }
        self.waiting_bytes += bytes.len();
        self.waiting.push(bytes);
        let is_full = self.waiting.len() == BATCH_RECORDS || self.waiting_bytes >= BATCH_BYTES;
        if is_full { self.append() } else { Ok(()) }
    }

    fn append(&mut self) -> Result<(), BackupFault> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        // Named after its last record, so that a second restore makes the same log.
        let mut id = [0; 16];
        id.copy_from_slice(&self.digest.0[..16]);
        let batch = Batch { id: BatchId(id), records: std::mem::take(&mut self.waiting) };
        self.waiting_bytes = 0;
        self.position = self.log.append(self.position, &batch)?.last;
        Ok(())
    }

    fn end(mut self, data: &Path) -> Result<Built, BackupFault> {
        self.append()?;
        self.log.close()?;
        let evidence = data.join("evidence");
        make(&evidence)?;
        write(&keys_path(&evidence), self.keys.as_bytes())?;
        write(&checkpoints_path(&evidence), &self.checkpoints)?;
        if !self.abandoned.is_empty() {
            write(&evidence.join(ABANDONED), &self.abandoned)?;
        }
        sync_folder(&evidence)?;
        Ok(Built { digest: self.digest, owners: self.owners, ..self.built })
    }
}

fn refuse_not_empty(data: &Path) -> Result<(), BackupFault> {
    match fs::read_dir(data) {
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(fault) => Err(on_disk("look into", data)(fault)),
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(BackupFault::NotEmpty { path: data.to_owned() }),
        },
    }
}

/// On the same disk, so that the name is given at once.
fn beside(data: &Path) -> PathBuf {
    let mut name = data.as_os_str().to_owned();
    name.push(".restoring");
    name.into()
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn remove(folder: &Path) -> Result<(), BackupFault> {
    match fs::remove_dir_all(folder) {
        Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(on_disk("remove", folder)(fault)),
        _ => Ok(()),
    }
}

fn make(folder: &Path) -> Result<(), BackupFault> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(on_disk("make", folder))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), BackupFault> {
    let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let mut file = opened.map_err(on_disk("make", path))?;
    file.write_all(bytes).map_err(on_disk("write", path))?;
    file.sync_all().map_err(on_disk("sync", path))
}
