//! A disk in memory that fails at a chosen step and loses what was not synced.

use crate::disk::{Claim, Disk, Held};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

/// What a crash leaves.
#[derive(Clone, Copy, Debug)]
pub enum Crash {
    /// The process died: the operating system still has everything.
    Killed,
    /// The power went: only what was synced is left.
    PowerCut,
    /// The power went after names were written back, but not contents.
    NamesAhead,
    /// The power went after contents were written back, but not names.
    ContentsAhead,
}

pub const CRASHES: [Crash; 4] = [Crash::Killed, Crash::PowerCut, Crash::NamesAhead, Crash::ContentsAhead];

/// When the failing step fails.
#[derive(Clone, Copy, Debug)]
pub enum Failing {
    /// Before it has any effect, or half way through a write.
    Before,
    /// After its effect: it is done, but reported as failed.
    After,
}

#[derive(Clone, Default)]
pub struct SimulatedDisk(Arc<Mutex<State>>);

#[derive(Clone, Default)]
struct State {
    contents: Vec<Content>,
    names: BTreeMap<PathBuf, usize>,
    synced_names: BTreeMap<PathBuf, usize>,
    /// Steps until the one that fails, and how.
    failing: Option<(u64, Failing)>,
}

#[derive(Clone, Default)]
struct Content {
    written: Vec<u8>,
    synced: Vec<u8>,
}

impl SimulatedDisk {
    /// Makes the step after `steps` others fail, once.
    pub fn fail_after(&self, steps: u64, failing: Failing) {
        self.state().failing = Some((steps, failing));
    }

    /// Takes back the failure; whether it was still to come.
    pub fn heal(&self) -> bool {
        self.state().failing.take().is_some()
    }

    /// Another disk, as this one would be found after a crash now.
    pub fn after(&self, crash: Crash) -> SimulatedDisk {
        let mut state = self.state().clone();
        state.failing = None;
        match crash {
            Crash::Killed | Crash::NamesAhead => {}
            Crash::PowerCut | Crash::ContentsAhead => state.names = state.synced_names.clone(),
        }
        for content in &mut state.contents {
            match crash {
                Crash::Killed | Crash::ContentsAhead => content.synced = content.written.clone(),
                Crash::PowerCut | Crash::NamesAhead => content.written = content.synced.clone(),
            }
        }
        state.synced_names = state.names.clone();
        SimulatedDisk(Arc::new(Mutex::new(state)))
    }

    /// Puts bytes there, durably.
    pub fn put(&self, path: &Path, bytes: &[u8]) {
        let mut state = self.state();
        state.contents.push(Content { written: bytes.to_vec(), synced: bytes.to_vec() });
        let file = state.contents.len() - 1;
        state.names.insert(path.to_owned(), file);
        state.synced_names.insert(path.to_owned(), file);
    }

    /// Every byte the disk ever held and was not told to overwrite, named or not.
    pub fn remnants(&self) -> Vec<Vec<u8>> {
        self.state().contents.iter().map(|content| content.synced.clone()).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    fn step(&self, effect: impl FnOnce(&mut State, bool) -> io::Result<()>) -> io::Result<()> {
        let mut state = self.state();
        match &mut state.failing {
            Some((0, failing)) => {
                let whole = matches!(failing, Failing::After);
                state.failing = None;
                effect(&mut state, !whole)?;
                Err(io::Error::other("injected"))
            }
            Some((steps, _)) => {
                *steps -= 1;
                effect(&mut state, false)
            }
            None => effect(&mut state, false),
        }
    }
}

impl State {
    fn file(&self, path: &Path) -> io::Result<usize> {
        self.names.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl Disk for SimulatedDisk {
    fn create_directory(&self, _: &Path) -> io::Result<()> {
        self.step(|_, _| Ok(()))
    }

    fn names(&self, directory: &Path) -> io::Result<Vec<String>> {
        let state = self.state();
        let inside = state.names.keys().filter(|path| path.parent() == Some(directory));
        Ok(inside.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect())
    }

    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        let state = self.state();
        Ok(state.names.get(path).map(|file| state.contents[*file].written.clone()))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step(|state, fails| {
            let written = if fails { &bytes[..bytes.len() / 2] } else { bytes };
            let file = state.file(path).unwrap_or(state.contents.len());
            if file == state.contents.len() {
                state.contents.push(Content::default());
                state.names.insert(path.to_owned(), file);
            }
            state.contents[file].written = written.to_vec();
            Ok(())
        })
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        self.step(|state, fails| {
            let file = state.file(path)?;
            if !fails {
                state.contents[file].synced = state.contents[file].written.clone();
            }
            Ok(())
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|state, fails| {
            let file = state.file(from)?;
            if !fails {
                state.names.remove(from);
                state.names.insert(to.to_owned(), file);
            }
            Ok(())
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(|state, fails| {
            if !fails {
                state.names.remove(path);
            }
            Ok(())
        })
    }

    fn sync_directory(&self, path: &Path) -> io::Result<()> {
        self.step(|state, fails| {
            if !fails {
                let State { names, synced_names, .. } = state;
                synced_names.retain(|name, _| name.parent() != Some(path));
                let inside = names.iter().filter(|(name, _)| name.parent() == Some(path));
                synced_names.extend(inside.map(|(name, file)| (name.clone(), *file)));
            }
            Ok(())
        })
    }

    fn hold(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>> {
        let Ok(file) = self.state().file(path) else { return Ok(None) };
        Ok(Some(Box::new(HeldContent { disk: self.clone(), file })))
    }

    fn claim(&self, _: &Path) -> io::Result<Option<Claim>> {
        Ok(Some(Claim(None)))
    }
}

struct HeldContent {
    disk: SimulatedDisk,
    file: usize,
}

impl Held for HeldContent {
    fn wipe(&mut self) -> io::Result<()> {
        self.disk.step(|state, fails| {
            if !fails {
                let content = &mut state.contents[self.file];
                content.written.fill(0);
                content.synced.fill(0);
            }
            Ok(())
        })
    }
}
