//! Several who complete what is open at once: each order is completed by one of them, and the others wait for it.

use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::task::Poll;

use rollbook::directory::erasing::{ErasurePoint, Interrupted, Interruptions};
use serde_json::json;
use tempfile::TempDir;

use crate::support::rollbook::{Rollbook, options};

/// Holds whoever comes first to the receipt, until it is opened; counts all who come there.
#[derive(Default)]
struct Gate {
    came: AtomicUsize,
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Interruptions for Gate {
    fn before(&self, point: ErasurePoint) -> Result<(), Interrupted> {
        if point == ErasurePoint::Receipt && self.came.fetch_add(1, Ordering::SeqCst) == 0 {
            let is_open = self.is_open.lock().unwrap();
            drop(self.opened.wait_while(is_open, |is_open| !*is_open).unwrap());
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_completes_what_another_is_completing_waits_for_it() {
    let folder = Arc::new(TempDir::new().unwrap());
    let (gate, mut options) = (Arc::new(Gate::default()), options(&folder));
    options.interruptions = Arc::clone(&gate) as Arc<dyn Interruptions>;
    let rollbook = Rollbook::start_with(folder, options).await;
    let admin = &rollbook.admin;
    let officer = admin.create("AGENT", "officer").await;
    let profile = json!({ "userId": officer, "accessProfile": "COMPLIANCE_OFFICER" });
    admin.accept("assignAccessProfile", profile, "").await;
    let officer = rollbook.sign_in("officer", "password of officer").await;
    let ann = admin.create("AGENT", "ann").await;
    admin.accept("disableUser", json!({ "userId": ann }), "").await;
    let input = json!({ "userId": ann, "username": "ann", "email": "ann@example.org", "reason": "ticket 7" });
    let masking = tokio::spawn(async move { officer.accept("maskPii", input, "").await });
    while gate.came.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }

    let mut other = pin!(rollbook.directory.complete_erasures());
    let first = std::future::poll_fn(|context| Poll::Ready(other.as_mut().poll(context))).await;
    assert!(first.is_pending());
    assert_eq!(gate.came.load(Ordering::SeqCst), 1, "the receipt is written by one alone");

    *gate.is_open.lock().unwrap() = true;
    gate.opened.notify_all();
    masking.await.unwrap();
    other.await.unwrap();
    assert_eq!(gate.came.load(Ordering::SeqCst), 1);
    assert_eq!(rollbook.directory.views().erasures.open().count(), 0);
}
