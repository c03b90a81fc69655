//! The log on one disk, kept by sled 0.34.7. The only place that names it.
//!
//! What sled calls a flush asks the kernel to start writing; only an `fdatasync` of its file makes an
//! append durable, so each append ends with one. After a failed append the engine's memory is ahead of
//! the disk: the log stops, and its reads stay below the last durable head.

mod disk;
mod engine;
mod open;

use std::fmt;
use std::fs::File;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

pub use disk::{Disk, RealDisk};
use engine::Engine;
#[cfg(test)]
pub(crate) use open::{DB_FILE, OPEN_FREE_BYTES_MIN, opens};

use crate::fault::{AppendError, Fault};
use crate::pack::{Packed, pack};
use crate::port::{Batch, BatchId, EventLog, Head, Receipt, StoredRecord, Verified};
use crate::scan;
use crate::verify;
use crate::watch::{End, HeadCell, Watch};
use crate::witness::Witness;

/// Bytes that must stay free for an append to begin. A disk that fills up under the engine may leave it
/// unopenable, so the log stops while there is still room to open it.
pub const APPEND_FREE_BYTES_MIN: u64 = 64 << 20;

/// Between two looks whether the last reader is done, when the log closes.
const READERS_PAUSE: Duration = Duration::from_millis(2);

/// Where the log stands, and what it may use.
#[derive(Clone)]
pub struct SledLogOptions {
    /// The log's own directory: made if missing, nothing else belongs in it.
    pub directory: PathBuf,
    /// The witness file, outside `directory`, with a backup life of its own.
    pub witness_path: PathBuf,
    /// Bytes of the engine's page cache. No bound on memory: expect two to three times as much, and after a
    /// read of a large log up to 500 MB whatever stands here, since the engine counts what it read in 256
    /// parts of 64 nodes each before it lets go of any.
    pub cache_bytes: u64,
    /// Milliseconds between the engine's own flushes; its garbage collection runs with them.
    pub flush_every_ms: u64,
    /// The disk beneath: [`RealDisk`], but for tests of its failures.
    pub disk: Arc<dyn Disk>,
}

impl SledLogOptions {
    /// The defaults: 64 MB of cache, 500 ms, the real disk.
    #[must_use]
    pub fn new(directory: impl Into<PathBuf>, witness_path: impl Into<PathBuf>) -> Self {
        Self {
            directory: directory.into(),
            witness_path: witness_path.into(),
            cache_bytes: 64 << 20,
            flush_every_ms: 500,
            disk: Arc::new(RealDisk),
        }
    }
}

impl fmt::Debug for SledLogOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SledLogOptions")
            .field("directory", &self.directory)
            .field("witness_path", &self.witness_path)
            .finish_non_exhaustive()
    }
}

/// The log in a directory. One process has it open at a time.
pub struct SledLog {
    options: SledLogOptions,
    cell: Arc<HeadCell>,
    /// Held through an append: there is never a second one in flight. Taken before `engine`.
    turn: Mutex<()>,
    /// Locked only to take a handle, so that a reader may read within its read. Closing leaves `None`
    /// and waits until the last handle is returned.
    engine: Mutex<Option<Arc<Engine>>>,
    /// The lock on the directory, held from before the engine opens until after it closed.
    _lock: File,
}

impl SledLog {
    /// Opens the log, or makes an empty one.
    ///
    /// # Errors
    /// [`Fault::Locked`], [`Fault::NoSpace`], [`Fault::WitnessUnreadable`] and [`Fault::WitnessInside`]
    /// before anything was touched; [`Fault::Truncated`] and [`Fault::OtherHistory`] when the log is not
    /// what its witness saw; [`Fault::Corrupt`], [`Fault::Panicked`] and [`Fault::Engine`] when the
    /// stored bytes cannot be opened; [`Fault::Io`] else.
    pub fn open(options: SledLogOptions) -> Result<Self, Fault> {
        let (lock, engine, head) = open::open(&options)?;
        let log = Self {
            options,
            cell: HeadCell::new(head),
            turn: Mutex::new(()),
            engine: Mutex::new(Some(Arc::new(engine))),
            _lock: lock,
        };
        log.record_witness()?;
        Ok(log)
    }

    fn with_engine<T>(&self, read: impl FnOnce(&Engine, &Head) -> Result<T, Fault>) -> Result<T, Fault> {
        // The head first: the engine may be ahead of it, never behind.
        let head = self.cell.head();
        let engine = self.engine().clone().ok_or(Fault::Closed)?;
        read(&engine, &head)
    }

    fn engine(&self) -> MutexGuard<'_, Option<Arc<Engine>>> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The store itself, for tests that damage it.
    #[cfg(test)]
    pub(crate) fn with_db(&self, change: impl FnOnce(&sled::Db)) {
        if let Some(engine) = self.engine().as_ref() {
            change(engine.db());
        }
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn commit(&self, packed: Packed) -> Result<(), Fault> {
        let engine = self.engine().clone().ok_or(Fault::Closed)?;
        let needed = APPEND_FREE_BYTES_MIN;
        let free = self.options.disk.free_bytes(&self.options.directory);
        let free = free.map_err(|source| Fault::Io { action: "ask for free disk space", source })?;
        if free < needed {
            return Err(Fault::NoSpace { needed, free });
        }
        engine::guarded("append to the log", || engine.commit(packed, &*self.options.disk))
    }

    /// The engine for itself, after the readers that are under way.
    fn take_engine(&self) -> Option<Engine> {
        let mut engine = self.engine().take()?;
        loop {
            match Arc::try_unwrap(engine) {
                Ok(engine) => return Some(engine),
                Err(shared) => engine = shared,
            }
            thread::sleep(READERS_PAUSE);
        }
    }

    fn close_engine(&self, engine: Engine) -> Result<(), Fault> {
        let head = self.cell.head();
        let disk = &*self.options.disk;
        engine.close(disk)?;
        // Damage since the last open is the exposed part: opening once more leaves nothing to recover.
        let engine = open::open_engine(&self.options)?;
        scan::check_head(&engine, &head)?;
        engine.close(disk)?;
        self.store_witness(&head)
    }

    fn store_witness(&self, head: &Head) -> Result<(), Fault> {
        let log_bytes = open::db_bytes(&self.options.directory)?;
        let witness = Witness { position: head.position, digest: head.batch_digest, log_bytes };
        witness.store(&self.options.witness_path)
    }
}

impl EventLog for SledLog {
    fn append(&self, expected_head: u64, batch: &Batch) -> Result<Receipt, AppendError> {
        batch.check()?;
        let _turn = self.turn();
        if let Some(end) = self.cell.ended() {
            return Err(end.fault().into());
        }
        let head = self.cell.head();
        if head.position != expected_head {
            return Err(AppendError::Conflict { head });
        }
        let packed = pack(head.position + 1, head.batch_digest, batch);
        let header = packed.header;
        if let Err(fault) = self.commit(packed) {
            self.cell.end(End::Stopped);
            return Err(fault.into());
        }
        self.cell.advance(header.head());
        Ok(header.receipt())
    }

    fn replay(&self, after: u64, visit: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>) -> Result<(), Fault> {
        self.with_engine(|engine, head| scan::replay(engine, head, after, visit))
    }

    fn get(&self, position: u64) -> Result<Option<StoredRecord>, Fault> {
        self.with_engine(|engine, head| scan::get(engine, head, position))
    }

    fn head(&self) -> Head {
        self.cell.head()
    }

    fn watch(&self) -> Watch {
        Watch::new(Arc::clone(&self.cell))
    }

    fn verify(&self, on_progress: &mut dyn FnMut(u64)) -> Result<Verified, Fault> {
        self.with_engine(|engine, head| verify::verify(engine, head, on_progress))
    }

    fn find_batch(&self, id: BatchId) -> Result<Option<Receipt>, Fault> {
        self.with_engine(|engine, head| scan::find_batch(engine, head, id))
    }

    fn record_witness(&self) -> Result<(), Fault> {
        // Under the turn, so that an older head never replaces a newer one.
        let _turn = self.turn();
        self.store_witness(&self.cell.head())
    }

    fn close(&self) -> Result<(), Fault> {
        let _turn = self.turn();
        let stopped = self.cell.ended() == Some(End::Stopped);
        self.cell.end(End::Closed);
        match self.take_engine() {
            Some(engine) if stopped => {
                // What was not acknowledged may reach the disk now; the next open shows it or not.
                let _ = engine::guarded("close the log", || engine.close(&*self.options.disk));
                Err(Fault::Stopped)
            }
            Some(engine) => engine::guarded("close the log", || self.close_engine(engine)),
            None => Ok(()),
        }
    }
}

impl Drop for SledLog {
    // Without a close nothing durable is lost, but the next open has more to recover. The engine panics
    // when its file fails it here; that must not end a program that is unwinding already.
    fn drop(&mut self) {
        let engine = self.engine().take();
        let _ = engine::guarded("close the log", || {
            drop(engine);
            Ok(())
        });
    }
}

impl fmt::Debug for SledLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SledLog").field("head", &self.head()).finish_non_exhaustive()
    }
}
