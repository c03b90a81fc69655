//! A disk whose syncs fail on demand, and which remembers what the last completed one kept.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rollbook_event_log::{Disk, RealDisk};

/// Fails from a given sync on. Keeps the bytes of the engine's file as of the last sync that did not.
pub struct FaultyDisk {
    file: PathBuf,
    state: Mutex<State>,
}

struct State {
    /// Syncs that still succeed; `None`: all.
    left: Option<u64>,
    durable: Vec<u8>,
}

impl FaultyDisk {
    /// Under the log of a data directory.
    pub fn under(data: &Path) -> Self {
        let state = State { left: None, durable: Vec::new() };
        FaultyDisk { file: data.join("log").join("db"), state: Mutex::new(state) }
    }

    /// From now on `left` syncs succeed, and then none.
    pub fn fail_after(&self, left: u64) {
        let mut state = self.state.lock().unwrap();
        state.left = Some(left);
        // Opening syncs the file whole by the engine's own means.
        state.durable = fs::read(&self.file).unwrap();
    }

    /// The file as it was at the last completed sync: what a power cut leaves.
    pub fn durable(&self) -> Vec<u8> {
        self.state.lock().unwrap().durable.clone()
    }

    pub fn file(&self) -> &Path {
        &self.file
    }
}

impl Disk for FaultyDisk {
    fn sync(&self, file: &File) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        match &mut state.left {
            None => {}
            Some(0) => return Err(io::Error::other("the disk does not answer")),
            Some(left) => *left -= 1,
        }
        file.sync_data()?;
        if state.left.is_some() {
            state.durable = fs::read(&self.file)?;
        }
        Ok(())
    }

    fn free_bytes(&self, directory: &Path) -> io::Result<u64> {
        RealDisk.free_bytes(directory)
    }
}
