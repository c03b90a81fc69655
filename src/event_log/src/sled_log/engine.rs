//! sled itself, and the translation of its keys, errors and panics into ours.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::fault::{Damage, Fault};
use crate::frame::{encode_head, parse_head};
use crate::pack::Packed;
use crate::page::{HEAD_KEY, PageKey};
use crate::port::Head;
use crate::scan::Pages;
use crate::sled_log::disk::Disk;

/// An open sled, and its file once more for the real sync.
pub(crate) struct Engine {
    db: sled::Db,
    file: File,
}

impl Engine {
    pub fn new(db: sled::Db, file: File) -> Self {
        Self { db, file }
    }

    /// Writes a batch and the head entry at once, and returns when they survive a power cut.
    pub fn commit(&self, packed: Packed, disk: &dyn Disk) -> Result<(), Fault> {
        let mut batch = sled::Batch::default();
        for (key, value) in packed.pages {
            batch.insert(&key.encode(), value);
        }
        batch.insert(&HEAD_KEY, encode_head(&packed.header));
        self.db.apply_batch(batch).map_err(|error| translate("append to the log", error))?;
        self.sync(disk)
    }

    #[cfg(test)]
    pub fn db(&self) -> &sled::Db {
        &self.db
    }

    fn sync(&self, disk: &dyn Disk) -> Result<(), Fault> {
        self.db.flush().map_err(|error| translate("flush the log", error))?;
        disk.sync(&self.file).map_err(|source| Fault::Io { action: "sync the log", source })
    }

    pub fn head(&self) -> Result<Head, Fault> {
        let get = || self.db.get(HEAD_KEY).map_err(|error| translate("read the log's head", error));
        match guarded("read the log's head", get)? {
            Some(bytes) => parse_head(&bytes).map_err(|damage| damage.at(0)),
            None => Ok(Head::EMPTY),
        }
    }

    /// Syncs what is left and ends the engine's threads.
    pub fn close(self, disk: &dyn Disk) -> Result<(), Fault> {
        let synced = self.sync(disk);
        drop(self.db);
        synced
    }
}

impl Pages for Engine {
    type Value = sled::IVec;

    fn range(
        &self,
        from: PageKey,
        to: PageKey,
    ) -> impl DoubleEndedIterator<Item = Result<(PageKey, sled::IVec), Fault>> {
        Guarded { pages: Some(self.db.range(from.encode()..=to.encode())) }
    }
}

/// The pages in a range, up to the first failure. Guards each step and not the whole read, since a panic
/// of the one who reads is not the engine's.
struct Guarded {
    pages: Option<sled::Iter>,
}

impl Guarded {
    fn step(
        &mut self,
        step: impl FnOnce(&mut sled::Iter) -> Option<sled::Result<(sled::IVec, sled::IVec)>>,
    ) -> Option<Result<(PageKey, sled::IVec), Fault>> {
        let pages = self.pages.as_mut()?;
        let page = guarded("read the log", || match step(pages) {
            Some(Ok((key, value))) => Ok(Some((PageKey::parse(&key).map_err(|damage| damage.at(0))?, value))),
            Some(Err(error)) => Err(translate("read the log", error)),
            None => Ok(None),
        });
        if page.is_err() {
            self.pages = None;
        }
        page.transpose()
    }
}

impl Iterator for Guarded {
    type Item = Result<(PageKey, sled::IVec), Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step(Iterator::next)
    }
}

impl DoubleEndedIterator for Guarded {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.step(DoubleEndedIterator::next_back)
    }
}

/// The engine panics over most damage. The hook has printed the panic; its text is kept out of the fault.
pub(crate) fn guarded<T>(action: &'static str, ask: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(ask)).unwrap_or(Err(Fault::Panicked { action }))
}

pub(crate) fn translate(action: &'static str, error: sled::Error) -> Fault {
    match error {
        sled::Error::Io(source) => Fault::Io { action, source },
        sled::Error::Corruption { .. } => Damage::Engine.at(0),
        other => Fault::Engine { action, reason: other.to_string() },
    }
}
