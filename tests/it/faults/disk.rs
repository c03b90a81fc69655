//! A disk that fills up or becomes read-only under a directory in use: it stops, says so, and comes back whole.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rollbook::directory::Directory;
use rollbook::writer::{CommandError, Stop};
use rollbook_event_log::{Disk, RealDisk};
use tempfile::TempDir;

use crate::durability::{create, is_known};
use crate::support::rollbook::options;

/// A disk that turns at a word.
struct Turning {
    has_turned: AtomicBool,
    into: Into,
}

#[derive(Clone, Copy)]
enum Into {
    Full,
    ReadOnly,
}

impl Turning {
    fn has_turned(&self) -> bool {
        self.has_turned.load(Ordering::SeqCst)
    }
}

impl Disk for Turning {
    fn sync(&self, file: &File) -> io::Result<()> {
        match self.into {
            Into::ReadOnly if self.has_turned() => Err(io::ErrorKind::ReadOnlyFilesystem.into()),
            _ => RealDisk.sync(file),
        }
    }

    fn free_bytes(&self, directory: &Path) -> io::Result<u64> {
        match self.into {
            Into::Full if self.has_turned() => Ok(1 << 20),
            _ => RealDisk.free_bytes(directory),
        }
    }
}

/// What the directory says when the disk turns; afterwards it is started again on a sound one.
async fn turned(into: Into) -> String {
    let folder = TempDir::new().unwrap();
    let disk = Arc::new(Turning { has_turned: AtomicBool::new(false), into });
    let mut turning = options(&folder);
    turning.disk = disk.clone();
    let directory = Directory::open(turning).unwrap();
    create(&directory, "before").await.unwrap();
    disk.has_turned.store(true, Ordering::SeqCst);
    let refused = create(&directory, "zebulon").await.unwrap_err();
    let CommandError::Stopped(Stop::Log(why)) = refused else { panic!("{refused}") };
    assert!(is_known(&directory, "before"), "what was served before stays readable");
    assert!(directory.status().stopped().is_some());
    directory.close().await.unwrap_err();
    drop(directory);
    let directory = Directory::open(options(&folder)).unwrap();
    assert!(is_known(&directory, "before"));
    create(&directory, "after").await.unwrap();
    directory.close().await.unwrap();
    assert!(!why.contains("zebulon"));
    why
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fills_up_stops_the_directory_while_there_is_room_to_open_it() {
    let why = turned(Into::Full).await;
    assert!(why.contains("bytes are free") && why.contains("make room, then start again"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_becomes_read_only_stops_the_directory() {
    let why = turned(Into::ReadOnly).await;
    assert!(why.contains("read-only") && why.contains("start again"), "{why}");
}
