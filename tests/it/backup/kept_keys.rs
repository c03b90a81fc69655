//! Copies of keys: how long they live, what they hold, and which of them fit.

use std::fs;

use rollbook::backup::keys;
use rollbook_schema::value::Timestamp;

use super::{Store, done};
use crate::support::rollbook::Rollbook;

const DAY: i64 = 24 * 60 * 60 * 1000;

#[test]
fn a_copy_lives_as_long_as_the_setting_says_and_not_longer() {
    let folder = tempfile::tempdir().unwrap();
    let stream = |at: i64, through| {
        keys::stream("log", Timestamp::from_millis(at), through, vec![("manifest".to_owned(), vec![7; 99])])
    };
    let now = |at| Timestamp::from_millis(at);
    keys::keep(folder.path(), &stream(0, 1), 30, now(0)).unwrap();
    let (_, ended) = keys::keep(folder.path(), &stream(30 * DAY, 2), 30, now(30 * DAY)).unwrap();
    assert_eq!(ended, 0);
    let (_, ended) = keys::keep(folder.path(), &stream(31 * DAY, 3), 30, now(31 * DAY)).unwrap();
    assert_eq!((ended, fs::read_dir(folder.path()).unwrap().count()), (1, 2));
    assert_eq!(keys::at_most(folder.path(), 2).unwrap().title.through, 2);
    assert_eq!(keys::at_most(folder.path(), 9).unwrap().title.through, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_holds_no_key_that_signs_and_not_the_master_key() {
    let (rollbook, store) = (Rollbook::start().await, Store::new());
    done(store.back_up(&rollbook.admin, &["--keys", "keys"]));
    let names = store.names("keys");
    let copy = keys::read(&store.place.path("keys").join(&names[0])).unwrap();
    let files: Vec<&str> = copy.files.iter().map(|(name, _)| name.as_str()).collect();
    assert!(files.contains(&"manifest"), "{files:?}");
    assert!(files.iter().all(|name| *name == "manifest" || name.ends_with(".keys")), "{files:?}");
    let signs = |name: &String| name.starts_with("signing-");
    assert!(
        rollbook
            .folder
            .path()
            .join("data/keyring")
            .read_dir()
            .unwrap()
            .any(|entry| { signs(&entry.unwrap().file_name().to_string_lossy().into_owned()) })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_are_newer_than_the_end_are_refused() {
    let (rollbook, store) = (Rollbook::start().await, Store::new());
    let data = rollbook.folder.path().join("data");
    rollbook.admin.create("AGENT", "ada").await;
    done(store.back_up(&rollbook.admin, &["--keys", "keys"]));
    rollbook.stop().await;
    let from = ["--from", "records", "--keys", "keys"];
    let (told, _) = store.restore(&data, &[&from[..], &["--until", "1"]].concat());
    assert!(told.code == 2 && told.err.contains("no copy of the keys"), "{}", told.err);
    let (told, _) = store.restore(&data, &[&from[..], &["--until", "1000000"]].concat());
    assert!(told.code == 2 && told.err.contains("the backup ends at position"), "{}", told.err);
}
