//! Stopped at any step, a run is gone on with; and what it destroyed stays destroyed.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use rollbook::access::Caller;
use rollbook::directory::{Asking, Directory};
use rollbook::retention::carry_out_due;
use rollbook_schema::command::{ApplyRetention, Command, StartRetentionRun};
use rollbook_schema::{Position, UserId};
use serde_json::json;
use tempfile::TempDir;

use super::{Case, LATER, OLD, answers, case, number, revealed, rule, switched_on, tells};
use crate::support::clock::TestClock;
use crate::support::rollbook::{ADMIN_PASSWORD, Rollbook, options};

fn user(id: &str) -> UserId {
    UserId(id.strip_prefix("user_").unwrap().parse().unwrap())
}

async fn by_automation(case: &Case, command: impl Into<Command>) -> Position {
    case.rollbook.directory.ask(Asking::by(Caller::System), command).await.unwrap().position
}

/// A run began, and Ann was touched in it; nobody went on.
async fn cut_short(case: &Case) -> String {
    let rule = number(&switched_on(case, 35).await);
    let run = by_automation(case, StartRetentionRun { rule }).await;
    by_automation(case, ApplyRetention { user: user(&case.ann), rule, run, keys: Vec::new() }).await;
    format!("event_{run}")
}

/// Starts again on a folder.
pub async fn again(folder: Arc<TempDir>, clock: Arc<TestClock>, ann: String) -> Case {
    let mut options = options(&folder);
    options.clock = Arc::clone(&clock) as _;
    let mut rollbook = Rollbook::start_with(folder, options).await;
    rollbook.admin = rollbook.sign_in("admin", ADMIN_PASSWORD).await;
    let olga = rollbook.sign_in("olga", "password of olga").await;
    let otto = rollbook.sign_in("otto", "password of otto").await;
    Case { rollbook, clock, ann, olga, otto }
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_was_cut_short_is_gone_on_with_and_ends_as_one() {
    let case = case().await;
    let run = cut_short(&case).await;
    let (clock, ann) = (Arc::clone(&case.clock), case.ann.clone());
    let case = again(case.rollbook.stop().await, clock, ann).await;
    assert_eq!(rule(&case.olga).await["runningId"], run, "it says that it goes on");
    let manifest = case.rollbook.folder.path().join("data/keyring/manifest");
    let wrapped_before = fs::read(&manifest).unwrap();
    carry_out_due(&case.rollbook.directory).await.unwrap();
    assert!(fs::read(&manifest).unwrap() != wrapped_before, "the wrapping key is replaced before it ends");
    let told = rule(&case.olga).await;
    // Ann, and the administrator, who signed in on the first day too.
    assert_eq!((&told["lastRun"]["id"], &told["lastRun"]["applied"]), (&json!(run), &json!(2)));
    let before = case.rollbook.directory.reached();
    carry_out_due(&case.rollbook.directory).await.unwrap();
    assert_eq!(case.rollbook.directory.reached(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_came_back_are_destroyed_by_the_next_start() {
    let case = case().await;
    let keyring = case.rollbook.folder.path().join("data/keyring");
    let aside = TempDir::new().unwrap();
    copied(&keyring, aside.path());
    cut_short(&case).await;
    let (clock, ann) = (Arc::clone(&case.clock), case.ann.clone());
    let folder = case.rollbook.stop().await;
    // As if the machine had stopped between the record and the keyring.
    copied(aside.path(), &keyring);
    tells(&revealed(&folder.path().join("data")), OLD, false);
    let case = again(folder, clock, ann).await;
    let told = answers(&case).await;
    tells(&told, OLD, false);
    tells(&told, LATER, true);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_run_older_files_of_the_keyring_open_nothing() {
    let case = case().await;
    let keyring = case.rollbook.folder.path().join("data/keyring");
    let old = fs::read(keyring.join("credential-000000.keys")).unwrap();
    switched_on(&case, 35).await;
    carry_out_due(&case.rollbook.directory).await.unwrap();
    let folder = case.rollbook.stop().await;
    fs::write(keyring.join("credential-000000.keys"), old).unwrap();
    let mut options = options(&folder);
    options.clock = case.clock;
    let opened = tokio::task::spawn_blocking(move || Directory::open(options)).await.unwrap();
    let Err(fault) = opened else { panic!("it was opened with keys of before") };
    assert!(fault.to_string().contains("credential-000000.keys"), "{fault}");
}
