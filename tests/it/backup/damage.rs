//! Backups that were cut, damaged, mixed up, or are of another log.

use std::fs;

use super::{Store, done};
use crate::cli_program::Place;
use crate::support::rollbook::Rollbook;

/// A backup of three segments.
async fn three() -> Store {
    let (rollbook, store) = (Rollbook::start().await, Store::new());
    for name in ["ada", "bob", "cyd"] {
        rollbook.admin.create("AGENT", name).await;
        done(store.back_up(&rollbook.admin, &[]));
    }
    assert_eq!(store.names("records").len(), 3);
    rollbook.stop().await;
    store
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_to_a_backup_is_found_and_told_by_its_file() {
    let store = three().await;
    let names = store.names("records");
    let last = store.place.path("records").join(&names[2]);
    let whole = fs::read(&last).unwrap();
    let verify = || store.place.run(&["backup", "verify", "records"]);
    assert_eq!(verify().code, 0);
    for cut in [whole.len() - 1, whole.len() / 2, 30, 5, 0] {
        fs::write(&last, &whole[..cut]).unwrap();
        let told = verify();
        assert_eq!(told.code, 4, "cut at {cut}: {}", told.err);
        assert!(told.err.contains(&names[2]), "{}", told.err);
    }
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x10;
        fs::write(&last, &damaged).unwrap();
        assert_eq!(verify().code, 4, "a flipped bit at byte {at}");
    }
    fs::write(&last, [&whole[..], b"more"].concat()).unwrap();
    assert_eq!(verify().code, 4, "something behind the end");
    fs::write(&last, &whole).unwrap();
    assert_eq!(verify().code, 0);
    let second = store.place.path("records").join(&names[1]);
    fs::rename(&second, store.place.path("elsewhere")).unwrap();
    let told = verify();
    assert!(told.code == 4 && told.err.contains("does not follow"), "{}", told.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_is_not_restored_and_leaves_nothing() {
    let store = three().await;
    let path = store.place.path("records").join(&store.names("records")[1]);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let (ran, folder) = store.restore(&store.place.data(), &["--from", "records", "--keys", "keys"]);
    assert_eq!(ran.code, 4, "{}", ran.err);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_goes_on_only_with_the_log_that_it_is_of() {
    let (one, other, store) = (Rollbook::start().await, Rollbook::start().await, Store::new());
    done(store.back_up(&one.admin, &[]));
    for name in ["ada", "bob"] {
        other.admin.create("AGENT", name).await;
    }
    let told = store.back_up(&other.admin, &[]);
    assert!(told.code == 4 && told.err.contains("begin a new backup"), "{} {}", told.code, told.err);
    done(store.back_up(&one.admin, &[]));
}

#[test]
fn where_there_is_no_backup_that_is_said() {
    let place = Place::empty();
    assert_eq!(place.run(&["backup", "verify", "records"]).code, 6);
    assert_eq!(place.run(&["backup", "--to", "records"]).code, 6);
    assert_eq!(place.run(&["restore", "--from", "records", "--keys", "keys"]).code, 6);
    assert_eq!(place.names("."), Vec::<String>::new());
}
