//! Backup and restore by the real program: of a directory that is served, and of one that nobody serves.

mod damage;
mod drill;
mod kept_keys;
mod rights;
mod seam;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use crate::cli_program::{Place, Ran, ran};
use crate::support::http::Client;
use crate::support::rollbook::{Rollbook, options};

/// Where backups go: `records` and `keys` in a folder of its own.
pub struct Store {
    pub place: Place,
}

impl Store {
    pub fn new() -> Store {
        Store { place: Place::empty() }
    }

    /// Runs the program in the folder, with the token of a client.
    pub fn run(&self, client: &Client, arguments: &[&str]) -> Ran {
        let mut program = self.place.program(arguments);
        program.env("ROLLBOOK_TOKEN", client.token().unwrap_or_default());
        tokio::task::block_in_place(|| ran(&mut program))
    }

    /// Takes a backup of what is served, with words of the test's own.
    pub fn back_up(&self, client: &Client, more: &[&str]) -> Ran {
        let server = format!("http://{}", client.address);
        let arguments = [&["backup", "--server", &server, "--to", "records"], more].concat();
        self.run(client, &arguments)
    }

    /// The files of a folder here.
    pub fn names(&self, folder: &str) -> Vec<String> {
        self.place.names(folder)
    }

    /// Restores into a folder of its own; the master key is that of the directory.
    pub fn restore(&self, of: &Path, more: &[&str]) -> (Ran, Arc<TempDir>) {
        let (folder, master) = (Arc::new(TempDir::new().unwrap()), of.join("keyring.master"));
        let data = folder.path().join("data");
        let fixed =
            ["restore", "--master-key-file", master.to_str().unwrap(), "--data", data.to_str().unwrap()];
        let program = &mut self.place.program(&[&fixed, more].concat());
        (tokio::task::block_in_place(|| ran(program)), folder)
    }

    /// Copies a folder as it is now, to be restored from later.
    pub fn set_aside(&self, folder: &str, aside: &str) {
        copy(&self.place.path(folder), &self.place.path(aside));
    }
}

/// A run that did what it should.
pub fn done(ran: Ran) -> String {
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    ran.out
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

/// Serves what was restored, as the program does at its start.
pub async fn serve(folder: &Arc<TempDir>) -> Rollbook {
    let rollbook = Rollbook::start_with(Arc::clone(folder), options(folder)).await;
    rollbook.directory.replace_lost_signing_key().await.unwrap();
    rollbook
}
