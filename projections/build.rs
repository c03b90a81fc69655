//! A fingerprint of everything that folds: a snapshot that other folds made is not read.

#![allow(clippy::expect_used, reason = "a build that cannot read its own sources has failed")]

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// What events mean, what of them is opened for folds, what these make of it, and in which bytes the libraries below
/// write that.
const SOURCES: [&str; 4] = ["src", "../schema/src", "../src/sealing.rs", "../Cargo.lock"];

fn main() {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        let mut files = Vec::new();
        gather(Path::new(source), &mut files);
        files.sort();
        for file in files {
            (file.to_string_lossy(), fs::read(&file).expect("a source is readable")).hash(&mut hasher);
        }
    }
    println!("cargo::rustc-env=ROLLBOOK_FOLDS={:016x}", hasher.finish());
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    if !path.is_dir() {
        files.push(path.to_owned());
        return;
    }
    for entry in fs::read_dir(path).expect("a folder of sources is readable") {
        gather(&entry.expect("a folder of sources is readable").path(), files);
    }
}
