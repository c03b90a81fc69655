//! Snapshots: a start folds what came after one, finds the same, and never anybody who was forgotten since.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rollbook_event_log::{Disk, RealDisk};
use rollbook_schema::Position;
use serde_json::json;
use tempfile::TempDir;

use crate::support::http::Client;
use crate::support::rollbook::{Rollbook, options};

const ANNA: &str = "query { user(by: { username: \"anna\" }) { id } }";
const PROVE: &str = "mutation { proveIntegrity { proof { outcome different } errors { code } } }";

fn snapshot(folder: &TempDir) -> PathBuf {
    folder.path().join("data/views/snapshot")
}

async fn again(folder: Arc<TempDir>) -> Rollbook {
    let options = options(&folder);
    Rollbook::start_with(folder, options).await
}

fn folded(rollbook: &Rollbook) -> u64 {
    rollbook.directory.figures().folded_at_start
}

async fn is_proved(admin: &Client) {
    let proof = admin.data(PROVE, json!({})).await["proveIntegrity"]["proof"].clone();
    assert_eq!(proof, json!({ "outcome": "EQUAL", "different": [] }));
}

/// A directory in which a little of everything happened; closed, with a snapshot.
async fn closed() -> (Arc<TempDir>, Position) {
    let rollbook = Rollbook::start().await;
    let anna = rollbook.admin.create("AGENT", "anna").await;
    rollbook.admin.create("CLIENT", "bert").await;
    rollbook.admin.accept("changeProfile", json!({ "userId": anna, "title": "Dr" }), "").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": anna }), "").await;
    let at = rollbook.directory.reached();
    let folder = rollbook.stop().await;
    assert!(snapshot(&folder).exists());
    (folder, at)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_folds_only_what_came_after_the_snapshot() {
    let (folder, at) = closed().await;
    let rollbook = again(folder).await;
    assert_eq!(folded(&rollbook), 0);
    assert_eq!(rollbook.directory.figures().snapshot, Some(at.0));
    let found = "query { users(filter: { text: \"anna\" }) { totalCount nodes { username locked } } }";
    let found = rollbook.admin.data(found, json!({})).await["users"].clone();
    assert_eq!(found, json!({ "totalCount": 1, "nodes": [{ "username": "anna", "locked": true }] }));
    is_proved(&rollbook.admin).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_after_it_is_folded_on_and_decided_against() {
    let (folder, at) = closed().await;
    // None is written this time: what happens now is behind the snapshot.
    let mut sparing = options(&folder);
    sparing.snapshot_after = Some(1_000_000);
    let rollbook = Rollbook::start_with(folder, sparing).await;
    let carl = rollbook.admin.create("AGENT", "carl").await;
    rollbook.admin.accept("disableUser", json!({ "userId": carl }), "").await;
    let head = rollbook.directory.reached();
    let rollbook = again(rollbook.stop().await).await;
    assert_eq!(folded(&rollbook), head.0 - at.0);
    let taken = json!({ "kind": "AGENT", "fullName": "Other", "username": "carl", "email": "o@example.org" });
    assert_eq!(rollbook.admin.refuse("createUser", taken).await, ["USERNAME_TAKEN"]);
    let taken = json!({ "kind": "AGENT", "fullName": "Other", "username": "anna", "email": "o@example.org" });
    assert_eq!(rollbook.admin.refuse("createUser", taken).await, ["USERNAME_TAKEN"]);
    is_proved(&rollbook.admin).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_command_gets_its_first_receipt_after_a_start_from_a_snapshot() {
    let rollbook = Rollbook::start().await;
    let anna = rollbook.admin.create("AGENT", "anna").await;
    let lock = json!({ "userId": anna, "idempotencyKey": "once" });
    let first = rollbook.admin.accept("lockAccount", lock.clone(), "position").await["position"].clone();
    let rollbook = again(rollbook.stop().await).await;
    assert_eq!(folded(&rollbook), 0);
    let again = rollbook.admin.accept("lockAccount", lock, "position repeated").await;
    assert_eq!((&again["position"], &again["repeated"]), (&first, &json!(true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_that_found_the_views_right_leaves_a_snapshot() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "anna").await;
    assert!(!snapshot(&rollbook.folder).exists());
    is_proved(&rollbook.admin).await;
    assert!(snapshot(&rollbook.folder).exists());
    assert_eq!(rollbook.directory.figures().snapshot, Some(rollbook.directory.reached().0));
}

/// Masks a user, and gives back the officer who did.
async fn mask(rollbook: &Rollbook, id: &str, name: &str) {
    let officer = rollbook.admin.create("AGENT", "officer").await;
    let profile = json!({ "userId": officer, "accessProfile": "COMPLIANCE_OFFICER" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    let officer = rollbook.sign_in("officer", "password of officer").await;
    rollbook.admin.accept("disableUser", json!({ "userId": id }), "").await;
    let input =
        json!({ "userId": id, "username": name, "email": format!("{name}@example.org"), "reason": "t" });
    officer.accept("maskPii", input, "").await;
}

async fn with_anna() -> (Rollbook, String) {
    let rollbook = Rollbook::start().await;
    let anna = rollbook.admin.create("AGENT", "anna").await;
    (rollbook, anna)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_masking_takes_the_snapshot_away_before_it_is_answered() {
    let (rollbook, anna) = with_anna().await;
    is_proved(&rollbook.admin).await;
    let before = fs::read(snapshot(&rollbook.folder)).unwrap();
    mask(&rollbook, &anna, "anna").await;
    assert!(!snapshot(&rollbook.folder).exists());
    assert_eq!(rollbook.directory.figures().snapshot, None);

    // Put back as a backup of the disk would, it opens nothing.
    let head = rollbook.directory.reached();
    let folder = rollbook.stop().await;
    fs::write(snapshot(&folder), before).unwrap();
    let rollbook = again(folder).await;
    assert_eq!(folded(&rollbook), head.0);
    assert!(!snapshot(&rollbook.folder).exists(), "what is of no use is removed");
    assert_eq!(rollbook.admin.data(ANNA, json!({})).await["user"], json!(null));
    is_proved(&rollbook.admin).await;
}

/// Keyring and snapshot of before, put back beside the log of after.
#[tokio::test(flavor = "multi_thread")]
async fn an_old_keyring_with_its_snapshot_brings_nobody_back() {
    let (folder, _) = closed().await;
    let old = |name: &str| folder.path().join("old").join(name);
    let data = |name: &str| folder.path().join("data").join(name);
    let copy = |from: PathBuf, to: PathBuf| {
        fs::create_dir_all(&to).unwrap();
        for file in fs::read_dir(&from).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    };
    ["keyring", "views"].into_iter().for_each(|name| copy(data(name), old(name)));
    let rollbook = again(Arc::clone(&folder)).await;
    let id = rollbook.admin.data(ANNA, json!({})).await["user"]["id"].clone();
    mask(&rollbook, id.as_str().unwrap(), "anna").await;
    let head = rollbook.directory.reached();
    rollbook.stop().await;

    ["keyring", "views"].into_iter().for_each(|name| copy(old(name), data(name)));
    let rollbook = again(folder).await;
    assert_eq!(folded(&rollbook), head.0);
    assert_eq!(rollbook.admin.data(ANNA, json!({})).await["user"], json!(null));
    is_proved(&rollbook.admin).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_snapshot_is_left_aside() {
    let (folder, at) = closed().await;
    let whole = fs::read(snapshot(&folder)).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    let cut = whole[..whole.len() / 2].to_vec();
    let mut longer = whole.clone();
    longer.extend(&whole[whole.len() - 60..]);
    for (what, bytes) in [("flipped", flipped), ("cut", cut), ("longer", longer), ("empty", Vec::new())] {
        fs::write(snapshot(&folder), bytes).unwrap();
        let mut sparing = options(&folder);
        sparing.snapshot_after = None;
        let rollbook = Rollbook::start_with(Arc::clone(&folder), sparing).await;
        assert!(folded(&rollbook) >= at.0, "{what}");
        assert!(!snapshot(&folder).exists(), "{what}");
        is_proved(&rollbook.admin).await;
        rollbook.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_was_being_written_when_the_power_went_is_removed() {
    let (folder, at) = closed().await;
    let half = folder.path().join("data/views/snapshot.next");
    fs::write(&half, b"half").unwrap();
    let rollbook = again(folder).await;
    assert!(!half.exists());
    assert_eq!((folded(&rollbook), rollbook.directory.figures().snapshot), (0, Some(at.0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_of_a_longer_log_is_left_aside() {
    let (folder, _) = closed().await;
    let short = Rollbook::start().await;
    let head = short.directory.reached();
    let other = short.stop().await;
    // The log alone comes from elsewhere: its beginnings are others, and it is shorter.
    let (log, keys) = (folder.path().join("data/log"), folder.path().join("data/keyring"));
    let kept = fs::read(snapshot(&folder)).unwrap();
    for (from, to) in [("data/log", &log), ("data/keyring", &keys)] {
        fs::remove_dir_all(to).unwrap();
        fs::rename(other.path().join(from), to).unwrap();
    }
    for file in ["log.witness", "keyring.master"] {
        fs::copy(other.path().join("data").join(file), folder.path().join("data").join(file)).unwrap();
    }
    fs::remove_dir_all(folder.path().join("data/evidence")).unwrap();
    fs::write(snapshot(&folder), kept).unwrap();
    let rollbook = again(folder).await;
    assert_eq!(folded(&rollbook), head.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn none_is_written_where_nobody_wants_one_or_views_are_wrong() {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut never = options(&folder);
    never.snapshot_after = None;
    let rollbook = Rollbook::start_with(Arc::clone(&folder), never).await;
    is_proved(&rollbook.admin).await;
    rollbook.stop().await;
    assert!(!snapshot(&folder).exists());

    let mut wrong = options(&folder);
    wrong.live_fold = |views, recorded| {
        if !matches!(recorded.event, rollbook_schema::Event::UserCreated(_)) {
            views.fold(recorded);
        }
    };
    let rollbook = Rollbook::start_with(folder, wrong).await;
    let input = json!({ "kind": "AGENT", "fullName": "Anna", "username": "anna", "email": "anna@example.org",
        "password": "password of anna" });
    rollbook
        .admin
        .data(
            "mutation($input: CreateUserInput!) { createUser(input: $input) { errors { code } } }",
            json!({ "input": input }),
        )
        .await;
    let proof = rollbook.admin.data(PROVE, json!({})).await["proveIntegrity"]["proof"]["outcome"].clone();
    assert_eq!(proof, json!("DIFFERENT"));
    let folder = rollbook.stop().await;
    assert!(!snapshot(&folder).exists(), "a start has to mend it");
}

/// Room for the log, and for little else.
struct Narrow;

impl Disk for Narrow {
    fn sync(&self, file: &File) -> io::Result<()> {
        RealDisk.sync(file)
    }

    fn free_bytes(&self, _: &Path) -> io::Result<u64> {
        Ok(300 << 20)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn none_takes_the_room_that_the_log_needs() {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut narrow = options(&folder);
    narrow.disk = Arc::new(Narrow);
    let rollbook = Rollbook::start_with(folder, narrow).await;
    rollbook.admin.create("AGENT", "anna").await;
    let head = rollbook.directory.reached();
    let folder = rollbook.stop().await;
    assert!(!snapshot(&folder).exists());
    assert_eq!(folded(&again(folder).await), head.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_stands_in_a_snapshot_in_clear() {
    let (folder, _) = closed().await;
    let bytes = fs::read(snapshot(&folder)).unwrap();
    for word in ["anna", "bert", "example.org"] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
    }
}
