//! Refused sign-ins: counted, recorded, and told apart by nobody.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use rollbook_event_log::{Disk, RealDisk};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::timeout;

use super::{head, history, password, user};
use crate::support::clock::rollbook_with_clock;
use crate::support::rollbook::{Rollbook, options};

/// Far longer than any answer takes: who waits so long waits for ever.
const FOR_EVER: Duration = Duration::from_secs(120);

/// A disk on which syncs can be held up.
#[derive(Default)]
struct GatedDisk {
    is_held: Mutex<bool>,
    released: Condvar,
}

impl GatedDisk {
    fn hold(&self) {
        *self.is_held.lock().unwrap() = true;
    }

    fn release(&self) {
        *self.is_held.lock().unwrap() = false;
        self.released.notify_all();
    }
}

impl Disk for GatedDisk {
    fn sync(&self, file: &File) -> io::Result<()> {
        let held = self.is_held.lock().unwrap();
        drop(self.released.wait_while(held, |held| *held).unwrap());
        RealDisk.sync(file)
    }

    fn free_bytes(&self, directory: &Path) -> io::Result<u64> {
        RealDisk.free_bytes(directory)
    }
}

#[tokio::test]
async fn aut_14_each_failure_is_recorded_with_time_address_and_reason() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.try_sign_in("ann", "not the password").await;
    rollbook.settled().await;
    let entries =
        history(&rollbook.admin, &ann, "type at changes { field to } context { clientAddress }").await;
    let last = entries.last().unwrap();
    assert_eq!(last["type"], "SIGN_IN_FAILED");
    assert!(last["at"].is_string());
    assert_eq!(last["context"]["clientAddress"], "127.0.0.1");
    let changes = json!([{ "field": "code", "to": "WRONG_PASSWORD" }, { "field": "failures", "to": "1" }]);
    assert_eq!(last["changes"], changes);
}

#[tokio::test]
async fn aut_14_failures_of_unknown_accounts_are_only_counted() {
    let rollbook = Rollbook::start().await;
    let before = head(&rollbook.admin).await;
    for login in ["nobody", "nobody@example.org", "system", ""] {
        rollbook.try_sign_in(login, "a guess").await;
    }
    rollbook.settled().await;
    assert_eq!(head(&rollbook.admin).await, before);
    assert_eq!(rollbook.directory.unknown_sign_ins(), 4);
}

#[tokio::test]
async fn aut_14_no_answer_tells_whether_there_is_an_account() {
    let rollbook = Rollbook::start().await;
    let (locked, disabled) =
        (rollbook.admin.create("AGENT", "locked").await, rollbook.admin.create("AGENT", "disabled").await);
    rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": locked }), "").await;
    rollbook.admin.accept("disableUser", json!({ "userId": disabled }), "").await;
    let unknown = rollbook.try_sign_in("nobody", "a guess").await;
    assert_eq!(unknown["errors"][0]["code"], "SIGN_IN_FAILED");
    let tries = [
        ("ann", "a guess"),
        ("locked", "a guess"),
        ("locked", "password of locked"),
        ("disabled", "a guess"),
        ("disabled", "password of disabled"),
    ];
    for (login, tried) in tries {
        assert_eq!(rollbook.try_sign_in(login, tried).await, unknown, "{login}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn aut_14_no_refusal_waits_for_the_disk() {
    let folder = Arc::new(TempDir::new().unwrap());
    let disk = Arc::new(GatedDisk::default());
    let mut options = options(&folder);
    options.disk = Arc::clone(&disk) as Arc<dyn Disk>;
    let rollbook = Rollbook::start_with(folder, options).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let locked = rollbook.admin.create("AGENT", "locked").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": locked }), "").await;
    disk.hold();
    let tries =
        [("ann", "a guess"), ("nobody", "a guess"), ("locked", "password of locked"), ("ann", "more")];
    for (login, tried) in tries {
        let answer = timeout(FOR_EVER, rollbook.try_sign_in(login, tried)).await;
        assert_eq!(answer.expect(login)["errors"][0]["code"], "SIGN_IN_FAILED");
    }
    disk.release();
    rollbook.settled().await;
    let entries = history(&rollbook.admin, &ann, "type").await;
    let failed = entries.iter().filter(|entry| entry["type"] == "SIGN_IN_FAILED").count();
    assert_eq!(failed, 2, "recorded all the same");
}

#[tokio::test]
async fn sta_06_guesses_that_nobody_waits_for_lock_before_the_right_one() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.create("AGENT", "ann").await;
    for _ in 0..5 {
        rollbook.try_sign_in("ann", "a guess").await;
    }
    // At once, whether the views hold the lock or not: the queue keeps the order.
    assert_eq!(rollbook.try_sign_in("ann", &password("ann")).await["token"], Value::Null);
}

#[tokio::test]
async fn sta_06_a_timed_lock_ends_by_itself() {
    let (rollbook, clock) = rollbook_with_clock().await;
    let input = json!({ "lockAfterFailures": 2, "unlockAfterMinutes": 15 });
    rollbook.admin.accept("changeSettings", input, "").await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    for _ in 0..2 {
        rollbook.try_sign_in("ann", "a guess").await;
    }
    rollbook.settled().await;
    let fields = "locked lockedUntil";
    let expected = json!({ "locked": true, "lockedUntil": "2026-01-01T00:15:00.000Z" });
    assert_eq!(user(&rollbook.admin, &ann, fields).await, expected);
    clock.pass_minutes(14);
    assert_eq!(rollbook.try_sign_in("ann", &password("ann")).await["token"], Value::Null);
    clock.pass_minutes(1);
    assert!(rollbook.try_sign_in("ann", &password("ann")).await["token"].is_string());
    let expected = json!({ "locked": false, "lockedUntil": null });
    assert_eq!(user(&rollbook.admin, &ann, fields).await, expected);
    let entries = history(&rollbook.admin, &ann, "type summary").await;
    let expired = entries.iter().find(|entry| entry["type"] == "ACCOUNT_LOCK_EXPIRED").unwrap();
    assert_eq!(expired["summary"], "The lock of ann's account ran out");
}

#[tokio::test]
async fn sta_06_a_lock_that_was_asked_for_does_not_end_by_itself() {
    let (rollbook, clock) = rollbook_with_clock().await;
    rollbook.admin.accept("changeSettings", json!({ "unlockAfterMinutes": 15 }), "").await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    rollbook.admin.accept("lockAccount", json!({ "userId": ann }), "").await;
    clock.pass_minutes(60);
    assert_eq!(rollbook.try_sign_in("ann", &password("ann")).await["token"], Value::Null);
    assert_eq!(user(&rollbook.admin, &ann, "lockedUntil").await["lockedUntil"], Value::Null);
}
