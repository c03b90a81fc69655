//! After masking, the clear username and email are nowhere: not in a file, not in an answer, not in what
//! the command line prints; and history still verifies and replays.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rollbook::directory::digests::rebuild_offline;
use rollbook::directory::{Directory, Proofs};
use rollbook_keyring::{KeyAddress, Keyring, KeyringOptions, MasterKey};
use serde_json::{Value, json};

use crate::support::http::Client;
use crate::support::rollbook::{Rollbook, options};

const USERNAME: &str = "Johannes.Petersilie";
const EMAIL: &str = "jopet@kraeuter.example";

/// Somebody who worked, changed the name once, signed in, and left.
async fn former_user(rollbook: &Rollbook) -> String {
    let admin = &rollbook.admin;
    let input = json!({ "kind": "AGENT", "username": "Johannes.Peter", "email": "before@kraeuter.example",
        "fullName": "J. P.", "password": "password of his" });
    let payload = admin.accept("createUser", input, "user { id }").await;
    let id = payload["user"]["id"].as_str().unwrap().to_owned();
    admin.accept("changeProfile", json!({ "userId": id, "username": USERNAME, "email": EMAIL }), "").await;
    let himself = rollbook.sign_in(EMAIL, "password of his").await;
    himself.accept("signOut", json!({}), "").await;
    admin.accept("disableUser", json!({ "userId": id }), "").await;
    id
}

/// A compliance officer, signed in.
async fn officer(rollbook: &Rollbook) -> Client {
    let id = rollbook.admin.create("AGENT", "officer").await;
    let profile = json!({ "userId": id, "accessProfile": "COMPLIANCE_OFFICER" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    rollbook.sign_in("officer", "password of officer").await
}

fn request(id: &str) -> Value {
    json!({ "userId": id, "username": USERNAME.to_lowercase(), "email": EMAIL.to_uppercase(), "reason": "ticket 7" })
}

/// The words that must be gone, in the encodings that a file could hold them in.
fn traces() -> Vec<Vec<u8>> {
    let words =
        [USERNAME, EMAIL, "Johannes.Peter", "before@kraeuter", "Petersilie", "jopet", "johannes.petersilie"];
    let encodings = |word: &&str| {
        let utf16: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let hex: String = word.bytes().map(|byte| format!("{byte:02x}")).collect();
        [word.as_bytes().to_vec(), utf16, hex.into_bytes()]
    };
    words.iter().flat_map(encodings).collect()
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn assert_no_trace(what: &str, bytes: &[u8]) {
    for trace in traces() {
        assert!(!holds(bytes, &trace), "{what} still holds {}", String::from_utf8_lossy(&trace));
    }
}

async fn everything_the_api_says(client: &Client, id: &str) -> String {
    let document = "query($id: ID!) {
        user(by: { id: $id }) { id username email label displayName fullName masked }
        users(first: 100) { nodes { username email label } }
        history(first: 100) { nodes { summary changes { field from to } subject { name } actor { name }
            context { reason userAgent } } } }";
    client.data(document, json!({ "id": id })).await.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_05_no_answer_and_no_file_holds_the_clear_username_or_email_after_masking() {
    let rollbook = Rollbook::start().await;
    let id = former_user(&rollbook).await;
    let officer = officer(&rollbook).await;
    let before = everything_the_api_says(&officer, &id).await;
    assert!(before.contains(USERNAME) && before.contains(EMAIL), "the test looks at the right place");
    officer.accept("maskPii", request(&id), "user { masked username email }").await;

    let answers = everything_the_api_says(&officer, &id).await;
    assert_no_trace("an answer", answers.as_bytes());
    assert!(answers.contains("Unknown User (Jo Pe)") && answers.contains("jo***@***"));
    assert_no_trace("an answer", everything_the_api_says(&rollbook.admin, &id).await.as_bytes());
    let folder = rollbook.stop().await;
    for path in files(folder.path()) {
        assert_no_trace(&path.display().to_string(), &fs::read(&path).unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_11_the_command_line_reveals_nothing_that_was_masked() {
    let rollbook = Rollbook::start().await;
    let id = former_user(&rollbook).await;
    officer(&rollbook).await.accept("maskPii", request(&id), "").await;
    let folder = rollbook.stop().await;
    for arguments in [&["log"][..], &["log", "--reveal"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_rollbook"))
            .args(arguments)
            .arg("--data")
            .arg(folder.path().join("data"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_no_trace("rollbook log", &output.stdout);
        assert_no_trace("rollbook log", &output.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_14_replay_from_zero_equals_live_after_masking() {
    let rollbook = Rollbook::start().await;
    let id = former_user(&rollbook).await;
    officer(&rollbook).await.accept("maskPii", request(&id), "").await;
    let rebuilt = rollbook.directory.rebuild_in_shadow().unwrap();
    assert_eq!(rebuilt.live.as_ref(), Some(&rebuilt.rebuilt));
    let folder = rollbook.stop().await;
    let rebuilt = rebuild_offline(&options(&folder)).unwrap();
    assert_eq!(rebuilt.live.as_ref(), Some(&rebuilt.rebuilt));
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_13_the_chain_still_verifies_after_masking() {
    let rollbook = Rollbook::start().await;
    let id = former_user(&rollbook).await;
    officer(&rollbook).await.accept("maskPii", request(&id), "").await;
    let folder = rollbook.stop().await;
    let output = Command::new(env!("CARGO_BIN_EXE_rollbook"))
        .args(["audit", "verify", "--data"])
        .arg(folder.path().join("data"))
        .output()
        .unwrap();
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).contains("intact"));
}

/// Copies a folder of files.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in files(from) {
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_from_before_the_masking_brings_nobody_back() {
    let rollbook = Rollbook::start().await;
    let id = former_user(&rollbook).await;
    let officer = officer(&rollbook).await;
    let keyring = rollbook.folder.path().join("data").join("keyring");
    let backup = rollbook.folder.path().join("backup");
    copy(&keyring, &backup);
    officer.accept("maskPii", request(&id), "").await;
    let folder = rollbook.stop().await;
    copy(&backup, &keyring);
    fs::remove_dir_all(&backup).unwrap();

    let output = Command::new(env!("CARGO_BIN_EXE_rollbook"))
        .args(["log", "--reveal", "--data"])
        .arg(folder.path().join("data"))
        .output()
        .unwrap();
    assert_no_trace("rollbook log --reveal", &output.stdout);
    let rollbook = Rollbook::start_with(folder.clone(), options(&folder)).await;
    assert_no_trace("an answer", everything_the_api_says(&rollbook.admin, &id).await.as_bytes());
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_keys_from_before_the_masking_are_noise_afterwards() {
    let rollbook = Rollbook::start().await;
    let id = former_user(&rollbook).await;
    let officer = officer(&rollbook).await;
    let keyring = rollbook.folder.path().join("data").join("keyring");
    let (before, after) = (rollbook.folder.path().join("before"), rollbook.folder.path().join("after"));
    copy(&keyring, &before);
    officer.accept("maskPii", request(&id), "").await;
    let folder = rollbook.stop().await;
    copy(&keyring, &after);

    // Everything that was there before, but with the wrapping key of today.
    copy(&before, &keyring);
    fs::copy(after.join("manifest"), keyring.join("manifest")).unwrap();
    assert!(Directory::open(options(&folder)).is_err());
    copy(&after, &keyring);
    Directory::open(options(&folder)).unwrap().close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_was_replaced_is_shredded() {
    let folder = tempfile::TempDir::new().unwrap();
    let directory = Directory::open(options(&folder)).unwrap();
    directory.first_start(Default::default()).await.unwrap();
    let set_at = |directory: &Directory| {
        directory.views().credentials.of(rollbook_schema::UserId(8)).map(|row| row.set_at).unwrap()
    };
    let first = set_at(&directory);
    let asking = rollbook::directory::Asking::by(rollbook::access::Caller::Operator);
    let password = rollbook_schema::value::Password::parse("another one".to_owned()).unwrap();
    directory.set_password(asking, rollbook_schema::UserId(8), password, Proofs::default()).await.unwrap();
    let set = |directory: &Directory, position| match directory.recorded(position).unwrap().unwrap().event {
        rollbook_schema::Event::PasswordSet(set) => set,
        other => panic!("{:?}", other.event_type()),
    };
    let [replaced, second] = [first, set_at(&directory)].map(|position| set(&directory, position));
    assert!(replaced.verifier.is_erased());
    assert!(second.verifier.known().is_some());
    directory.close().await.unwrap();
    drop(directory);
    // Without the log: it left the file too.
    let keys = folder.path().join("data/keyring");
    let keys = KeyringOptions::new(&keys, MasterKey::beside(&keys));
    let keyring = Keyring::open(keys).unwrap();
    assert!(keyring.is_gone(KeyAddress::credential(replaced.credential.0)));
    assert!(!keyring.is_gone(KeyAddress::credential(second.credential.0)));
}

/// As if the machine had stopped between the record and the file of keys.
#[tokio::test(flavor = "multi_thread")]
async fn a_password_whose_key_was_still_in_its_file_is_shredded_by_the_next_start() {
    let folder = tempfile::TempDir::new().unwrap();
    let directory = Directory::open(options(&folder)).unwrap();
    directory.first_start(Default::default()).await.unwrap();
    let first = directory.views().credentials.of(rollbook_schema::UserId(8)).map(|row| row.set_at).unwrap();
    let (keys, aside) = (folder.path().join("data/keyring"), tempfile::TempDir::new().unwrap());
    copy(&keys, &aside.path().join("keyring"));
    let asking = rollbook::directory::Asking::by(rollbook::access::Caller::Operator);
    let password = rollbook_schema::value::Password::parse("another one".to_owned()).unwrap();
    directory.set_password(asking, rollbook_schema::UserId(8), password, Proofs::default()).await.unwrap();
    directory.close().await.unwrap();
    drop(directory);
    copy(&aside.path().join("keyring"), &keys);
    let directory = Directory::open(options(&folder)).unwrap();
    let rollbook_schema::Event::PasswordSet(set) = directory.recorded(first).unwrap().unwrap().event else {
        panic!("no password was set there")
    };
    assert!(set.verifier.is_erased());
    directory.close().await.unwrap();
}
