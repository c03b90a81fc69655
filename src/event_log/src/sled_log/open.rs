//! Opening, where sled breaks: everything that can be checked is checked before it sees its file.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::fault::Fault;
use crate::port::Head;
use crate::scan;
use crate::sled_log::SledLogOptions;
use crate::sled_log::engine::{Engine, guarded, translate};
use crate::verify;
use crate::witness::{Witness, folder_of};

/// The engine's file. `blobs`, `conf` and `snap.<lsn>` stand beside it.
pub(crate) const DB_FILE: &str = "db";
const LOCK_FILE: &str = "rollbook.lock";
/// Bytes that must be free to open, besides room for the engine's next snapshot.
pub(crate) const OPEN_FREE_BYTES_MIN: u64 = 32 << 20;
/// A lock may be held for a moment after its owner ended: by a child between its fork and its exec.
const LOCK_TRIES: u32 = 50;
/// The engine's threads may hold its file for a moment after it was closed.
const ENGINE_LOCK_TRIES: u32 = 500;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

/// The lock, the engine, and the head it was found to have.
pub(crate) fn open(options: &SledLogOptions) -> Result<(File, Engine, Head), Fault> {
    let SledLogOptions { directory, witness_path, .. } = options;
    refuse_witness_inside(directory, witness_path)?;
    let witness = Witness::load(witness_path)?;
    refuse_missing(directory, witness.as_ref())?;
    make_directory(directory)?;
    let lock = lock(directory)?;
    remove_trial(directory)?;
    check_space(options, 0)?;
    remove_half_written_snapshots(directory)?;
    if let Some(witness) = &witness {
        refuse_shortened(options, witness)?;
    }
    let engine = open_engine(options)?;
    let head = check_opened(&engine, witness.as_ref())?;
    // The names of a new log's files must survive a power cut before its first acknowledgement.
    sync_directory(directory)?;
    Ok((lock, engine, head))
}

/// Opens sled alone, with retries while the last one's threads end.
pub(crate) fn open_engine(options: &SledLogOptions) -> Result<Engine, Fault> {
    let config = sled::Config::new()
        .path(&options.directory)
        .cache_capacity(options.cache_bytes)
        .flush_every_ms(Some(options.flush_every_ms.max(1)));
    let mut tries = 0;
    let db = loop {
        match guarded("open the log", || Ok(config.open()))? {
            Ok(db) => break db,
            Err(error) if is_engine_lock(&error) && tries < ENGINE_LOCK_TRIES => tries += 1,
            Err(error) if is_engine_lock(&error) => {
                return Err(Fault::Locked { directory: options.directory.clone() });
            }
            Err(error) => return Err(translate("open the log", error)),
        }
        thread::sleep(LOCK_PAUSE);
    };
    let file = File::open(options.directory.join(DB_FILE)).map_err(io("open the log's file"))?;
    Ok(Engine::new(db, file))
}

/// Whether sled opens a directory as it stands.
#[cfg(test)]
pub(crate) fn opens(directory: &Path) -> bool {
    sled::Config::new().path(directory).open().is_ok()
}

/// Length of the engine's file; 0 when there is none.
pub(crate) fn db_bytes(directory: &Path) -> Result<u64, Fault> {
    match fs::metadata(directory.join(DB_FILE)) {
        Ok(metadata) => Ok(metadata.len()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(io("look at the log's file")(error)),
    }
}

/// Inside, the witness would be lost, cut or set back together with what it watches.
fn refuse_witness_inside(directory: &Path, witness_path: &Path) -> Result<(), Fault> {
    let real = |path: &Path| fs::canonicalize(path).or_else(|_| std::path::absolute(path));
    let folder = real(folder_of(witness_path)).map_err(io("find the witness file's folder"))?;
    let directory = real(directory).map_err(io("find the log's directory"))?;
    if folder.starts_with(directory) {
        return Err(Fault::WitnessInside { path: witness_path.to_owned() });
    }
    Ok(())
}

fn refuse_missing(directory: &Path, witness: Option<&Witness>) -> Result<(), Fault> {
    match witness {
        Some(witness) if witness.position > 0 && db_bytes(directory)? == 0 => {
            Err(Fault::Truncated { witness: witness.position, found: 0 })
        }
        _ => Ok(()),
    }
}

fn make_directory(directory: &Path) -> Result<(), Fault> {
    fs::create_dir_all(directory).map_err(io("make the log's directory"))?;
    sync_directory(folder_of(directory))
}

fn sync_directory(directory: &Path) -> Result<(), Fault> {
    File::open(directory).and_then(|folder| folder.sync_all()).map_err(io("sync the log's directory"))
}

/// Our own lock comes before the engine's: nothing in the directory may be touched without it.
fn lock(directory: &Path) -> Result<File, Fault> {
    let file = File::create(directory.join(LOCK_FILE)).map_err(io("make the log's lock file"))?;
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => thread::sleep(LOCK_PAUSE),
            Err(TryLockError::Error(error)) => return Err(io("lock the log's directory")(error)),
        }
    }
    Err(Fault::Locked { directory: directory.to_owned() })
}

/// The engine writes a whole new snapshot while it opens, and cannot be opened again if that fails.
fn check_space(options: &SledLogOptions, besides: u64) -> Result<(), Fault> {
    let snapshots = snapshot_files(&options.directory)?;
    let newest = snapshots.iter().map(|path| fs::metadata(path).map_or(0, |metadata| metadata.len())).max();
    let needed = besides + OPEN_FREE_BYTES_MIN + 2 * newest.unwrap_or(0);
    let free = options.disk.free_bytes(&options.directory).map_err(io("ask for free disk space"))?;
    if free < needed { Err(Fault::NoSpace { needed, free }) } else { Ok(()) }
}

/// A `snap.<lsn>.generating` left by a kill makes the engine unopenable. A finished `snap.<lsn>` stays.
fn remove_half_written_snapshots(directory: &Path) -> Result<(), Fault> {
    for path in snapshot_files(directory)? {
        if path.extension().is_some_and(|extension| extension == "generating") {
            fs::remove_file(path).map_err(io("remove a half-written snapshot"))?;
        }
    }
    Ok(())
}

fn snapshot_files(directory: &Path) -> Result<Vec<PathBuf>, Fault> {
    let listed = || -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(directory)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with("snap.") {
                files.push(entry.path());
            }
        }
        Ok(files)
    };
    listed().map_err(io("list the log's directory"))
}

/// A shorter file is a cut one, unless the engine itself gave a free tail back: opening a copy tells, and
/// leaves the original as it is.
fn refuse_shortened(options: &SledLogOptions, witness: &Witness) -> Result<(), Fault> {
    let bytes = db_bytes(&options.directory)?;
    if bytes >= witness.log_bytes || witness.position == 0 {
        return Ok(());
    }
    // The copy, and the room that opening it takes.
    check_space(options, bytes)?;
    let trial = SledLogOptions { directory: trial_directory(&options.directory), ..options.clone() };
    let copied = copy_directory(&options.directory, &trial.directory).map_err(io("copy the log for a trial"));
    let tried = copied.map(|()| try_copy(&trial, witness));
    remove_trial(&options.directory)?;
    match tried? {
        // Whatever else the engine makes of it, the file lacks something it had.
        Err(Fault::Engine { .. } | Fault::Panicked { .. } | Fault::Corrupt { .. }) => {
            Err(Fault::Truncated { witness: witness.position, found: 0 })
        }
        Err(Fault::Io { source, .. }) if source.raw_os_error().is_none() => {
            Err(Fault::Truncated { witness: witness.position, found: 0 })
        }
        told => told,
    }
}

/// Beside the log, on the same disk.
fn trial_directory(directory: &Path) -> PathBuf {
    let mut trial = directory.as_os_str().to_owned();
    trial.push(".trial");
    trial.into()
}

/// A kill in the middle of a trial leaves its copy.
fn remove_trial(directory: &Path) -> Result<(), Fault> {
    match fs::remove_dir_all(trial_directory(directory)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(io("remove the trial copy of the log")(error))
        }
        _ => Ok(()),
    }
}

fn try_copy(trial: &SledLogOptions, witness: &Witness) -> Result<(), Fault> {
    let engine = open_engine(trial)?;
    let head = check_opened(&engine, Some(witness))?;
    verify::verify(&engine, &head, &mut |_| ()).map(drop)
}

fn copy_directory(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_directory(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The head of an opened engine, held against its own last batch and against the witness.
fn check_opened(engine: &Engine, witness: Option<&Witness>) -> Result<Head, Fault> {
    let head = engine.head()?;
    let Some(witness) = witness.filter(|witness| witness.position > 0) else {
        return scan::check_head(engine, &head).map(|()| head);
    };
    if head.position < witness.position {
        return Err(Fault::Truncated { witness: witness.position, found: head.position });
    }
    scan::check_head(engine, &head)?;
    let frame = scan::frames_down(engine, witness.position).next().transpose()?;
    match frame {
        Some(frame) if frame.last() == witness.position && frame.digest == witness.digest => Ok(head),
        _ => Err(Fault::OtherHistory { position: witness.position }),
    }
}

fn io(action: &'static str) -> impl Fn(io::Error) -> Fault {
    move |source| Fault::Io { action, source }
}

/// sled tells of a held lock only in words.
fn is_engine_lock(error: &sled::Error) -> bool {
    matches!(error, sled::Error::Io(source) if source.to_string().starts_with("could not acquire lock"))
}
