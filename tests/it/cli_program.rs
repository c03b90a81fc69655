//! Runs the real program, in a folder of its own and without settings from outside.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rollbook::directory::{Directory, DirectoryOptions, FirstAdministrator};
use rollbook::passwords::HashingCost;
use tempfile::TempDir;
use zeroize::Zeroizing;

/// A folder with or without a directory in it.
pub struct Place {
    pub folder: TempDir,
}

/// What a run of the program left.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Place {
    /// An empty folder.
    pub fn empty() -> Place {
        Place { folder: tempfile::tempdir().unwrap() }
    }

    /// A directory as a first start leaves it: one administrator, closed in good order.
    pub fn with_directory() -> Place {
        let place = Place::empty();
        place.with_open_directory(|_| async {});
        place
    }

    /// Opens the directory in this process, does something with it, and closes it.
    pub fn with_open_directory<F: Future>(&self, work: impl FnOnce(Directory) -> F) -> F::Output {
        let mut options = DirectoryOptions::new(self.data());
        options.snapshot_after = Some(1);
        options.hashing = HashingCost { memory_kib: 64, passes: 1, lanes: 1 };
        let directory = Directory::open(options).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let password = Some(Zeroizing::new("correct horse".to_owned()));
            directory.first_start(FirstAdministrator { email: None, password }).await.unwrap();
            let result = work(directory.clone()).await;
            directory.close().await.unwrap();
            result
        })
    }

    /// The data directory, which may not exist.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("rollbook-data")
    }

    /// A file of the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        std::fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names in a folder below, sorted; nothing for one that does not exist.
    pub fn names(&self, below: impl AsRef<Path>) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.folder.path().join(below)) else { return Vec::new() };
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The program, ready to run in the folder.
    pub fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rollbook"));
        command.current_dir(self.folder.path()).args(arguments).stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("ROLLBOOK_") {
                command.env_remove(name);
            }
        }
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        ran(&mut self.program(arguments))
    }
}

/// Runs a command to its end.
pub fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
