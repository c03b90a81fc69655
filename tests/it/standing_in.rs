//! The first start of a build that folds otherwise: who only reads is served what the build before it folded, and nobody
//! notices the change.

use std::fs;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};

use rollbook::directory::DirectoryOptions;
use rollbook::writer::Stop;
use rollbook_schema::Position;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::rollbook::{Rollbook, options};

/// A directory that was closed, and a session that is still open in it.
struct Closed {
    folder: Arc<TempDir>,
    session: String,
    head: Position,
}

async fn close(rollbook: Rollbook) -> Closed {
    let session = rollbook.admin.token().unwrap().to_owned();
    let head = rollbook.directory.reached();
    Closed { folder: rollbook.stop().await, session, head }
}

async fn with_anna() -> Closed {
    let rollbook = Rollbook::start().await;
    let anna = rollbook.admin.create("AGENT", "anna").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": anna }), "").await;
    close(rollbook).await
}

/// As another build would open it, which stops before it folds until the sender is dropped.
fn of_another_build(folder: &TempDir) -> (DirectoryOptions, Sender<()>) {
    let (hold, held) = channel::<()>();
    let held = Mutex::new(held);
    let mut other = options(folder);
    other.folds = "another build's";
    other.stand_in_after = 0;
    other.before_rebuilding = Arc::new(move || {
        let _ = held.lock().unwrap().recv();
    });
    (other, hold)
}

async fn names(rollbook: &Rollbook) -> Value {
    let list = "query { users(filter: { kind: AGENT }, orderBy: { field: USERNAME }) \
                { totalCount nodes { username locked } } }";
    rollbook.admin.data(list, json!({})).await["users"].clone()
}

fn admin_and_anna() -> Value {
    let nodes = json!([{ "username": "admin", "locked": false }, { "username": "anna", "locked": true }]);
    json!({ "totalCount": 2, "nodes": nodes })
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_go_on_while_another_build_folds_the_log_anew() {
    let Closed { folder, session, head } = with_anna().await;
    let (other, hold) = of_another_build(&folder);
    let rollbook = Rollbook::start_reading(folder, other, &session).await;
    assert!(!rollbook.directory.takes_commands());
    assert_eq!(names(&rollbook).await, admin_and_anna());
    let ready = rollbook.anonymous().get("/readyz").await;
    assert_eq!(ready.status, 200);
    let told = format!("ready\nno commands are taken yet: 0 of {head} events folded anew\n");
    assert_eq!(ready.text(), told);
    drop(hold);
    rollbook.directory.until_it_takes_commands().await.unwrap();
    assert_eq!(names(&rollbook).await, admin_and_anna());
    assert_eq!(rollbook.directory.figures().folded_at_start, head.0);
    rollbook.admin.create("AGENT", "bert").await;
    assert_eq!(rollbook.anonymous().get("/readyz").await.text(), "ready\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_are_told_to_try_again_until_the_log_is_folded_anew() {
    let Closed { folder, session, .. } = with_anna().await;
    let (other, hold) = of_another_build(&folder);
    let rollbook = Rollbook::start_reading(folder, other, &session).await;
    let bert = json!({ "kind": "AGENT", "fullName": "Bert", "username": "bert", "email": "b@example.org" });
    assert_eq!(rollbook.admin.refuse("createUser", bert.clone()).await, ["BUSY"]);
    let signed_in = rollbook.try_sign_in("anna", "password of anna").await;
    assert_eq!(signed_in["errors"][0]["code"], "BUSY");
    // Nothing of it is shown before it is recorded who reads.
    let history = rollbook.admin.graphql("query { history(first: 1) { edges { node { position } } } }").await;
    assert_eq!(history.json()["errors"][0]["extensions"]["code"], "BUSY");
    let prove = "mutation { proveIntegrity { errors { code } } }";
    let proved = rollbook.admin.data(prove, json!({})).await["proveIntegrity"]["errors"].clone();
    assert_eq!(proved, json!([{ "code": "BUSY" }]));
    drop(hold);
    rollbook.directory.until_it_takes_commands().await.unwrap();
    rollbook.admin.accept("createUser", bert, "").await;
    let proof = "mutation { proveIntegrity { proof { outcome different } } }";
    let proof = rollbook.admin.data(proof, json!({})).await["proveIntegrity"]["proof"].clone();
    assert_eq!(proof, json!({ "outcome": "EQUAL", "different": [] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_after_the_snapshot_is_read_too() {
    let Closed { folder, .. } = with_anna().await;
    // None is written this time: what happens now is behind the snapshot.
    let mut sparing = options(&folder);
    sparing.snapshot_after = Some(1_000_000);
    let rollbook = Rollbook::start_with(folder, sparing).await;
    rollbook.admin.create("AGENT", "bert").await;
    let Closed { folder, session, .. } = close(rollbook).await;
    let (other, _hold) = of_another_build(&folder);
    let rollbook = Rollbook::start_reading(folder, other, &session).await;
    assert!(!rollbook.directory.takes_commands());
    assert_eq!(names(&rollbook).await["totalCount"], json!(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_before_it_is_folded_anew_it_is_as_it_was() {
    let Closed { folder, session, .. } = with_anna().await;
    let digests = folder.path().join("data/views/digests.json");
    let saved = fs::read(&digests).unwrap();
    fs::write(&digests, "as it was").unwrap();
    let (other, hold) = of_another_build(&folder);
    let progress = other.progress.clone();
    let rollbook = Rollbook::start_reading(folder, other, &session).await;
    progress.give_up();
    drop(hold);
    let folder = rollbook.stop().await;
    assert_eq!(fs::read(&digests).unwrap(), b"as it was");
    fs::write(&digests, saved).unwrap();
    let again = options(&folder);
    let rollbook = Rollbook::start_reading(folder, again, &session).await;
    // The snapshot is still there for the build that wrote it.
    assert_eq!(rollbook.directory.figures().folded_at_start, 0);
    assert_eq!(names(&rollbook).await, admin_and_anna());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fold_that_fails_stops_what_only_reads() {
    let Closed { folder, session, .. } = with_anna().await;
    let (mut other, _hold) = of_another_build(&folder);
    other.before_rebuilding = Arc::new(|| panic!("a fold met a bug"));
    let rollbook = Rollbook::start_reading(folder, other, &session).await;
    let stop = rollbook.directory.until_it_takes_commands().await.unwrap_err();
    assert_eq!(stop, Stop::Rebuild("a fold met a bug".to_owned()));
    assert_eq!(names(&rollbook).await, admin_and_anna());
    assert_eq!(rollbook.stop_stopped().await.1, stop);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_log_is_waited_for() {
    let Closed { folder, session, head } = with_anna().await;
    let (mut other, hold) = of_another_build(&folder);
    other.stand_in_after = head.0 + 1;
    drop(hold);
    let rollbook = Rollbook::start_reading(folder, other, &session).await;
    assert!(rollbook.directory.takes_commands());
    assert_eq!(rollbook.directory.figures().folded_at_start, head.0);
}
