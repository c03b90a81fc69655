//! Several who complete what is open at once: each order is completed by one of them, and the others wait for it.

use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::task::Poll;

use rollbook::directory::erasing::{ErasurePoint, Interrupted, Interruptions};
use rollbook_schema::event::ErasureStep;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::http::Client;
use crate::support::rollbook::{Rollbook, options};

/// Holds whoever comes first to a point, until it is opened; counts all who come there.
struct Gate {
    at: ErasurePoint,
    came: AtomicUsize,
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    fn at(at: ErasurePoint) -> Arc<Gate> {
        let (came, is_open, opened) = (AtomicUsize::new(0), Mutex::new(false), Condvar::new());
        Arc::new(Gate { at, came, is_open, opened })
    }

    async fn reached(&self) {
        while self.came.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
    }

    fn open(&self) {
        *self.is_open.lock().unwrap() = true;
        self.opened.notify_all();
    }
}

impl Interruptions for Gate {
    fn before(&self, point: ErasurePoint) -> Result<(), Interrupted> {
        if point == self.at && self.came.fetch_add(1, Ordering::SeqCst) == 0 {
            let is_open = self.is_open.lock().unwrap();
            drop(self.opened.wait_while(is_open, |is_open| !*is_open).unwrap());
        }
        Ok(())
    }
}

/// Ann is disabled, and an officer is there to mask her.
async fn with_ann(gate: &Arc<Gate>) -> (Rollbook, Client, Value) {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.interruptions = Arc::clone(gate) as Arc<dyn Interruptions>;
    let rollbook = Rollbook::start_with(folder, options).await;
    let admin = &rollbook.admin;
    let officer = admin.create("AGENT", "officer").await;
    let profile = json!({ "userId": officer, "accessProfile": "COMPLIANCE_OFFICER" });
    admin.accept("assignAccessProfile", profile, "").await;
    let officer = rollbook.sign_in("officer", "password of officer").await;
    let ann = admin.create("AGENT", "ann").await;
    admin.accept("disableUser", json!({ "userId": ann }), "").await;
    let input = json!({ "userId": ann, "username": "ann", "email": "ann@example.org", "reason": "ticket 7" });
    (rollbook, officer, input)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_completes_what_another_is_completing_waits_for_it() {
    let gate = Gate::at(ErasurePoint::Receipt);
    let (rollbook, officer, input) = with_ann(&gate).await;
    let masking = tokio::spawn(async move { officer.accept("maskPii", input, "").await });
    gate.reached().await;

    let mut other = pin!(rollbook.directory.complete_erasures());
    let first = std::future::poll_fn(|context| Poll::Ready(other.as_mut().poll(context))).await;
    assert!(first.is_pending());
    assert_eq!(gate.came.load(Ordering::SeqCst), 1, "the receipt is written by one alone");

    gate.open();
    masking.await.unwrap();
    other.await.unwrap();
    assert_eq!(gate.came.load(Ordering::SeqCst), 1);
    assert_eq!(rollbook.directory.views().erasures.open().count(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_but_who_ordered_it_waits_until_keys_are_destroyed() {
    let gate = Gate::at(ErasurePoint::Step(ErasureStep::KeysShredded));
    let (rollbook, officer, input) = with_ann(&gate).await;
    let ann = input["userId"].clone();
    let masking = tokio::spawn(async move { officer.accept("maskPii", input, "").await });
    gate.reached().await;

    // The eraser stands still: what others do is durable, answered and seen all the same.
    let bob = rollbook.admin.create("AGENT", "bob").await;
    let query = "query($id: ID!) { user(by: { id: $id }) { username } }";
    let seen = async |id: &Value| rollbook.admin.data(query, json!({ "id": id })).await["user"].clone();
    assert_eq!(seen(&json!(bob)).await["username"], "bob");
    assert_ne!(seen(&ann).await["username"], "ann", "the views forgot her before");
    assert!(!masking.is_finished());

    gate.open();
    masking.await.unwrap();
    assert_eq!(rollbook.directory.views().erasures.open().count(), 0);
}
