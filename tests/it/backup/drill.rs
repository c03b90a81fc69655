//! The drill: users, a backup, more users, one more backup, an erasure, a restore of each.

use std::fs::{self, File};
use std::process::Stdio;

use serde_json::json;
use tempfile::TempDir;

use super::{Store, done, serve};
use crate::cli_program::{Place, ran};
use crate::erasure::{USERNAME, case};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

async fn count(client: &Client) -> u64 {
    client.data("{ users { totalCount } }", json!({})).await["users"]["totalCount"].as_u64().unwrap()
}

fn log(data: &std::path::Path, more: &[&str]) -> Vec<String> {
    let place = Place::empty();
    let ran = place.run(&[&["log", "--data", data.to_str().unwrap()], more].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out.lines().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_directory_holds_what_was_backed_up_and_brings_back_nobody() {
    let (rollbook, store) = (Rollbook::start().await, Store::new());
    let data = rollbook.folder.path().join("data");
    let case = case(&rollbook).await;
    let first = done(store.back_up(&rollbook.admin, &["--keys", "keys"]));
    assert!(first.contains("in 1 segments") && first.contains("pictures: 1"), "{first}");
    store.set_aside("records", "old-records");
    store.set_aside("keys", "old-keys");
    rollbook.admin.create("AGENT", "cyd").await;
    rollbook.admin.create("CLIENT", "dora").await;
    let second = done(store.back_up(&rollbook.admin, &[]));
    assert!(second.contains("in 2 segments"), "{second}");
    let request = case.requested(&rollbook).await;
    case.otto.accept("approveMasking", json!({ "requestId": request }), "").await;
    let third = done(store.back_up(&rollbook.admin, &["--keys", "keys", "--forgotten", "forgotten"]));
    assert!(third.contains("in 3 segments"), "{third}");
    let verified = done(store.place.run(&["backup", "verify", "records"]));
    assert!(verified.starts_with("intact: ") && third.ends_with(&verified), "{verified}");
    let users = count(&rollbook.admin).await;
    let _folder = rollbook.stop().await;

    // The newest backup is the directory as it was.
    let (ran, whole) = store.restore(&data, &["--from", "records", "--keys", "keys"]);
    done(ran);
    let restored = whole.path().join("data");
    let there = log(&restored, &[]);
    assert_eq!(there, log(&data, &[])[..there.len()], "record for record");
    done(store.place.run(&["audit", "verify", "--data", restored.to_str().unwrap()]));
    let served = serve(&whole).await;
    assert_eq!(count(&served.admin).await, users);
    assert!(served.directory.views().users.by_username(USERNAME).is_none());
    let rebuilt = served.directory.rebuild_in_shadow().unwrap();
    assert_eq!(rebuilt.live.as_ref(), Some(&rebuilt.rebuilt));
    served.admin.create("AGENT", "eve").await;
    served.stop().await;
    done(store.place.run(&["audit", "verify", "--data", restored.to_str().unwrap()]));

    // The oldest with the oldest keys does not know of the erasure, and must be told.
    let old = ["--from", "old-records", "--keys", "old-keys"];
    let (ran, untold) = store.restore(&data, &old);
    done(ran);
    let served = serve(&untold).await;
    assert!(
        served.directory.views().users.by_username(USERNAME).is_some(),
        "the test looks at the right place"
    );
    served.stop().await;
    let (ran, told) = store.restore(&data, &[&old[..], &["--forgotten", "forgotten"]].concat());
    assert!(!done(ran).contains("forgotten since: 0 keys"));
    let served = serve(&told).await;
    assert!(served.directory.views().users.by_username(USERNAME).is_none());
    assert!(served.directory.views().users.by_username("olga").is_some());
    // The numbers of whoever came later are given again.
    served.admin.create("AGENT", "fay").await;
    served.stop().await;
    let revealed = log(&told.path().join("data"), &["--reveal"]).concat();
    assert!(revealed.contains("olga") && !revealed.contains("Petersilie"));
}

#[test]
fn a_directory_that_nobody_serves_is_backed_up_too_and_as_a_stream() {
    let store = Store { place: Place::with_directory() };
    let whole = done(store.place.run(&["backup", "--to", "records", "--keys", "keys"]));
    assert!(whole.contains("in 1 segments"), "{whole}");
    let again = done(store.place.run(&["backup", "--to", "records"]));
    assert!(again.starts_with("0 records came"), "{again}");
    assert_eq!(store.names("records").len(), 1, "nothing came, so nothing was written");
    let program = &mut store.place.program(&["backup", "--to", "-"]);
    let stream = program.output().unwrap();
    assert!(stream.status.success());
    store.place.write("stream", &stream.stdout);
    let verified = done(store.place.run(&["backup", "verify", "stream"]));
    assert!(again.ends_with(&verified));
    let (ran, folder) = store.restore(&store.place.data(), &["--from", "stream", "--keys", "keys"]);
    done(ran);
    assert_eq!(log(&folder.path().join("data"), &[]), log(&store.place.data(), &[]));
}

#[test]
fn a_stream_is_checked_and_restored_as_it_comes_in() {
    let store = Store { place: Place::with_directory() };
    done(store.place.run(&["backup", "--to", "records", "--keys", "keys"]));
    let stream = store.place.program(&["backup", "--to", "-"]).output().unwrap().stdout;
    store.place.write("stream", &stream);
    let come_in = || Stdio::from(File::open(store.place.path("stream")).unwrap());
    let checked = done(ran(store.place.program(&["backup", "verify", "-"]).stdin(come_in())));
    assert_eq!(checked, done(store.place.run(&["backup", "verify", "stream"])));

    let (folder, master) = (TempDir::new().unwrap(), store.place.data().join("keyring.master"));
    let data = folder.path().join("data");
    let words = ["restore", "--from", "-", "--keys", "keys", "--master-key-file", master.to_str().unwrap()];
    let words = [&words[..], &["--data", data.to_str().unwrap()]].concat();
    done(ran(store.place.program(&words).stdin(come_in())));
    assert_eq!(log(&data, &[]), log(&store.place.data(), &[]));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["data"], "the stream is not left behind");

    let cut = stream.len() - 1;
    store.place.write("stream", &stream[..cut]);
    let refused = ran(store.place.program(&["backup", "verify", "-"]).stdin(come_in()));
    assert_ne!(refused.code, 0);
    assert!(refused.err.contains("the stream"), "{}", refused.err);
}
