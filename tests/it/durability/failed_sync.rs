//! A sync that fails: nothing is acknowledged, the writer stops and says so, and the next start is healthy.

use std::sync::Arc;

use rollbook::directory::{Directory, DirectoryOptions};
use rollbook::writer::{CommandError, Stop};
use tempfile::TempDir;

use super::faulty_disk::FaultyDisk;
use super::{create, is_known};
use crate::support::rollbook::options;

fn opened(folder: &TempDir) -> (Directory, Arc<FaultyDisk>) {
    let mut options: DirectoryOptions = options(folder);
    let disk = Arc::new(FaultyDisk::under(&options.data));
    options.disk = disk.clone();
    (Directory::open(options).unwrap(), disk)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_sync_acknowledges_nothing_and_stops_the_writer() {
    let folder = TempDir::new().unwrap();
    let (directory, disk) = opened(&folder);
    create(&directory, "before").await.unwrap();
    disk.fail_after(0);

    let refused = create(&directory, "during").await.unwrap_err();
    assert!(matches!(&refused, CommandError::Stopped(Stop::Log(why)) if why.contains("disk")), "{refused}");
    assert!(!is_known(&directory, "during"), "a change that is not durable is not shown");
    assert!(matches!(directory.status().stopped(), Some(Stop::Log(_))));
    let refused = create(&directory, "after").await.unwrap_err();
    assert!(matches!(refused, CommandError::Stopped(_)));
    assert!(is_known(&directory, "before"), "what was served before stays readable");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_is_healthy_at_the_start_after_a_failed_sync() {
    let folder = TempDir::new().unwrap();
    let (directory, disk) = opened(&folder);
    create(&directory, "before").await.unwrap();
    disk.fail_after(0);
    create(&directory, "during").await.unwrap_err();
    directory.close().await.unwrap_err();
    drop(directory);

    let directory = Directory::open(options(&folder)).unwrap();
    assert!(is_known(&directory, "before"));
    create(&directory, "after").await.unwrap();
    assert!(is_known(&directory, "after"));
    let rebuilt = directory.rebuild_in_shadow().unwrap();
    assert!(rebuilt.live.is_some() && rebuilt.different().is_empty());
    directory.close().await.unwrap();
}
