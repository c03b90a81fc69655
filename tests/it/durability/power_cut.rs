//! A power cut under load: every write after the last completed sync is dropped, and whoever was
//! acknowledged must be there at the next start.

use std::fs;
use std::sync::Arc;

use rollbook::directory::Directory;
use tempfile::TempDir;

use super::faulty_disk::FaultyDisk;
use super::{create, cycles, is_known};
use crate::support::rollbook::options;

/// Clients that create users at the same time.
const CLIENTS: u64 = 8;

/// Creates users from all clients until the power goes; gives the names that were acknowledged.
async fn until_the_power_goes(directory: &Directory, cycle: u64) -> Vec<String> {
    let clients = (0..CLIENTS).map(|client| {
        let directory = directory.clone();
        tokio::spawn(async move {
            let mut acknowledged = Vec::new();
            for number in 0.. {
                let name = format!("c{cycle}-{client}-{number}");
                match create(&directory, &name).await {
                    Ok(_) => acknowledged.push(name),
                    Err(_) => break,
                }
            }
            acknowledged
        })
    });
    let mut all = Vec::new();
    for client in clients.collect::<Vec<_>>() {
        all.extend(client.await.unwrap());
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_power_cut_loses_nobody_who_was_acknowledged() {
    let folder = TempDir::new().unwrap();
    let mut witness: Vec<String> = Vec::new();
    for cycle in 0..cycles() {
        let mut options = options(&folder);
        let disk = Arc::new(FaultyDisk::under(&options.data));
        options.disk = disk.clone();
        let directory = Directory::open(options).unwrap_or_else(|fault| panic!("cycle {cycle}: {fault}"));
        for name in &witness {
            assert!(is_known(&directory, name), "cycle {cycle}: {name} was acknowledged and is gone");
        }
        disk.fail_after(1 + cycle * 7 % 23);
        witness.extend(until_the_power_goes(&directory, cycle).await);
        let (durable, file) = (disk.durable(), disk.file().to_owned());
        directory.close().await.unwrap_err();
        drop(directory);
        fs::write(file, durable).unwrap();
    }
    assert!(!witness.is_empty());
}
