//! A storm of sign-ins holds the pool that checks passwords, and nothing else waits for it.

use std::sync::{Arc, Condvar, Mutex};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::http::Client;
use crate::support::rollbook::{ADMIN_PASSWORD, Rollbook, options};

/// Sign-ins at once: more than the pool has room for.
const STORM: usize = 300;
/// Reads meanwhile.
const READS: usize = 50;

/// Passwords wait before it while it is shut.
#[derive(Default)]
struct Gate {
    is_shut: Mutex<bool>,
    changed: Condvar,
}

/// Shut for as long as it is held.
struct Shut(Arc<Gate>);

impl Gate {
    fn pass(&self) {
        let shut = self.is_shut.lock().unwrap();
        drop(self.changed.wait_while(shut, |shut| *shut).unwrap());
    }

    fn shut(self: &Arc<Self>) -> Shut {
        *self.is_shut.lock().unwrap() = true;
        Shut(Arc::clone(self))
    }
}

impl Drop for Shut {
    fn drop(&mut self) {
        *self.0.is_shut.lock().unwrap() = false;
        self.0.changed.notify_all();
    }
}

async fn sign_in(client: Client) -> Value {
    let mutation = "mutation($input: SignInInput!) { signIn(input: $input) { token errors { code retryAfterSeconds } } }";
    let input = json!({ "login": "admin", "password": ADMIN_PASSWORD });
    client.data(mutation, json!({ "input": input })).await["signIn"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn however_many_sign_in_at_once_no_read_and_no_command_waits_for_them() {
    let gate = Arc::new(Gate::default());
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    let before = Arc::clone(&gate);
    options.before_hashing = Arc::new(move || before.pass());
    let rollbook = Rollbook::start_with(folder, options).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;

    let shut = gate.shut();
    let storm: Vec<_> = (0..STORM).map(|_| tokio::spawn(sign_in(rollbook.anonymous()))).collect();
    let pool = || rollbook.directory.figures().passwords;
    while pool().waiting + pool().hashing < pool().waiting_max {
        tokio::task::yield_now().await;
    }
    // From here on nobody gets a password checked until the gate opens: what is answered has not waited.
    for _ in 0..READS {
        let read = rollbook.admin.data("{ me { username } users(first: 5) { totalCount } }", json!({})).await;
        assert_eq!(read["me"]["username"], "admin");
    }
    let reason = json!({ "userId": ann, "reason": "a test" });
    rollbook.admin.accept("lockAccount", reason, "").await;
    assert_eq!(pool().waiting + pool().hashing, pool().waiting_max);
    assert_eq!(pool().hashing, pool().places);

    drop(shut);
    let (mut opened, mut busy) = (0, 0);
    for answer in storm {
        let answer = answer.await.unwrap();
        match answer["token"].as_str() {
            Some(_) => opened += 1,
            None => {
                assert_eq!(answer["errors"], json!([{ "code": "BUSY", "retryAfterSeconds": 1 }]));
                busy += 1;
            }
        }
    }
    // Whoever came late enough may have found room again.
    assert!(opened >= pool().waiting_max && opened + busy == STORM, "{opened} opened, {busy} busy");
    rollbook.stop().await;
}
